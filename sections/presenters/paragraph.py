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

from .registers import REGISTERS

# Highlights by the position of their block.
Highlights = Mapping[int, Sequence[Span]]

NUMERIC = frozenset("0123456789 .,%–-\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class LinkReason:
    """Why a link is there, in words."""

    basis: str
    basis_words: str
    rule: str
    review_words: str


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry that a paragraph names, and the reasons for the link."""

    entry: Entry
    reasons: tuple[LinkReason, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a paragraph: articles, entries by heading, annexes, and references between paragraphs.

    `back` are the paragraph's own references to earlier paragraphs; `referred_to_in` are later paragraphs that refer
    to it.
    """

    articles: tuple[ArticleLink, ...]
    groups: tuple[tuple[str, tuple[NamedEntry, ...]], ...]
    annexes: tuple[str, ...]
    back: tuple[BackReference, ...] = ()
    referred_to_in: tuple[Paragraph, ...] = ()

    @property
    def size(self) -> int:
        """Number of articles and entries."""
        return len(self.articles) + sum(len(named) for _, named in self.groups)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell as HTML, and whether it is a number."""

    words: str
    figure: bool


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as HTML: title, unit, header cells, rows of cells, source."""

    table: Table
    title: str
    unit: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote's number and its body as HTML."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph on the page: `pieces` are (kind, HTML or table) in order."""

    paragraph: Paragraph
    pieces: tuple[tuple[str, object], ...]
    notes: tuple[ReadNote, ...]
    margin: Margin


def reading(paragraph: Paragraph, highlights: Highlights | None = None) -> Reading:
    """The paragraph ready to be read; queries nothing for a paragraph of `queries.paragraphs`."""
    highlights = highlights or {}
    blocks = list(paragraph.blocks.all())
    bodies = {block.pk: block for block in blocks if block.kind == Block.Kind.FOOTNOTE}
    text = [block for block in blocks if block.kind != Block.Kind.FOOTNOTE]
    notes = tuple(
        ReadNote(note.number, marked_block(bodies.get(note.body_id, note.body), highlights))
        for block in text
        for note in block.footnotes.all()
    )
    return Reading(paragraph, tuple(_pieces(text, highlights)), notes, _margin(paragraph, blocks))


def readings_by_section(paragraphs: Iterable[Paragraph]) -> dict[int, list[Reading]]:
    """The paragraphs ready to be read, by the key of their section."""
    readings: dict[int, list[Reading]] = {}
    for paragraph in paragraphs:
        readings.setdefault(paragraph.section_id, []).append(reading(paragraph))
    return readings


def _pieces(blocks: list[Block], highlights: Highlights) -> Iterator[tuple[str, object]]:
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == Block.Kind.ITEM:
            yield "list", nested_list(Item(block.level, block.label, marked_block(block, highlights)) for block in run)
        elif kind == Block.Kind.TABLE:
            for block in run:
                yield "table", read_table(block.table, block, highlights)
        else:
            for block in run:
                yield "text", marked_block(block, highlights)


def marked_block(block: Block, highlights: Highlights | None = None) -> str:
    """The block's text as HTML."""
    return marked(block.text, _links(block), _notes(block), _highlights(block, highlights))


def read_table(table: Table, block: Block, highlights: Highlights | None = None) -> ReadTable:
    """The table with the links and marks of its block laid over its cells."""
    links, notes, marks = _links(block), _notes(block), _highlights(block, highlights)

    def html(span):
        return span.marked(links, notes, marks)

    def cell(span):
        figure = bool(span.text.strip()) and NUMERIC.issuperset(span.text)
        return Cell(html(span), figure)

    lines = [table.header, *table.rows] if table.header else table.rows
    title, unit, rows, source = table_spans(table.title, table.unit, lines, table.source)
    cells = [tuple(cell(span) for span in row) for row in rows]
    header, body = (cells[0], cells[1:]) if table.header else ((), cells)
    return ReadTable(table, html(title), html(unit), header, tuple(body), html(source))


def _notes(block):
    return [Note(note.offset, note.number) for note in block.footnotes.all()]


def _highlights(block, highlights):
    return (highlights or {}).get(block.position, ())


def _links(block):
    symbol = block.paragraph.report.symbol
    names = [_name(mention) for mention in block.mentions.all()]
    back = {(row.start, row.end): _back(row, symbol) for row in reversed(_back_references(block)) if row.target}
    return [*back.values(), *names, *(_reference(row, symbol) for row in block.references.all())]


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
    links = sorted(
        paragraph.article_links.all(), key=lambda link: (link.confidence != Confidence.HIGH, link.article.number)
    )
    annexes = dict.fromkeys(
        row.target for block in blocks for row in block.references.all() if row.kind == Reference.Kind.ANNEX
    )
    back = [row for block in blocks for row in _back_references(block)]
    later = {row.block.paragraph_id: row.block.paragraph for row in paragraph.referred_to_by.all()}
    referred_to_in = [row for row in later.values() if row.report_id == paragraph.report_id]
    return Margin(
        tuple(links),
        _entries_by_register(blocks),
        tuple(annexes),
        tuple(back),
        tuple(sorted(referred_to_in, key=lambda row: row.number)),
    )


def _entries_by_register(blocks: list[Block]) -> tuple[tuple[str, tuple[NamedEntry, ...]], ...]:
    """The entries that the blocks name, in order, under the heading of each register; empty registers left out."""
    mentions: dict[Entry, list[Mention]] = {}
    for block in blocks:
        for mention in block.mentions.all():
            mentions.setdefault(mention.entry, []).append(mention)
    groups = []
    for type, register in REGISTERS.items():
        if entries := [NamedEntry(entry, _reasons(rows)) for entry, rows in mentions.items() if entry.type == type]:
            groups.append((register.heading, tuple(entries)))
    return tuple(groups)


def _reasons(mentions: list[Mention]) -> tuple[LinkReason, ...]:
    """The reasons of the mentions, each once."""
    reasons = (
        LinkReason(mention.basis, mention.get_basis_display(), mention.rule, mention.get_review_display())
        for mention in mentions
    )
    return tuple(dict.fromkeys(reasons))
