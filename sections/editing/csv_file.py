"""CSV as spreadsheets write and read it: text in, rows out; knows nothing of the records behind them."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

FORMULA = "=+-@\t\r"  # a cell that begins so would be reckoned by a spreadsheet; it gets an apostrophe before it
SEPARATORS = ",;\t"
MOST_BYTES = 2 << 20
MOST_ROWS = 20_000
MOST_LETTERS = 5000  # in one cell


@dataclass(frozen=True)
class Fault:
    """What is wrong, where: the row as the spreadsheet counts it (1 is the header), and the column."""

    row: int
    column: str
    words: str


@dataclass
class SheetRow:
    """A row of an uploaded file: its number and the text of each cell by column."""

    number: int
    cells: dict[str, str]


@dataclass
class SheetFile:
    """What a file holds, and what is wrong with its form."""

    columns: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class NoSheet(Exception):
    """Why a file can't be read as CSV at all, in words."""


def write(columns: list[str], rows: Iterable[dict[str, str]]) -> str:
    """The file's text, with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(row[column]) for column in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def decode(name: str, data: bytes) -> str:
    """The text of an uploaded file; refuses what is too large, of another kind or not in UTF-8."""
    if len(data) > MOST_BYTES:
        raise NoSheet(f"The file has {len(data) / 2**20:.1f} MB; {MOST_BYTES >> 20} MB are the most. Split it.")
    if not name.lower().endswith(".csv") or data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise NoSheet("This is no CSV file. In the spreadsheet, choose “Save as”, then “CSV UTF-8”.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NoSheet(
            "The file is not in UTF-8, so its accents would be spoilt. Choose “Save as”, then “CSV UTF-8”."
        ) from fault
    if "\0" in text:
        raise NoSheet("The file holds characters that no text has. Choose “Save as”, then “CSV UTF-8”.")
    if not text.strip():
        raise NoSheet("The file is empty.")
    return text


def read(text: str, known: list[str]) -> SheetFile:
    """The rows of a file, whichever of the usual separators it has; empty rows are left out."""
    made = SheetFile()
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=_separator(text), strict=True))
    except csv.Error as fault:
        raise NoSheet(
            f"The file is not whole: a cell that was opened with a quotation mark does not end ({fault})."
        ) from fault
    header = [cell.strip().lower() for cell in lines[0]]
    while header and not header[-1]:
        header.pop()
    made.columns = header
    for column in header:
        if column not in known:
            made.faults.append(Fault(1, column, f"There is no such column. Known are: {', '.join(known)}."))
        elif header.count(column) > 1:
            made.faults.append(Fault(1, column, "The column is there more than once."))
    if len(lines) - 1 > MOST_ROWS:
        raise NoSheet(f"The file has {len(lines) - 1:,} rows; {MOST_ROWS:,} are the most. Split it.")
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            _read_row(made, number, cells)
    return made


def _read_row(made, number, cells):
    extra = [cell for cell in cells[len(made.columns) :] if cell.strip()]
    if extra:
        made.faults.append(Fault(number, "", f"The row has more cells than the header: “{extra[0][:60]}”."))
    row = {}
    for at, column in enumerate(made.columns):
        cell = cells[at] if at < len(cells) else ""
        row[column] = _plain(cell)
        if len(cell) > MOST_LETTERS:
            made.faults.append(
                Fault(number, column, f"The cell has {len(cell):,} letters; {MOST_LETTERS:,} are the most.")
            )
    made.rows.append(SheetRow(number, row))


def _separator(text):
    first = text.splitlines()[0]
    return max(SEPARATORS, key=first.count)


def _guarded(cell):
    return f"'{cell}" if cell.startswith(tuple(FORMULA)) or (cell[:1] == "'" and cell[1:2] in FORMULA + "'") else cell


def _plain(cell):
    cell = cell.strip() if not cell.startswith(("\t", "\r")) else cell
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1:2] in FORMULA + "'" else cell
