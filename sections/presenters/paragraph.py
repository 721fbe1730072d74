"""Paragraphs made ready to be read: the text with links and marks, the notes, and the margin beside it."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from sections.markup import Item, Link, Note, marked, nested_list, table_spans
from sections.models import ArticleLink, BackReference, Basis, Block, Entry, Paragraph, Reference, Table
from sections.views.entries import REGISTERS

NUMERIC = frozenset("0123456789 .,%–-\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Why:
    """Why a link is there, in words."""

    basis: str
    basis_words: str
    rule: str
    review_words: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that a paragraph names, the words that name it, and why they are taken for it."""

    entry: Entry
    surfaces: tuple[str, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a paragraph: articles, entries by heading, annexes, and where text points back.

    `back` is what its own words point back to; `taken_up` are the later paragraphs that point to it.
    """

    articles: tuple[ArticleLink, ...]
    groups: tuple[tuple[str, tuple[Named, ...]], ...]
    annexes: tuple[str, ...]
    back: tuple[BackReference, ...] = ()
    taken_up: tuple[Paragraph, ...] = ()

    @property
    def size(self):
        """Number of articles and entries."""
        return len(self.articles) + sum(len(named) for _, named in self.groups)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell as HTML, and whether it holds a figure."""

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


def reading(paragraph, found=None) -> Reading:
    """The paragraph ready to be read; asks the database nothing beyond what was fetched with it.

    `found` are the highlights by the position of their block.
    """
    found = found or {}
    blocks = list(paragraph.blocks.all())
    bodies = {block.pk: block for block in blocks if block.kind == Block.Kind.FOOTNOTE}
    text = [block for block in blocks if block.kind != Block.Kind.FOOTNOTE]
    notes = tuple(
        ReadNote(note.number, marked_block(bodies.get(note.body_id, note.body), found))
        for block in text
        for note in block.footnotes.all()
    )
    return Reading(paragraph, tuple(_pieces(text, found)), notes, _margin(paragraph, blocks))


def _pieces(blocks, found):
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == Block.Kind.ITEM:
            yield "list", nested_list(Item(block.level, block.label, marked_block(block, found)) for block in run)
        elif kind == Block.Kind.TABLE:
            for block in run:
                yield "table", read_table(block.table, block, found)
        else:
            for block in run:
                yield "text", marked_block(block, found)


def marked_block(block, found=None):
    """The block's text as HTML."""
    return marked(block.text, _links(block), _notes(block), _highlights(block, found))


def read_table(table, block, found=None) -> ReadTable:
    """The table with the links and marks of its block laid over its cells."""
    links, notes, highlights = _links(block), _notes(block), _highlights(block, found)

    def html(span):
        return marked(span.text, span.links_within(links), span.notes_within(notes), span.highlights_within(highlights))

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


def _highlights(block, found):
    return (found or {}).get(block.position, ())


def _links(block):
    symbol = block.paragraph.report.symbol
    names = [_name(mention) for mention in _shown(block)]
    back = {(row.start, row.end): _back(row, symbol) for row in reversed(_back_references(block)) if row.target}
    return [*back.values(), *names, *(_reference(row, symbol) for row in block.references.all())]


def _back_references(block):
    """The block's back references, those of one span in order of what they mean; none whose words have changed."""
    rows = [row for row in block.back_references.all() if block.text[row.start : row.end] == row.surface]
    return sorted(rows, key=lambda row: (row.start, row.target.number if row.target else 0))


def _back(reference, symbol):
    number = reference.target.number
    address = reverse("paragraph", kwargs={"symbol": symbol, "number": number})
    return Link(
        reference.start,
        reference.end,
        address,
        "back",
        gettext("Paragraph %(number)s") % {"number": number} + f": {reference.reason}",
    )


def _shown(block):
    return [mention for mention in block.mentions.all() if mention.is_shown]


def _name(mention):
    by_rule = mention.basis == Basis.CONTEXTUAL
    words = f"{mention.entry.name} ({REGISTERS[mention.entry.type].noun}), {mention.get_basis_display()}"
    css = "name by-rule" if by_rule else "name"
    return Link(mention.start, mention.end, mention.entry.get_absolute_url(), css, words)


def _reference(reference, symbol):
    if reference.kind == Reference.Kind.ANNEX:
        words = gettext("Annex %(label)s: cited, not part of this text") % {"label": reference.target}
        annexes = reverse("annexes", kwargs={"symbol": symbol})
        return Link(reference.start, reference.end, f"{annexes}#annex-{reference.target}", "annex", words)
    target = reference.target
    return Link(reference.start, reference.end, f"http://{target}" if target.startswith("www.") else target, "web")


def _margin(paragraph, blocks):
    links = [link for link in paragraph.article_links.all() if link.is_shown]
    links.sort(key=lambda link: (link.confidence != "high", link.article.number))
    mentions = {}
    for block in blocks:
        for mention in _shown(block):
            mentions.setdefault(mention.entry_id, []).append(mention)
    named = [_named(found) for found in mentions.values()]
    groups = tuple(
        (register.heading, tuple(row for row in named if row.entry.type == type))
        for type, register in REGISTERS.items()
    )
    annexes = dict.fromkeys(
        row.target for block in blocks for row in block.references.all() if row.kind == Reference.Kind.ANNEX
    )
    back = [row for block in blocks for row in _back_references(block)]
    taken_up = {row.block.paragraph_id: row.block.paragraph for row in paragraph.referred_to_by.all()}
    return Margin(
        tuple(links),
        tuple(group for group in groups if group[1]),
        tuple(annexes),
        tuple(back),
        tuple(sorted(taken_up.values(), key=lambda later: later.number)),
    )


def _named(mentions):
    whys = dict.fromkeys(
        Why(mention.basis, mention.get_basis_display(), mention.rule, mention.get_review_display())
        for mention in mentions
    )
    surfaces = dict.fromkeys(mention.surface for mention in mentions)
    return Named(mentions[0].entry, tuple(surfaces), tuple(whys))
