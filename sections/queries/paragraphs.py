"""Paragraphs as rows of the database, and tables: all that a page needs to print them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from cachetools import LRUCache
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Length

from sections.models import (
    ArticleLink,
    BackReference,
    Basis,
    Block,
    Entry,
    Figure,
    Footnote,
    Mention,
    Note,
    Paragraph,
    Reference,
    Report,
    Table,
    cached_per_version,
)
from sections.text.item_paths import ItemPath, item_paths
from sections.text.spans import within

SAMPLE_SIZES = (180, 420)  # characters of a paragraph that is read in a few seconds
ARTICLE = "article"  # the type of a link that leads to no entry
PARAGRAPH = ("pk", "number", "section")
BLOCK = tuple(f"blocks__{name}" for name in ("pk", "position", "kind", "level", "label", "text"))
TABLE = tuple(f"blocks__table__{name}" for name in ("number", "title", "unit", "header", "rows", "source"))
ORIGIN = ("source_line", Length("source_text"), "sha256", "subjects__phrases")
KEPT_REPORTS = 8  # about 2 MB each
TYPES = frozenset(Entry.Type.values)


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


class Annotation(NamedTuple):
    """What is laid over a block, or stands beside the paragraph (block 0).

    The kind is the type of the entry that a mention names, or ARTICLE, annex, web, footnote, back, later, note, figure.
    What the other columns hold is in `_annotations`.
    """

    block: int
    start: int
    end: int
    kind: str
    key: int = 0
    slug: str = ""
    words: str = ""
    reason: str = ""
    basis: str = ""
    review: str = ""
    confidence: str = ""
    translations: str = ""  # of an article, as JSON


class Origin(NamedTuple):
    """Where a paragraph stands in the source, and the editors' words for finding it, None where there are none."""

    line: int
    size: int  # in characters
    sha256: str
    subjects: list[str] | None


@dataclass(frozen=True)
class Content:
    """All that the HTML of a paragraph is made from: equal rows make equal HTML.

    `origin` is not part of that HTML.
    """

    pk: int
    number: int
    section: int
    blocks: tuple[BlockRow, ...]
    annotations: tuple[Annotation, ...]
    origin: Origin

    @cached_property
    def items(self) -> dict[int, ItemPath]:
        """The items of its lists by the position of their block: how each is cited and addressed."""
        rows = [block for block in self.blocks if block.kind == Block.Kind.ITEM]
        paths = item_paths((block.level, block.label) for block in rows)
        return dict(zip((block.position for block in rows), paths, strict=True))

    @cached_property
    def longer(self) -> dict[tuple[int, int, int, int], str]:
        """By (block, start, end, entry) the words of the longer name, of the mentions that stand within one."""
        texts = {block.pk: block.text for block in self.blocks}
        mentions = [row for row in self.annotations if row.kind in TYPES]
        found = {}
        for row in mentions:
            spans = [(each.start, each.end) for each in mentions if each.block == row.block]
            around = [span for span in spans if within((row.start, row.end), span)]
            if around:
                start, end = min(around, key=lambda span: span[1] - span[0])
                found[row.block, row.start, row.end, row.key] = texts[row.block][start:end]
        return found

    @cached_property
    def own_mentions(self) -> list[Annotation]:
        """The mentions that stand in no longer name."""
        rows = (row for row in self.annotations if row.kind in TYPES)
        return [row for row in rows if (row.block, row.start, row.end, row.key) not in self.longer]

    @property
    def footnotes(self) -> list[int]:
        """The numbers of its footnotes in order."""
        return sorted(row.end for row in self.annotations if row.kind == "footnote")

    @cached_property
    def digest(self) -> str:
        """The same for equal rows, and for those only."""
        rows = self.pk, self.number, self.section, self.blocks, self.annotations
        return blake2b(repr(rows).encode(), digest_size=16).hexdigest()


_latest: LRUCache[int, dict[int, Content]] = LRUCache(KEPT_REPORTS)  # by report what was read last


@cached_per_version(KEPT_REPORTS)
def contents(report: Report | None) -> dict[int, Content]:
    """All paragraphs of the report in order, by number; two queries, however many there are.

    Links that an editor rejected are left out, and so are references to paragraphs of other reports. A paragraph whose
    rows are the same as in the version before stays the same object, with what was found out about it.
    """
    if report is None:
        return {}
    former = _latest.get(report.pk, {})
    paragraphs = Paragraph.objects.filter(report=report)
    rows = paragraphs.order_by("number", "blocks__position").values_list(*PARAGRAPH, *ORIGIN, *BLOCK, *TABLE)
    annotations = defaultdict(tuple)
    for pk, columns in groupby(sorted(_annotations(report)), key=itemgetter(0)):
        annotations[pk] = tuple(Annotation(*row[1:]) for row in columns)
    found = {}
    for pk, of_paragraph in groupby(rows, key=itemgetter(0)):
        own = list(of_paragraph)
        _, number, section, *origin = own[0][: len(PARAGRAPH) + len(ORIGIN)]
        blocks = tuple(_block(row[len(PARAGRAPH) + len(ORIGIN) :]) for row in own)
        blocks = tuple(block for block in blocks if block.pk is not None)  # none: a paragraph without blocks
        content = Content(pk, number, section, blocks, annotations[pk], Origin(*origin))
        found[number] = former[number] if former.get(number) == content else content
    _latest[report.pk] = found
    return found


