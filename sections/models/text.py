"""The text of a report: paragraphs, the blocks they are read as, tables, footnotes and references."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.text.as_printed import nearest

from .content import ContentModel, ContentQuerySet
from .report import Report, Section


class ParagraphQuerySet(ContentQuerySet):
    def with_text(self) -> Self:
        """Adds all that it takes to print the paragraphs: blocks, tables, footnotes, references."""
        return self.select_related("report", "section__convention_part").prefetch_related(
            Prefetch("blocks", Block.objects.select_related("table")),
            "blocks__references",
            "blocks__footnotes__body__references",
        )


class Paragraph(ContentModel):
    """A numbered paragraph of the report, the unit that people cite."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="paragraphs")
    number = models.PositiveIntegerField()
    section = models.ForeignKey(Section, models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    source_text = models.TextField(editable=False, help_text="The exact slice of the source; never edited.")
    source_line = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False, help_text="Of the slice in UTF-8.")

    NATURAL_KEY = ("report", "number")
    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="unique_paragraph_number")]

    def __str__(self) -> str:
        return f"{self.report.symbol}, para. {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("paragraph", kwargs={"symbol": self.report.symbol, "number": self.number})

    @property
    def reply(self) -> Section | None:
        """The reply that the paragraph belongs to, or None outside any."""
        return self.section if self.section.is_reply else None


class Block(ContentModel):
    """One piece of a paragraph in order: text, list item, table; its footnotes' bodies come last."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        ITEM = "item", _("list item")
        TABLE = "table", _("table")
        FOOTNOTE = "footnote", _("footnote")

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField(help_text="From 0 within the paragraph.")
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField(default=0, help_text="Depth of a list item, from 1.")
    label = models.CharField(max_length=20, blank=True, help_text="As printed: (a), c), 1.")
    text = models.TextField(help_text="Positions of mentions, notes and references count its characters from 0.")

    NATURAL_KEY = ("paragraph", "position")

    class Meta:
        ordering = ["paragraph_id", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="unique_block_position")]

    def __str__(self) -> str:
        return f"{self.label} {self.text[:60]}".strip()


def not_printed(words: str, number: int, texts: Iterable[str]) -> str:
    """Says that words do not stand in the texts of the paragraph of that number, and which words do that are near."""
    details = {"words": words, "number": number, "nearest": nearest(words, texts)}
    if details["nearest"]:
        message = gettext("“%(words)s” does not stand in paragraph %(number)s. There it reads “%(nearest)s”.")
    else:
        message = gettext("“%(words)s” does not stand in paragraph %(number)s, nor anything like it.")
    return message % details


class Table(ContentModel):
    """A table as printed: its cells are the characters of the report, never numbers made of them."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="tables")
    number = models.PositiveIntegerField(help_text=_("In order of appearance, from 1."))
    block = models.OneToOneField(Block, models.CASCADE, related_name="table")
    title = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    header = models.JSONField(default=list, help_text="List of cells.")
    rows = models.JSONField(default=list, help_text="List of rows, each a list of cells.")
    source = models.CharField(max_length=500, blank=True)

    NATURAL_KEY = ("report", "number")

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="unique_table_number")]

    def __str__(self) -> str:
        return self.title or gettext("Table %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("table", kwargs={"symbol": self.report.symbol, "number": self.number})


class Footnote(ContentModel):
    """A note: the place in a block that calls it, and the block that holds its body."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="footnotes")
    number = models.PositiveIntegerField()
    block = models.ForeignKey(Block, models.CASCADE, related_name="footnotes")
    offset = models.PositiveIntegerField(help_text="Where the mark stands in the block's text.")
    body = models.OneToOneField(Block, models.CASCADE, related_name="note")

    NATURAL_KEY = ("report", "number")

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="unique_footnote_number")]

    def __str__(self) -> str:
        return f"footnote {self.number}"


class Reference(ContentModel):
    """A place where the text points outside itself: an annex, or a web address."""

    class Kind(models.TextChoices):
        ANNEX = "annex", _("annex")
        WEB = "web", _("web address")

    block = models.ForeignKey(Block, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    target = models.CharField(max_length=500, help_text="The annex's label (9a) or the address.")

    NATURAL_KEY = ("block", "start", "target")

    class Meta:
        ordering = ["block_id", "start", "target"]
        constraints = [models.UniqueConstraint(fields=["block", "start", "target"], name="unique_reference_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
