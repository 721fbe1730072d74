"""Reads the numbers of a printed table and checks its totals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .sums import Outcome, Sum, check_sum

TOTAL = re.compile(r"\s*(?:grand |sub)?totals?\s*", re.IGNORECASE)
YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's labels and exact numbers; None for a cell without one. Totals are recognised by their labels."""

    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[Decimal | None, ...], ...]

    @property
    def by_year(self) -> bool:
        """Whether every column but that of totals is headed by a year."""
        plain = [label for label in self.columns if not TOTAL.fullmatch(label)]
        return bool(plain) and all(YEAR.fullmatch(label.strip()) for label in plain)

    def without_totals(self) -> "Grid":
        """The same grid without its totals."""
        across, down = _total(self.columns), _total(self.labels)
        rows = tuple(_without(cells, across) for cells in _without(self.rows, down))
        return Grid(_without(self.columns, across), _without(self.labels, down), rows)


@dataclass(frozen=True, slots=True)
class TableCheck:
    """A total of a table: of a row or a column, the label of that row or column, and the outcome."""

    side: str
    label: str
    outcome: Outcome


def grid(header: list[str], rows: list[list[str]]) -> Grid:
    """The numbers of a table whose first column holds the rows' labels."""
    width = len(header)
    cells = [[*row, *[""] * (width - len(row))][:width] for row in rows if width]
    return Grid(
        tuple(label.strip() for label in header[1:]),
        tuple(row[0].strip() for row in cells),
        tuple(tuple(exact(cell) for cell in row[1:]) for row in cells),
    )


def exact(cell: str) -> Decimal | None:
    """The number that a cell holds, or None."""
    digits = re.sub(r"[\s,\u00a0\u202f]", "", cell)
    return Decimal(digits) if re.fullmatch(r"-?\d+(?:\.\d+)?", digits) else None


def check_table(header: list[str], rows: list[list[str]]) -> list[TableCheck]:
    """The outcome for each total that the table prints: of rows first, of columns then; none where it prints none."""
    read = grid(header, rows)
    in_rows = _checked("row", read.labels, read.rows, _total(read.columns))
    return in_rows + _checked("column", read.columns, zip(*read.rows, strict=True), _total(read.labels))


def _total(labels):
    """The index of the label of totals, or None."""
    return next((at for at, label in enumerate(labels) if TOTAL.fullmatch(label)), None)


def _without(values, at):
    """The values without the one of this index, if any."""
    return values if at is None else values[:at] + values[at + 1 :]


def _checked(side, labels, lines, total):
    """The outcome for each row or column of numbers without a gap; `total` is the index of the total in each."""
    if total is None:
        return []
    return [
        TableCheck(side, label, check_sum(Sum.SUM, _without(cells, total), cells[total]))
        for label, cells in zip(labels, lines, strict=True)
        if None not in cells
    ]


def cell_at(text: str, header: list[str], start: int) -> tuple[str, str] | None:
    """The labels of the row and the column of the cell at a place in a table's text; None outside the cells."""
    begin = text.rfind("\n", 0, start) + 1
    column = text.count("\t", begin, start)
    cells = text[begin:].split("\n", 1)[0].split("\t")
    if not 0 < column < len(header):
        return None
    return cells[0].strip(), header[column].strip()