@cached_per_version(KEPT_REPORTS)
def numbers_by_entry(report: Report) -> dict[int, list[int]]:
    """By the key of an entry the numbers of the report's paragraphs that name it, in order.

    Paragraphs that name it only within longer names are left out.
    """
    numbers = defaultdict(list)
    for content in contents(report).values():
        for key in {row.key for row in content.own_mentions}:
            numbers[key].append(content.number)
    return dict(numbers)


@cached_per_version(KEPT_REPORTS)
def nested_numbers(report: Report) -> dict[int, list[int]]:
    """By the key of an entry the numbers of the report's paragraphs that name it only within longer names, in order."""
    numbers = defaultdict(list)
    for content in contents(report).values():
        for key in {key for *_, key in content.longer} - {row.key for row in content.own_mentions}:
            numbers[key].append(content.number)
    return dict(numbers)


@cached_per_version(KEPT_REPORTS)
def sample_number(report: Report) -> int | None:
    """The number of the short paragraph that names the most entries, all in full, and bears on articles."""
    ranked = []
    for content in contents(report).values():
        mentions = content.own_mentions
        types, named = {row.kind for row in mentions}, {row.key for row in mentions}
        articles = sum(row.kind == ARTICLE for row in content.annotations)
        is_short = SAMPLE_SIZES[0] <= content.origin.size <= SAMPLE_SIZES[1] and len(content.blocks) == 1
        if is_short and articles and len(named) > 1 and all(row.basis != Basis.CONTEXTUAL for row in mentions):
            ranked.append((len(types), len(named), articles, -content.number))
    return -max(ranked)[-1] if ranked else None


@cached_per_version(KEPT_REPORTS)
def first_table(report: Report) -> Table | None:
    """The report's first table, by its number, title and address, or None."""
    tables = [block.table for content in contents(report).values() for block in content.blocks if block.table]
    first = min(tables, key=lambda table: table.number, default=None)
    return first and Table(report=report, number=first.number, title=first.title)


def tables(report: Report) -> QuerySet[Table]:
    """The report's tables in order, each with its paragraph; one query."""
    return Table.objects.filter(report=report).select_related("report", "block__paragraph__report").order_by("number")


def table(report: Report, number: int) -> Table | None:
    """One table with its paragraph, or None."""
    return tables(report).filter(number=number).first()


def _block(columns):
    block, table = columns[: len(BLOCK)], columns[len(BLOCK) :]
    return BlockRow(*block, TableRow(*table) if table[0] is not None else None)


def _annotations(report):
    """A row for each annotation: the key of its paragraph, then the columns of Annotation."""
    here = {"block__paragraph__report": report}
    mentions = Mention.objects.shown().filter(**here)
    articles = ArticleLink.objects.shown().filter(paragraph__report=report)
    references, footnotes = Reference.objects.filter(**here), Footnote.objects.filter(**here)
    back = BackReference.objects.filter(Q(target=None) | Q(target__report=report), **here)
    later = BackReference.objects.filter(target__report=report, **here)
    notes = Note.objects.filter(paragraph__report=report)
    figures = Figure.objects.shown().filter(**here)
    place = {"paragraph": "block__paragraph", "block": "block"}
    span = place | {"start": "start", "end": "end"}
    decided = {"basis": "basis", "review": "review"}
    named = {"kind": "entry__type", "key": "entry", "slug": "entry__slug", "words": "entry__name", "reason": "rule"}
    cited = {"key": "article__number", "words": "article__subject", "reason": "reason", "confidence": "confidence"}
    translations = Cast("article__translations", TextField())
    meant = Coalesce("target__number", 0)  # the number of a paragraph, 0 where that is not certain
    return _rows(mentions, span | named | decided).union(
        _rows(articles, {"paragraph": "paragraph", "translations": translations} | cited | decided, ARTICLE),
        _rows(references, span | {"kind": "kind", "words": "target"}),
        # the place of the mark, the number of the note, and the block that holds its words
        _rows(
            footnotes, place | {"start": "offset", "end": "number", "key": "body", "words": "body__text"}, "footnote"
        ),
        _rows(back, span | {"key": meant, "words": "surface", "reason": "reason"}, "back"),
        # the number of the paragraph that refers to this one
        _rows(later, {"paragraph": "target", "key": "block__paragraph__number"}, "later"),
        _rows(notes, {"paragraph": "paragraph", "start": "position", "words": "quote", "reason": "text"}, "note"),
        _rows(figures, {"paragraph": "block__paragraph", "start": "start", "end": "end"}, "figure"),
        all=True,
    )


def _rows(rows, columns, kind=""):
    """The rows with these columns; in all others stands nothing."""
    none = {"paragraph": Value(0)} | {
        name: Value("" if type is str else 0) for name, type in Annotation.__annotations__.items()
    }
    return rows.order_by().values_list(*(none | {"kind": Value(kind)} | columns).values())
