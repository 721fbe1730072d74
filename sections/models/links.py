"""The links laid over the text: mentions of entries, and the articles of the Convention that a paragraph relates to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .content import ContentModel
from .convention import ConventionArticle
from .entries import Entry
from .fields import CleanCharField
from .history import History
from .report import Report
from .review import Basis, Confidence, Review, Reviewed, ReviewedQuerySet
from .text import Block, Paragraph


class SpanQuerySet(ReviewedQuerySet):
    def of(self, report: Report) -> Self:
        """The rows that stand in the report."""
        return self.filter(block__paragraph__report=report)

    def in_order(self) -> Self:
        """In the order of reading."""
        return self.order_by("block__paragraph__report", "block__paragraph__number", "block__position", "start")

    def with_places(self) -> Self:
        """Adds the block, its paragraph and its report."""
        return self.prefetch_related("block__paragraph__report")


class Mention(Reviewed, ContentModel):
    """A span of a block that names an entry, how it was found, and whether a person has confirmed it."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    surface = models.CharField(max_length=500, help_text="The characters of the span, as printed.")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.TEXT)
    rule = models.CharField(max_length=300, blank=True, help_text=_("Why a short form means this entry here."))
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    NATURAL_KEY = ("block", "start", "end")
    DECISION_FIELDS = ("entry_id", "surface", "basis", "rule", "review")  # what a person decides
    DECIDED_BASES = (Basis.EDITOR,)  # of article links most are of this basis before anybody has reviewed them
    objects = SpanQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["block_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start", "end"], name="unique_mention_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_is_not_empty"),
        ]
        indexes = [models.Index(fields=["entry", "review", "block"], name="mention_of_entry")]

    def __str__(self) -> str:
        return f"{self.surface} → {self.entry}"


class ArticleLink(Reviewed, ContentModel):
    """A paragraph relates to an article of the Convention: on what basis, with what confidence, and why."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="article_links")
    article = models.ForeignKey(ConventionArticle, models.PROTECT, related_name="article_links")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.EDITOR)
    confidence = models.CharField(max_length=8, choices=Confidence, default=Confidence.MEDIUM)
    reason = CleanCharField(max_length=300, blank=True, help_text=_("One sentence: why the paragraph bears on it."))
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    NATURAL_KEY = ("paragraph", "article")
    DECISION_FIELDS = ("basis", "confidence", "reason", "review")
    objects = ReviewedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["paragraph_id", "article_id"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "article"], name="unique_article_of_paragraph")]

    def __str__(self) -> str:
        return f"{self.paragraph} → {self.article}"

    def clean(self) -> None:
        """Refuses a link without a reason: readers are told of each why it is there."""
        if not self.reason.strip():
            raise ValidationError({"reason": gettext("Say in one sentence why the paragraph bears on the article.")})


_decisions_from_files: ContextVar[bool] = ContextVar("decisions_from_files", default=False)


@contextmanager
def decisions_from_files() -> Iterator[None]:
    """Lets decisions in fixtures replace stored ones. A fixture without a decision never replaces one."""
    token = _decisions_from_files.set(True)
    try:
        yield
    finally:
        _decisions_from_files.reset(token)


def files_decide() -> bool:
    """Whether decisions in fixtures replace stored ones now."""
    return _decisions_from_files.get()


@receiver(pre_save, sender=Mention)
@receiver(pre_save, sender=ArticleLink)
def keep_decision(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Before a link of a fixture is stored, by whatever command: gives it the decision on the stored link."""
    if not raw or instance.pk is None or (_decisions_from_files.get() and instance.is_decided):
        return
    stored = sender.objects.decided().filter(pk=instance.pk).first()
    if stored is not None:
        for name in sender.DECISION_FIELDS:
            setattr(instance, name, getattr(stored, name))
