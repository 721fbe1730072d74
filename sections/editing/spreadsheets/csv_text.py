"""CSV as spreadsheets write and read it: text from and to rows of cells. Knows nothing of the records in them."""

import csv
import io
import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from sections.text.fold import clean

from .cells import Grid, escaped, is_empty
from .file_errors import InvalidFile

SEPARATORS = ",;\t|"
# The first line by which a file tells Excel its separator; Excel does not count it as a row.
SEPARATOR_LINE = re.compile(r"\s*\"?sep=(?P<separator>[,;\t|])\"?[,;\t|]*[ ]*(\n|\Z)", re.IGNORECASE)
LEADING = 40  # lines among which the columns are looked for


def write_csv(columns: list[str], rows: Iterable[dict[str, str]]) -> str:
    """The text of a file, with the byte order mark by which spreadsheets recognise UTF-8."""
    out = io.StringIO()
    lines = [[escaped(clean(row[column])) for column in columns] for row in rows]
    csv.writer(out, lineterminator="\r\n").writerows([columns, *lines])
    return f"\ufeff{out.getvalue()}"


def read_csv(text: str, known: Collection[str], encoding: str = "") -> Grid:
    """The rows of a text. The separator is the one that parts most of the `known` names of columns.

    Raises InvalidFile where a quotation mark is missing or one too many.
    """
    text, separator = clean(text), ""
    if told := SEPARATOR_LINE.match(text):
        text, separator = text[told.end() :], told["separator"]
    lines = text.split("\n", LEADING)[:LEADING]
    separator = separator or max(SEPARATORS, key=lambda each: max(_count(line, each, known) for line in lines))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    grid, number = Grid(encoding=encoding), 0
    try:
        for number, cells in enumerate(rows, 1):
            if not is_empty(cells):
                grid.rows.append((number, cells))
    except csv.Error as error:
        words = _("The file is incomplete: after row %(row)s a quotation mark is missing, or there is one too many.")
        raise InvalidFile(words % {"row": number}) from error
    return grid


def _count(line, separator, known):
    """How many names of columns stand in a line; as many separators decide where that is equal."""
    cells = [cell.strip(' "').lower() for cell in line.split(separator)]
    return sum(cell in known for cell in cells), len(cells)
