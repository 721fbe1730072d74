"""CSV as spreadsheets write and read it: text from and to rows of cells. Knows nothing of the records in them."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sections.text.fold import clean

# A spreadsheet would compute a cell that begins with one of =+-@, a tab or a return; an apostrophe before it prevents
# that. A cell that begins like an escaped one is escaped too.
TO_ESCAPE = re.compile(r"'?[=+\-@\t\r]|''")
ESCAPED = re.compile(r"\A'(?=[=+\-@\t\r'])")
SEPARATORS = ",;\t"
MOST_BYTES = 2 << 20
MOST_ROWS = 20_000
MOST_CHARACTERS = 5000  # of a cell
SAVE_AS = "In the spreadsheet, choose “Save as”, then “CSV UTF-8”."


class InvalidFile(Exception):
    """Says in words why a file cannot be read as CSV, and the way out."""


@dataclass(frozen=True)
class CsvError:
    """What is wrong, where: the row as a spreadsheet numbers it (1 is the header; 0 is the file), and the column."""

    row: int
    column: str
    message: str


@dataclass
class CsvRow:
    """A row of a file: its number, and the text of each cell by column."""

    number: int
    cells: dict[str, str]


@dataclass
class CsvFile:
    """The columns and rows of a file, and the errors in its form."""

    columns: list[str]
    rows: list[CsvRow] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)


def write(columns: list[str], rows: Iterable[dict[str, str]]) -> str:
    """The text of a file, with the byte order mark by which spreadsheets recognise UTF-8."""
    lines = [[f"'{cell}" if TO_ESCAPE.match(cell) else cell for cell in map(row.get, columns)] for row in rows]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *lines])
    return f"\ufeff{out.getvalue()}"


def decode(name: str, data: bytes) -> str:
    """The text of an uploaded file, cleaned. Raises InvalidFile if it is too large, of another kind or not in UTF-8."""
    if len(data) > MOST_BYTES:
        raise InvalidFile(
            f"The file has {len(data) / 2**20:.1f} MB; at most {MOST_BYTES >> 20} MB are allowed. Split it."
        )
    if not name.lower().endswith(".csv") or data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise InvalidFile(f"This is not a CSV file. {SAVE_AS}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(f"The file is not in UTF-8, so its accents would be lost. {SAVE_AS}") from error
    if "\0" in text:
        raise InvalidFile(f"The file contains characters that are not text. {SAVE_AS}")
    text = clean(text)
    if not text.strip():
        raise InvalidFile("The file is empty.")
    return text


def read(text: str, columns: list[str]) -> CsvFile:
    """The rows of a file with any of the usual separators, without empty rows; other columns are errors."""
    separator = max(SEPARATORS, key=text.splitlines()[0].count)
    try:
        header, *lines = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    except csv.Error as error:
        raise InvalidFile(f"The file is incomplete: a quotation mark is not closed ({error}).") from error
    if len(lines) > MOST_ROWS:
        raise InvalidFile(f"The file has {len(lines):,} rows; at most {MOST_ROWS:,} are allowed. Split it.")
    header = [cell.strip().lower() for cell in header]
    while header and not header[-1]:
        header.pop()
    file = CsvFile(header)
    for column in header:
        if column not in columns:
            file.errors.append(CsvError(1, column, f"Unknown column. The columns are: {', '.join(columns)}."))
        elif header.count(column) > 1:
            file.errors.append(CsvError(1, column, "The column appears more than once."))
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            _read_row(file, number, cells)
    return file


def _read_row(file, number, cells):
    extra = [cell for cell in cells[len(file.columns) :] if cell.strip()]
    if extra:
        file.errors.append(CsvError(number, "", f"The row has more cells than the header: “{extra[0][:60]}”."))
    cells += [""] * (len(file.columns) - len(cells))
    for column, cell in zip(file.columns, cells, strict=False):
        if len(cell) > MOST_CHARACTERS:
            message = f"The cell has {len(cell):,} characters; at most {MOST_CHARACTERS:,} are allowed."
            file.errors.append(CsvError(number, column, message))
    texts = [ESCAPED.sub("", cell.strip()) for cell in cells]
    file.rows.append(CsvRow(number, dict(zip(file.columns, texts, strict=False))))
