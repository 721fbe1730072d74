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
        keep = [at for at in range(len(self.columns)) if at != _total(self.columns)]
        rows = [at for at in range(len(self.labels)) if at != _total(self.labels)]
        return Grid(
            tuple(self.columns[at] for at in keep),
            tuple(self.labels[at] for at in rows),
            tuple(tuple(self.rows[row][at] for at in keep) for row in rows),
        )


@dataclass(frozen=True, slots=True)
class TableCheck:
    """A total of a table: of a row or a column, the label of that row or column, and the outcome."""

    side: str
    label: str
    outcome: Outcome


def grid(header: list[str], rows: list[list[str]]) -> Grid:
    """The numbers of a table whose first column holds the rows' labels."""
    width = len(header)
    cells = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return Grid(
        tuple(label.strip() for label in header[1:]),
        tuple(row[0].strip() for row in cells if row),
        tuple(tuple(exact(cell) for cell in row[1:]) for row in cells if row),
    )


def exact(cell: str) -> Decimal | None:
    """The number that a cell holds, or None."""
    digits = re.sub(r"[\s,\u00a0\u202f]", "", cell)
    return Decimal(digits) if re.fullmatch(r"-?\d+(?:\.\d+)?", digits) else None


def check_table(header: list[str], rows: list[list[str]]) -> list[TableCheck]:
    """The outcome for each total that the table prints: of rows first, of columns then; none where it prints none."""
    read = grid(header, rows)
    across, down = _total(read.columns), _total(read.labels)
    checks = []
    if across is not None:
        for label, cells in zip(read.labels, read.rows, strict=True):
            checks += _checked("row", label, [cell for at, cell in enumerate(cells) if at != across], cells[across])
    if down is not None:
        for at, label in enumerate(read.columns):
            parts = [cells[at] for row, cells in enumerate(read.rows) if row != down]
            checks += _checked("column", label, parts, read.rows[down][at])
    return checks


def _total(labels):
    """The index of the label of totals, or None."""
    return next((at for at, label in enumerate(labels) if TOTAL.fullmatch(label)), None)


def _checked(side, label, parts, total):
    if total is None or None in parts:
        return []
    return [TableCheck(side, label, check_sum(Sum.SUM, parts, total))]
