"""Paragraphs as rows of the database, and tables: all that a page needs to print them."""

from collections import defaultdict
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Length, NullIf
from django.utils.translation import get_language

from sections.models import (
    ArticleLink,
    BackReference,
    Basis,
    Figure,
    Footnote,
    Mention,
    Note,
    Paragraph,
    Reference,
    Report,
    Table,
    shown_links,
)

SAMPLE_SIZES = (180, 420)  # characters of a paragraph that is read in a few seconds
ARTICLE = "article"  # the type of a link that leads to no entry
PARAGRAPH = ("pk", "number", "section")
BLOCK = tuple(f"blocks__{name}" for name in ("pk", "position", "kind", "level", "label", "text"))
TABLE = tuple(f"blocks__table__{name}" for name in ("number", "title", "unit", "header", "rows", "source"))
ORIGIN = ("source_line", "sha256", "subjects__phrases")


class TableRow(NamedTuple):
    """A table as stored."""

    number: int
    title: str
    unit: str
    header: list[str]
    rows: list[list[str]]
    source: str


class BlockRow(NamedTuple):
    """A block as stored, with its table if it is one."""

    pk: int
    position: int
    kind: str
    level: int
    label: str
    text: str
    table: TableRow | None


class LinkRow(NamedTuple):
    """A mention with its entry, or the link to an article of the Convention, whose `key` is its number.

    A mention's reason is its rule.
    """

    block: int
    start: int
    end: int
    type: str  # of the entry, or ARTICLE
    key: int
    slug: str
    name: str
    basis: str
    reason: str
    review: str
    confidence: str


class NoteRow(NamedTuple):
    """What else belongs to a paragraph; the kind says what the other columns hold, see `_notes`."""

    block: int
    kind: str
    first: int
    last: int
    words: str
    reason: str
    target: int


class Origin(NamedTuple):
    """Where a paragraph stands in the source, and the editors' words for finding it, None where there are none."""

    line: int
    sha256: str
    subjects: list[str] | None


class Content(NamedTuple):
    """All that the HTML of a paragraph is made from: equal rows make equal HTML.

    `origin` is not part of that HTML.
    """

    pk: int
    number: int
    section: int
    blocks: tuple[BlockRow, ...]
    links: tuple[LinkRow, ...]
    notes: tuple[NoteRow, ...]
    origin: Origin | None = None

    @property
    def digest(self) -> str:
        """Equal for equal rows, and for those only."""
        return blake2b(repr(self[:-1]).encode(), digest_size=16).hexdigest()


def contents(report: Report, with_origin: bool = False, **where: object) -> list[Content]:
    """The report's paragraphs in order, at best those of a section or a number; three queries, however many there are.

    Links that an editor rejected are left out, and so are references to paragraphs of other reports.
    """
    origin = ORIGIN if with_origin else ()
    paragraphs = Paragraph.objects.filter(report=report, **where)
    rows = paragraphs.order_by("number", "blocks__position").values_list(*PARAGRAPH, *origin, *BLOCK, *TABLE)
    keys = paragraphs.order_by().values("pk")
    links, notes = _by_paragraph(_links(keys), LinkRow), _by_paragraph(_notes(keys, report), NoteRow)
    first, last = len(PARAGRAPH) + len(origin), len(PARAGRAPH) + len(origin) + len(BLOCK)
    return [
        Content(
            *paragraph[: len(PARAGRAPH)],
            tuple(_block(row[first:last], row[last:]) for row in own if row[first] is not None),
            links[paragraph[0]],
            notes[paragraph[0]],
            Origin(*paragraph[len(PARAGRAPH) :]) if with_origin else None,
        )
        for paragraph, own in groupby(rows, key=itemgetter(slice(first)))
    ]


def for_files(report: Report, number: int) -> Paragraph | None:
    """One paragraph with its blocks, as citations and plain text need it, or None."""
    rows = Paragraph.objects.filter(report=report, number=number).select_related("report").prefetch_related("blocks")
    return rows.first()


