"""Paragraphs as templates show them: the text with links and marks, the notes, and the margin beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext

from sections.markup import Item, Link, Span, marked, nested_list, table_spans
from sections.markup import Note as Mark
from sections.models import (
    Basis,
    Block,
    Entry,
    Mention,
    Note,
    Paragraph,
    Reference,
    Report,
    Table,
)
from sections.queries.entry_names import shown_name
from sections.queries.paragraphs import Annotation, BlockRow, Content
from sections.text.as_printed import stands_in

from .margin import Margin, margin_of
from .registers import REGISTERS

# Highlights by the position of their block.
Highlights = Mapping[int, Sequence[Span]]

NUMERIC = frozenset("0123456789 .,%–-\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as HTML: title, unit, header cells, rows of cells, source; a cell is HTML and whether it is a number."""

    table: Table
    title: str
    unit: str
    header: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]
    source: str


class Reading:
    """A paragraph on the page, made from its rows when a template asks for it.

    Templates keep the HTML by the `digest`, unless words are highlighted.
    """

    def __init__(
        self, report: Report, content: Content, highlights: Highlights | None = None, is_alone: bool = False
    ) -> None:
        self.content, self.report, self.highlights = content, report, highlights or {}
        self.number = content.number
        # Before the names of items on the page: among other paragraphs the letter alone would not tell them apart.
        self.anchors = "" if is_alone else f"p{content.number}-"

    @property
    def digest(self) -> str:
        """The same for readings of which the HTML is the same in one language."""
        return f"{self.report.symbol} {self.report.language} {self.content.digest}"

    @property
    def text_digest(self) -> str:
        """The same where the HTML of the text is the same: items have other names on a page of the paragraph alone."""
        return f"{self.digest} {self.anchors}" if self.content.items else self.digest

    @cached_property
    def paragraph(self) -> Paragraph:
        """The paragraph itself, with its number, its address and the key of its section."""
        content = self.content
        return Paragraph(pk=content.pk, report=self.report, number=content.number, section_id=content.section)

    @cached_property
    def pieces(self) -> list[tuple[str, object]]:
        """The text in order, as (kind, HTML or table)."""
        anchors = {position: f"{self.anchors}{path.anchor}" for position, path in self.content.items.items()}
        return list(_pieces(self._text, self.highlights, anchors))

    @cached_property
    def notes(self) -> list[tuple[int, str]]:
        """The footnotes as (number, HTML)."""
        bodies = {block.row.pk: block for block in self._blocks if block.row.kind == Block.Kind.FOOTNOTE}
        return [
            (note.end, _marked_block(bodies[note.key], self.highlights) if note.key in bodies else note.words)
            for block in self._text
            for note in block.footnotes
        ]

    @cached_property
    def editors_notes(self) -> list[Note]:
        """The editors' notes in order; words are quoted only where the paragraph holds them."""
        notes = [note for note in self.content.annotations if note.kind == "note"]
        texts = [f"{block.row.label} {block.row.text}" for block in self._blocks] if notes else []
        return [Note(quote=note.words if stands_in(note.words, texts) else "", text=note.reason) for note in notes]

    @property
    def has_notes(self) -> bool:
        """Whether it has a footnote or an editors' note."""
        return any(note.kind in ("footnote", "note") for note in self.content.annotations)

    @cached_property
    def margin(self) -> Margin:
        """What stands beside the text."""
        return margin_of(self.content, self._blocks)

    @cached_property
    def _blocks(self):
        return _blocks_of(self.content, self.report)

    @property
    def _text(self):
        return [block for block in self._blocks if block.row.kind != Block.Kind.FOOTNOTE]


def readings_by_section(report: Report, contents: Iterable[Content]) -> dict[int, list[Reading]]:
    """The paragraphs ready to be read, by the key of their section."""
    readings: dict[int, list[Reading]] = defaultdict(list)
    for content in contents:
        readings[content.section].append(Reading(report, content))
    return readings


def read_table(report: Report, content: Content, number: int) -> ReadTable:
    """The table of that number, which is a block of the paragraph."""
    blocks = _blocks_of(content, report)
    return _table(next(block for block in blocks if block.row.table and block.row.table.number == number), {})


