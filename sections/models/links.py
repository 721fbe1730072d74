"""The links laid over the text: mentions of entries, and the articles that a paragraph bears on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .convention import ConventionArticle
from .entries import Entry
from .history import keep_history, track
from .text import Block, Paragraph


class Basis(models.TextChoices):
    """Why a link is there."""

    HEADING = "heading", _("from a heading of the report")
    TEXT = "text", _("named in the text")
    CONTEXTUAL = "contextual", _("short form, resolved by a rule")
    EDITOR = "editor", _("set by an editor")


class Review(models.TextChoices):
    """What a person has said of a link; it survives every automatic run."""

    UNREVIEWED = "unreviewed", _("not yet reviewed")
    CONFIRMED = "confirmed", _("confirmed by an editor")
    REJECTED = "rejected", _("rejected by an editor")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")


class LinkQuerySet(models.QuerySet):
    def shown(self):
        """Links that readers see: all but those that an editor rejected."""
        return self.exclude(review=Review.REJECTED)


class MentionQuerySet(LinkQuerySet):
    def get_by_natural_key(self, symbol, number, position, start, end):
        block = Block.objects.get_by_natural_key(symbol, number, position)
        return self.get(block=block, start=start, end=end)

    def in_order(self):
        """In the order of reading."""
        return self.order_by("block__paragraph__report", "block__paragraph__number", "block__position", "start")


class Mention(models.Model):
    """A span of a block that names an entry, how it was found, and whether a person has confirmed it."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    surface = models.CharField(max_length=500, help_text="The characters of the span, as printed.")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.TEXT)
    rule = models.CharField(max_length=300, blank=True, help_text="Why a short form means this entry here.")
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    objects = MentionQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["block", "start"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start", "end"], name="unique_mention_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_is_not_empty"),
        ]
        indexes = [models.Index(fields=["entry", "review", "block"], name="mention_of_entry")]

    def __str__(self):
        return f"{self.surface} → {self.entry}"

    def natural_key(self):
        return (*self.block.natural_key(), self.start, self.end)

    natural_key.dependencies = ["sections.block", "sections.entry"]


class ArticleLinkQuerySet(LinkQuerySet):
    def get_by_natural_key(self, symbol, number, article):
        return self.get(paragraph__report__symbol=symbol, paragraph__number=number, article__number=article)


class ArticleLink(models.Model):
    """A paragraph bears on an article of the Convention: on what basis, with what confidence, and why."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="article_links")
    article = models.ForeignKey(ConventionArticle, models.PROTECT, related_name="article_links")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.EDITOR)
    confidence = models.CharField(max_length=8, choices=Confidence, default=Confidence.MEDIUM)
    reason = models.CharField(max_length=300, blank=True, help_text="One sentence: why the paragraph bears on it.")
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    objects = ArticleLinkQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["paragraph", "article"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "article"], name="unique_article_of_paragraph")]

    def __str__(self):
        return f"{self.paragraph} → {self.article}"

    def natural_key(self):
        return (*self.paragraph.natural_key(), self.article.number)

    natural_key.dependencies = ["sections.paragraph", "sections.conventionarticle"]


track(Mention)
track(ArticleLink)
