"""Paragraphs as templates show them: the text with links and marks, the notes, and the margin beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from sections.markup import Item, Link, Note, Span, marked, nested_list, table_spans
from sections.models import (
    ArticleLink,
    BackReference,
    Basis,
    Block,
    Confidence,
    Entry,
    Mention,
    Paragraph,
    Reference,
    Table,
)

from .registers import REGISTERS, Register, by_register

# Highlights by the position of their block.
Highlights = Mapping[int, Sequence[Span]]

NUMERIC = frozenset("0123456789 .,%–-\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a paragraph: articles, entries by register, annexes, and references between paragraphs.

    Each entry comes with a mention for every reason of its link. `back` are the paragraph's own references to earlier
    paragraphs; `referred_to_in` are later paragraphs that refer to it.
    """

    articles: list[ArticleLink]
    groups: list[tuple[Register, list[tuple[Entry, list[Mention]]]]]
    annexes: list[str]
    back: list[BackReference]
    referred_to_in: list[Paragraph]

    @property
    def size(self) -> int:
        """Number of articles and entries."""
        return len(self.articles) + sum(len(entries) for _, entries in self.groups)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as HTML: title, unit, header cells, rows of cells, source; a cell is HTML and whether it is a number."""

    table: Table
    title: str
    unit: str
    header: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph on the page: `pieces` are (kind, HTML or table) in order, `notes` (number, HTML)."""

    paragraph: Paragraph
    pieces: list[tuple[str, object]]
    notes: list[tuple[int, str]]
    margin: Margin


def reading(paragraph: Paragraph, highlights: Highlights | None = None) -> Reading:
    """The paragraph ready to be read; queries nothing for a paragraph of `queries.paragraphs`."""
    blocks = list(paragraph.blocks.all())
    bodies = {block.pk: block for block in blocks if block.kind == Block.Kind.FOOTNOTE}
    text = [block for block in blocks if block.kind != Block.Kind.FOOTNOTE]
    notes = [
        (note.number, _marked_block(bodies.get(note.body_id, note.body), highlights))
        for block in text
        for note in block.footnotes.all()
    ]
    return Reading(paragraph, list(_pieces(text, highlights)), notes, _margin(paragraph, blocks))


def readings_by_section(paragraphs: Iterable[Paragraph]) -> dict[int, list[Reading]]:
    """The paragraphs ready to be read, by the key of their section."""
    readings: dict[int, list[Reading]] = {}
    for paragraph in paragraphs:
        readings.setdefault(paragraph.section_id, []).append(reading(paragraph))
    return readings


def _pieces(blocks: list[Block], highlights: Highlights | None) -> Iterator[tuple[str, object]]:
    for is_list, run in groupby(blocks, key=lambda block: block.kind == Block.Kind.ITEM):
        if is_list:
            yield "list", nested_list(Item(block.level, block.label, _marked_block(block, highlights)) for block in run)
            continue
        for block in run:
            if block.kind == Block.Kind.TABLE:
                yield "table", read_table(block.table, block, highlights)
            else:
                yield "text", _marked_block(block, highlights)


def read_table(table: Table, block: Block, highlights: Highlights | None = None) -> ReadTable:
    """The table with the links and marks of its block laid over its cells."""
    overlays = _overlays(block, highlights)
    lines = [table.header, *table.rows] if table.header else table.rows
    title, unit, rows, source = table_spans(table.title, table.unit, lines, table.source)
    cells = [[(span.marked(*overlays), _is_number(span.text)) for span in row] for row in rows]
    header, body = (cells[0], cells[1:]) if table.header else ([], cells)
    return ReadTable(table, title.marked(*overlays), unit.marked(*overlays), header, body, source.marked(*overlays))


def _is_number(cell):
    return bool(cell.strip()) and NUMERIC.issuperset(cell)


def _marked_block(block, highlights):
    return marked(block.text, *_overlays(block, highlights))


def _overlays(block, highlights):
    """The links, the marks of notes and the highlights of a block."""
    symbol = block.paragraph.report.symbol
    names = [_name(mention) for mention in block.mentions.all()]
    back = {(row.start, row.end): _back(row, symbol) for row in reversed(_back_references(block)) if row.target}
    links = [*back.values(), *names, *(_reference(row, symbol) for row in block.references.all())]
    notes = [Note(note.offset, note.number) for note in block.footnotes.all()]
    return links, notes, (highlights or {}).get(block.position, ())


def _back_references(block):
    """The block's back references in order, those of one span in order of their targets.

    References whose words have changed and those to another report are left out.
    """
    rows = [row for row in block.back_references.all() if block.text[row.start : row.end] == row.surface]
    rows = [row for row in rows if row.target is None or row.target.report_id == block.paragraph.report_id]
    return sorted(rows, key=lambda row: (row.start, row.target.number if row.target else 0))


def _back(reference, symbol):
    number = reference.target.number
    address = reverse("paragraph", kwargs={"symbol": symbol, "number": number})
    title = gettext("Paragraph %(number)s") % {"number": number} + f": {reference.reason}"
    return Link(reference.start, reference.end, address, "back", title)


def _name(mention: Mention) -> Link:
    title = f"{mention.entry.name} ({REGISTERS[mention.entry.type].noun}), {mention.get_basis_display()}"
    css = "name by-rule" if mention.basis == Basis.CONTEXTUAL else "name"
    return Link(mention.start, mention.end, mention.entry.get_absolute_url(), css, title)


def _reference(reference, symbol):
    if reference.kind == Reference.Kind.ANNEX:
        title = gettext("Annex %(label)s: cited, not part of this text") % {"label": reference.target}
        annexes = reverse("annexes", kwargs={"symbol": symbol})
        return Link(reference.start, reference.end, f"{annexes}#annex-{reference.target}", "annex", title)
    target = reference.target
    address = f"http://{target}" if target.startswith("www.") else target
    return Link(reference.start, reference.end, address, "web")


def _margin(paragraph: Paragraph, blocks: list[Block]) -> Margin:
    links = paragraph.article_links.all()
    references = [row for block in blocks for row in block.references.all() if row.kind == Reference.Kind.ANNEX]
    later = {row.block.paragraph for row in paragraph.referred_to_by.all()}
    return Margin(
        articles=sorted(links, key=lambda link: (link.confidence != Confidence.HIGH, link.article.number)),
        groups=_entries_by_register(blocks),
        annexes=list(dict.fromkeys(row.target for row in references)),
        back=[row for block in blocks for row in _back_references(block)],
        referred_to_in=sorted(
            (row for row in later if row.report_id == paragraph.report_id), key=lambda row: row.number
        ),
    )


def _entries_by_register(blocks):
    """The entries that the blocks name, in order, each with its first mention of every basis, rule and review."""
    mentions: dict[Entry, dict[tuple, Mention]] = {}
    for block in blocks:
        for mention in block.mentions.all():
            reasons = mentions.setdefault(mention.entry, {})
            reasons.setdefault((mention.basis, mention.rule, mention.review), mention)
    by_type = {type: [] for type in REGISTERS}
    for entry, reasons in mentions.items():
        by_type[entry.type].append((entry, list(reasons.values())))
    return by_register(by_type)
