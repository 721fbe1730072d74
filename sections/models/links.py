"""The links laid over the text: mentions of entries, and the articles of the Convention that a paragraph relates to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.text.spans import Span, apart, within

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


class MentionQuerySet(SpanQuerySet):
    def own(self) -> Self:
        """Those that stand in no longer name which readers see linked."""
        return self.filter(~Exists(_longer_names()))

    def nested(self) -> Self:
        """Those that stand within a longer name which readers see linked."""
        return self.filter(Exists(_longer_names()))

    def with_longer(self) -> Self:
        """Adds `longer`, the words of the shortest longer name that holds the mention; "" where none does."""
        length = F("end") - F("start")
        longer = _longer_names().order_by(length, "start").values("surface")[:1]
        return self.annotate(longer=Coalesce(Subquery(longer), Value("")))


def _longer_names():
    """The mentions that readers see and that hold the mention of the outer query."""
    around = {"block": OuterRef("block"), "start__lte": OuterRef("start"), "end__gte": OuterRef("end")}
    longer = Mention.objects.shown().filter(**around).order_by()
    return longer.exclude(start=OuterRef("start"), end=OuterRef("end"))


class Mention(Reviewed, ContentModel):
    """A span of a block that names an entry, how it was found, and whether a person has confirmed it.

    It may stand within the span of another entry's mention, as a name does in a longer name; else two mentions that
    readers see never overlap.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    surface = models.CharField(max_length=500, help_text="The characters of the span, as printed.")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.TEXT)
    rule = models.CharField(max_length=300, blank=True, help_text=_("Why a short form means this entry here."))
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    longer = ""  # the words of the longer name that holds it, where a query or a presenter adds them

    NATURAL_KEY = ("block", "start", "end", "entry")
    DECISION_FIELDS = ("start", "end", "entry_id", "surface", "basis", "rule", "review")  # what a person decides
    DECIDED_BASES = (Basis.EDITOR,)  # of article links most are of this basis before anybody has reviewed them
    objects = MentionQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["block_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start", "end", "entry"], name="unique_mention_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_is_not_empty"),
        ]
        indexes = [models.Index(fields=["entry", "review", "block"], name="mention_of_entry")]

    def __str__(self) -> str:
        return f"{self.surface} → {self.entry}"

    @property
    def span(self) -> Span:
        """Where it starts and ends."""
        return self.start, self.end

    def bars(self, span: Span, entry: int) -> bool:
        """Whether no link to the entry can stand at the span because this one is there.

        That of the same entry bars all that it overlaps; if it was rejected, its own span and what stands within.
        That of another entry bars what overlaps it, unless it was rejected, or one of the two stands within the other.
        """
        if apart(self.span, span):
            return False
        inside, around = within(span, self.span), within(self.span, span)
        if self.entry_id == entry:
            return self.is_shown or inside or span == self.span
        return self.is_shown and not (inside or around)


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
    """Before a link of a fixture is stored, by whatever command: gives it the decision on the stored link.

    A mention that cannot stand beside a stored one is stored in that one's row: it replaces what was found at its
    place, and gives way to what a person decided.
    """
    if not raw:
        return
    if sender is Mention and instance.pk is None:
        instance.pk = _key_of_place(instance)
    if instance.pk is None or (_decisions_from_files.get() and instance.is_decided):
        return
    stored = sender.objects.decided().filter(pk=instance.pk).first()
    if stored is not None:
        for name in sender.DECISION_FIELDS:
            setattr(instance, name, getattr(stored, name))


def _key_of_place(mention):
    """The key of the stored mention that bars a new one: one that a person decided on, else one of the same span."""
    overlapping = Mention.objects.filter(block=mention.block_id, start__lt=mention.end, end__gt=mention.start)
    barring = [
        row
        for row in overlapping.order_by("start", "-end")
        if row.bars(mention.span, mention.entry_id) and (mention.is_shown or row.entry_id == mention.entry_id)
    ]
    decided = (row.pk for row in barring if row.is_decided)
    return next(decided, next((row.pk for row in barring if row.span == mention.span), None))