def sample_number(report: Report) -> int | None:
    """The number of the short paragraph that names the most entries, all in full, and bears on articles; one query."""
    shown = shown_links("blocks__mentions")
    rows = Paragraph.objects.filter(report=report).annotate(
        size=Length("source_text"),
        types=Count("blocks__mentions__entry__type", distinct=True, filter=shown),
        named=Count("blocks__mentions__entry", distinct=True, filter=shown),
        articles=Count("article_links", distinct=True, filter=shown_links("article_links")),
        blocks_count=Count("blocks", distinct=True),
        short_forms=Count("blocks__mentions", filter=shown & Q(blocks__mentions__basis=Basis.CONTEXTUAL)),
    )
    rows = rows.filter(size__range=SAMPLE_SIZES, blocks_count=1, short_forms=0, articles__gt=0, named__gt=1)
    return rows.order_by("-types", "-named", "-articles", "number").values_list("number", flat=True).first()


def tables(report: Report) -> QuerySet[Table]:
    """The report's tables in order, each with its paragraph; one query."""
    return Table.objects.filter(report=report).select_related("report", "block__paragraph__report").order_by("number")


def table(report: Report, number: int) -> Table | None:
    """One table with its paragraph, or None."""
    return tables(report).filter(number=number).first()


def _block(block, table):
    return BlockRow(*block, TableRow(*table) if table[0] is not None else None)


def _by_paragraph(rows, kind):
    """The rows, sorted, by their first column."""
    groups = defaultdict(tuple)
    for key, own in groupby(sorted(rows), key=itemgetter(0)):
        groups[key] = tuple(kind(*row[1:]) for row in own)
    return groups


def _links(paragraphs):
    """The columns of LinkRow after the paragraph's key."""
    own = KeyTextTransform("subject", KeyTransform(get_language() or "", "article__translations"))
    caption = Coalesce(NullIf(own, Value("")), "article__subject", output_field=TextField())
    mentions = Mention.objects.shown().filter(block__paragraph__in=paragraphs)
    articles = ArticleLink.objects.shown().filter(paragraph__in=paragraphs)
    return mentions.order_by().values_list(
        "block__paragraph", "block", "start", "end", "entry__type", "entry", "entry__slug", "entry__name",
        "basis", "rule", "review", Value(""),
    ).union(
        articles.order_by().values_list(
            "paragraph", Value(0), Value(0), Value(0), Value(ARTICLE), "article__number", Value(""), caption,
            "basis", "reason", "review", "confidence",
        ),
        all=True,
    )  # fmt: skip


def _notes(paragraphs, report):
    """The columns of NoteRow after the paragraph's key."""
    none, nothing = Value(0), Value("")
    own = {"block__paragraph__in": paragraphs}
    references = Reference.objects.filter(**own)
    footnotes = Footnote.objects.filter(**own)
    back = BackReference.objects.filter(Q(target=None) | Q(target__report=report), **own)
    later = BackReference.objects.filter(target__in=paragraphs, block__paragraph__report=report)
    notes = Note.objects.filter(paragraph__in=paragraphs)
    figures = Figure.objects.shown().filter(**own)
    return references.order_by().values_list(
        "block__paragraph", "block", "kind", "start", "end", "target", nothing, none
    ).union(
        footnotes.order_by().values_list(
            "block__paragraph", "block", Value("footnote"), "offset", "number", "body__text", nothing, "body"
        ),
        back.order_by().values_list(
            "block__paragraph", "block", Value("back"), "start", "end", "surface", "reason",
            Coalesce("target__number", 0),
        ),
        later.order_by().values_list(
            "target", none, Value("later"), "block__paragraph__number", none, nothing, nothing, none
        ),
        notes.order_by().values_list("paragraph", none, Value("note"), "position", none, "quote", "text", none),
        figures.order_by().values_list(
            "block__paragraph", none, Value("figures"), "start", "end", nothing, nothing, none
        ),
        all=True,
    )  # fmt: skip
