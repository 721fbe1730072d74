"""Tables: a title, a unit, cells one a line, rows ended by blank lines, a source line."""

from collections import Counter
from dataclasses import dataclass

from .classify import Kind, is_cell, names_heading
from .footnotes import Marked, joined, marked
from .lines import Line
from .patterns import SOURCE, TABLE_NUMBER
from .records import TableRecord, Warning

NOTHING = Marked("")


@dataclass
class Group:
    """Cells that no blank line parts; `soft` when the blank line after it may only close a footnote."""

    line: int
    cells: list[Marked]
    soft: bool = False


def starts_table(lines: list[Line], at: int) -> bool:
    """Whether a table begins on a line that stands inside a paragraph."""
    cells = _head(lines, at)[2]
    if cells == at:  # neither title nor unit: one cell alone is no table
        return lines[at].shape.kind is Kind.CELL and at + 1 < len(lines) and is_cell(lines[at + 1].text)
    return cells is not None


def read_table(lines: list[Line], at: int, warnings: list[Warning]) -> tuple[TableRecord, Marked, int]:
    """The table that begins on a line, its text with the marks of notes, and the first line after it."""
    titles, units, cells = _head(lines, at)
    groups, at = _groups(lines, cells)
    source, at = _source(lines, groups, at)
    groups = _mended(groups)
    header, *rows = [[cell.text for cell in group.cells] for group in groups]
    for group in groups:
        if len(group.cells) != len(header):
            counts = f"{len(group.cells)} cells where the header has {len(header)}"
            warnings.append(Warning(group.line, f"a row of the table has {counts}; kept as printed."))
    title = joined([marked(line.shape.text) for line in titles], " ")
    unit = joined([marked(line.shape.text) for line in units], " ")
    table = TableRecord(title.text, unit.text, header, rows, source.text)
    above = [piece for piece in (title, unit) if piece.text]
    below = [source] if source.text else []
    return table, joined([*above, *(joined(group.cells, "\t") for group in groups), *below], "\n"), at


def _head(lines, at):
    """The lines of the title, those of the unit (one at most), and the place of the first cell, None for no table."""
    titles, units = [], []
    while at < len(lines) and len(titles) < 2 and _may_be_title(lines[at].shape):
        if titles and not TABLE_NUMBER.fullmatch(titles[0].shape.text.strip()):
            return titles, units, None
        titles.append(lines[at])
        at = after_blanks(lines, at + 1)
    if at < len(lines) and lines[at].shape.kind is Kind.PLAIN and lines[at].shape.text.lstrip().startswith("("):
        units.append(lines[at])
        at = after_blanks(lines, at + 1)
    begins = at < len(lines) and is_cell(lines[at].text) and lines[at].shape.kind is not Kind.HEADING
    return titles, units, at if begins else None


def _may_be_title(shape):
    bookmarked = shape.kind is Kind.HEADING and shape.bookmark and not shape.label
    return shape.kind is Kind.TITLE or (bookmarked and not names_heading(shape.text))


def after_blanks(lines: list[Line], at: int) -> int:
    """The place of the first line from `at` on that is not blank; the end when all are."""
    while at < len(lines) and lines[at].shape.kind is Kind.BLANK:
        at += 1
    return at


def _groups(lines, at):
    groups, blank = [], True
    while at < len(lines):
        line = lines[at]
        if is_cell(line.text):
            if blank:
                groups.append(Group(line.number, []))
            cell = marked(line.text)
            groups[-1].cells.append(Marked(cell.text.strip(" "), cell.anchors))
            groups[-1].soft = bool(line.bodies)
            blank = False
        elif not line.text.strip(" \t\u00a0"):
            blank = True
        else:
            break
        at += 1
    return groups, at


def _source(lines, groups, at):
    last = groups[-1].cells
    if len(groups) > 1 and len(last) == 1 and len(groups[0].cells) > 1 and SOURCE.match(last[0].text):
        groups.pop()
        return last[0], at
    if at < len(lines) and lines[at].shape.kind is Kind.PLAIN and SOURCE.match(lines[at].shape.text.lstrip()):
        return marked(lines[at].shape.text), at + 1
    return NOTHING, at


def _mended(groups):
    """The rows; one that a footnote's blank line has broken is put together when the others' width asks for it."""
    parted = [False, *(group.soft for group in groups[:-1])]
    whole = [len(group.cells) for group, broken in zip(groups, parted, strict=True) if not (group.soft or broken)]
    width = Counter(whole).most_common(1)[0][0] if whole else 0
    rows = []
    for group in groups:
        above = rows[-1] if rows else None
        if above and above.soft and len(above.cells) + len(group.cells) <= width:
            above.cells += group.cells
            above.soft = group.soft
        else:
            rows.append(group)
    return rows