@dataclass(frozen=True, slots=True)
class _Block:
    """A block with what is laid over it, each in the order of the text."""

    row: BlockRow
    report: Report
    annotations: list[Annotation]
    longer: Mapping[tuple[int, int, int, int], str]

    @property
    def mentions(self) -> list[Mention]:
        return [self._mention(row) for row in self.annotations if row.kind in REGISTERS]

    def _mention(self, row):
        entry = Entry(pk=row.key, type=row.kind, slug=row.slug, name=row.words)
        mention = Mention(
            start=row.start, end=row.end, entry=entry, basis=row.basis, rule=row.reason, review=row.review
        )
        mention.longer = self.longer.get((row.block, row.start, row.end, row.key), "")
        return mention

    @property
    def footnotes(self) -> list[Annotation]:
        return sorted((row for row in self.annotations if row.kind == "footnote"), key=attrgetter("end"))

    @property
    def references(self) -> list[Annotation]:
        return [row for row in self.annotations if row.kind in Reference.Kind.values]

    @property
    def back_references(self) -> list[Annotation]:
        """Those of one span in order of their targets; those whose words have changed are left out."""
        rows = [row for row in self.annotations if row.kind == "back"]
        rows = [row for row in rows if self.row.text[row.start : row.end] == row.words]
        return sorted(rows, key=lambda row: (row.start, row.key))


def _blocks_of(content, report):
    annotations = defaultdict(list)
    for row in content.annotations:
        annotations[row.block].append(row)
    return [_Block(row, report, annotations[row.pk], content.longer) for row in content.blocks]


def _pieces(blocks: list[_Block], highlights: Highlights, anchors: dict[int, str]) -> Iterator[tuple[str, object]]:
    for is_list, run in groupby(blocks, key=lambda block: block.row.kind == Block.Kind.ITEM):
        if is_list:
            rows = ((block.row, _marked_block(block, highlights)) for block in run)
            yield "list", nested_list(Item(row.level, row.label, html, anchors[row.position]) for row, html in rows)
            continue
        for block in run:
            if block.row.table:
                yield "table", _table(block, highlights)
            else:
                yield "text", _marked_block(block, highlights)


def _table(block, highlights):
    """The table with the links and marks of its block laid over its cells."""
    overlays, table = _overlays(block, highlights), block.row.table
    lines = [table.header, *table.rows] if table.header else table.rows
    title, unit, rows, source = table_spans(table.title, table.unit, lines, table.source)
    cells = [[(span.marked(*overlays), _is_number(span.text)) for span in row] for row in rows]
    header, body = (cells[0], cells[1:]) if table.header else ([], cells)
    number = Table(report=block.report, number=table.number)
    return ReadTable(number, title.marked(*overlays), unit.marked(*overlays), header, body, source.marked(*overlays))


def _is_number(cell):
    return bool(cell.strip()) and NUMERIC.issuperset(cell)


def _marked_block(block, highlights):
    return marked(block.row.text, *_overlays(block, highlights))


def _overlays(block, highlights):
    """The links, the marks of notes and the highlights of a block."""
    symbol = block.report.symbol
    back = {(row.start, row.end): _back(row, symbol) for row in reversed(block.back_references) if row.key}
    names = (_name(mention, block.report) for mention in block.mentions if not mention.longer)
    links = [*back.values(), *names, *(_reference(row, symbol) for row in block.references)]
    marks = [Mark(note.start, note.end) for note in block.footnotes]
    return links, marks, highlights.get(block.row.position, ())


def _back(reference, symbol):
    address = reverse("paragraph", kwargs={"symbol": symbol, "number": reference.key})
    title = gettext("Paragraph %(number)s") % {"number": reference.key} + f": {reference.reason}"
    return Link(reference.start, reference.end, address, "back", title)


def _name(mention: Mention, report: Report) -> Link:
    name = shown_name(report, mention.entry).text
    title = f"{name} ({REGISTERS[mention.entry.type].noun}), {mention.get_basis_display()}"
    css = "name by-rule" if mention.basis == Basis.CONTEXTUAL else "name"
    return Link(mention.start, mention.end, mention.entry.get_absolute_url(), css, title)


def _reference(reference, symbol):
    target = reference.words
    if reference.kind == Reference.Kind.ANNEX:
        title = gettext("Annex %(label)s: cited, not part of this text") % {"label": target}
        annexes = reverse("annexes", kwargs={"symbol": symbol})
        return Link(reference.start, reference.end, f"{annexes}#annex-{target}", "annex", title)
    address = f"http://{target}" if target.startswith("www.") else target
    return Link(reference.start, reference.end, address, "web")
