"""From the rows of a file to the rows of a list: where its columns stand, and what stands in each of them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .cells import MERGED, Cell, Grid, words_of
from .file_errors import CellError

LEADING = 40  # rows among which the columns are looked for: titles may stand above them
MOST_CHARACTERS = 32_767  # of a cell, which Excel sets


@dataclass
class TableRow:
    """A row of a list: its number, and its cells by column."""

    number: int
    cells: dict[str, Cell]


@dataclass
class Table:
    """The columns and rows of a list, and the errors in its form."""

    columns: list[str]
    rows: list[TableRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def heads(grid: Grid, known: Collection[str]) -> tuple[int, list[str]]:
    """Where in the grid the row with the names of the columns is, and these names; -1 without one."""
    best, found = -1, []
    most = 0
    for place, (_number, cells) in enumerate(grid.rows[:LEADING]):
        names = [_name(cell) for cell in cells]
        if (count := len(known & set(names))) > most:
            best, found, most = place, names, count
    while found and not found[-1]:
        found.pop()
    return best, found


def _name(cell):
    return "_".join(words_of(cell).lower().split())


def read_table(grid: Grid, columns: Collection[str]) -> Table:
    """The rows below the names of the columns; other columns, and cells that no column has, are errors."""
    place, names = heads(grid, set(columns))
    table = Table(names)
    head = grid.rows[place][0] if place >= 0 else 0
    for index, name in enumerate(names):
        if not name:
            continue  # an empty column; if anything stands in it, that is an error of its row
        if name not in columns:
            words = _("There is no such column. The columns are: %(columns)s.") % {"columns": ", ".join(columns)}
            table.errors.append(CellError(head, name, words))
        elif name in names[:index]:
            table.errors.append(CellError(head, name, _("This column appears more than once.")))
    for number, cells in grid.rows[place + 1 :]:
        _read_row(table, number, cells)
    return table


def _read_row(table, number, cells):
    named = [*table.columns, *[""] * (len(cells) - len(table.columns))]
    if extra := [words_of(cell) for name, cell in zip(named, cells, strict=False) if not name and words_of(cell)]:
        words = _("“%(text)s” stands in a column without a name.") % {"text": extra[0][:60]}
        table.errors.append(CellError(number, "", words))
    cells += [""] * (len(table.columns) - len(cells))
    row = TableRow(number, {name: cell for name, cell in zip(named, cells, strict=False) if name})
    if not any(map(words_of, row.cells.values())):
        return
    for column, cell in row.cells.items():
        if len(text := words_of(cell)) > MOST_CHARACTERS:
            words = _("The cell has %(length)s characters; at most %(most)s are allowed.")
            words %= {"length": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
            table.errors.append(CellError(number, column, words))
        elif isinstance(cell, list) and cell[0] == MERGED:
            words = _("The cells %(cells)s are merged. Unmerge them, and fill each of them.") % {"cells": cell[1]}
            table.errors.append(CellError(number, column, words))
    table.rows.append(row)
