"""Tables: a title, a unit, cells one a line, rows ended by blank lines, a source line."""

from collections import Counter
from dataclasses import dataclass

from .classify import Kind, Shape, is_cell, names_heading
from .footnotes import Marked, Row, joined, marked
from .patterns import SOURCE, TABLE_NUMBER
from .records import TableRecord, Warning

NOTHING = Marked("")


@dataclass
class Group:
    """Cells that no blank line parts; `soft` when the blank line after it may only close a footnote."""

    line: int
    cells: list[Marked]
    soft: bool = False


def starts_table(rows: list[Row], shapes: list[Shape], at: int) -> bool:
    """Whether a table begins on a line that stands inside a paragraph."""
    cells = _head(rows, shapes, at)[2]
    if cells is None:
        return False
    if cells > at:
        return True
    return shapes[at].kind is Kind.CELL and cells + 1 < len(rows) and is_cell(rows[cells + 1].text)


def read_table(
    rows: list[Row], shapes: list[Shape], at: int, warnings: list[Warning]
) -> tuple[TableRecord, Marked, int]:
    """The table that begins on a line, its text with the marks of notes, and the first line after it."""
    titles, unit, cells = _head(rows, shapes, at)
    groups, at = _groups(rows, cells)
    source, at = _source(rows, shapes, groups, at)
    groups = _mended(groups)
    for group in groups[1:]:
        if len(group.cells) != len(groups[0].cells):
            counts = f"{len(group.cells)} cells where the header has {len(groups[0].cells)}"
            warnings.append(Warning(group.line, f"a row of the table has {counts}; kept as printed."))
    title = joined([marked(shapes[n].text) for n in titles], " ")
    unit = marked(shapes[unit].text) if unit is not None else NOTHING
    table = TableRecord(
        title.text,
        unit.text,
        tuple(cell.text for cell in groups[0].cells),
        tuple(tuple(cell.text for cell in group.cells) for group in groups[1:]),
        source.text,
    )
    around = [piece for piece in (title, unit) if piece.text], [piece for piece in (source,) if piece.text]
    return table, joined([*around[0], *(joined(group.cells, "\t") for group in groups), *around[1]], "\n"), at


def _head(rows, shapes, at):
    """The lines of the title and of the unit, and the line of the first cell, or None where no table begins."""
    titles, unit = [], None
    while at < len(rows) and len(titles) < 2 and _may_be_title(shapes[at]):
        if titles and not TABLE_NUMBER.fullmatch(shapes[titles[0]].text.strip()):
            return titles, None, None
        titles.append(at)
        at = _after_blanks(shapes, at + 1)
    if at < len(rows) and shapes[at].kind is Kind.PLAIN and shapes[at].text.lstrip().startswith("("):
        unit, at = at, _after_blanks(shapes, at + 1)
    return (
        titles,
        unit,
        at if at < len(rows) and is_cell(rows[at].text) and shapes[at].kind is not Kind.HEADING else None,
    )


def _may_be_title(shape):
    marked_heading = shape.kind is Kind.HEADING and shape.bookmark and not shape.label
    return shape.kind is Kind.TITLE or (marked_heading and not names_heading(shape.text))


def _after_blanks(shapes, at):
    while at < len(shapes) and shapes[at].kind is Kind.BLANK:
        at += 1
    return at


def _groups(rows, at):
    groups, blank = [], True
    while at < len(rows):
        row = rows[at]
        if is_cell(row.text):
            if blank:
                groups.append(Group(row.line, []))
            cell = marked(row.text)
            groups[-1].cells.append(Marked(cell.text.strip(" "), cell.anchors))
            groups[-1].soft = bool(row.bodies)
            blank = False
        elif not row.text.strip(" \t\u00a0"):
            blank = True
        else:
            break
        at += 1
    return groups, at


def _source(rows, shapes, groups, at):
    last = groups[-1].cells
    if len(groups) > 1 and len(last) == 1 and len(groups[0].cells) > 1 and SOURCE.match(last[0].text):
        groups.pop()
        return last[0], at
    if at < len(rows) and shapes[at].kind is Kind.PLAIN and SOURCE.match(shapes[at].text.lstrip()):
        return marked(shapes[at].text), at + 1
    return NOTHING, at


def _mended(groups):
    """The rows; one that a footnote's blank line has broken is put together when the others' width asks for it."""
    if not any(group.soft for group in groups):
        return groups
    parted = [False, *(group.soft for group in groups[:-1])]
    whole = [len(g.cells) for g, after_soft in zip(groups, parted, strict=True) if not (g.soft or after_soft)]
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
