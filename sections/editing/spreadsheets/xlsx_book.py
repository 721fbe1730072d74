"""Workbooks of Excel: rows of cells from and to a file. Imported only when one is read or written."""

import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sections.text.fold import clean

from .cells import DATE, ERROR, FORMULA, MERGED, Cell, Grid, escaped, is_empty
from .file_errors import InvalidFile

MOST_UNPACKED = 40 << 20  # bytes
MOST_CELLS = 400_000
CHUNK = 1 << 20
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")  # which no spreadsheet program writes
COLUMNS = 100
WIDTHS = (12, 60)  # of a column, in characters
MIDNIGHT = "T00:00:00"


def write_xlsx(title: str, columns: list[str], rows: Iterable[dict[str, str]]) -> bytes:
    """The workbook of a list. Every cell is a text, or a whole number where nothing but that stands in it.

    Texts begin with an apostrophe as in CSV, because workbooks are saved as CSV, and CSV as workbooks.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    rows = [[escaped(clean(row[column])) for column in columns] for row in rows]
    for index, column in enumerate(columns):
        longest = max((len(row[index]) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(index + 1)].width = (
            min(max(longest, len(column), WIDTHS[0]), WIDTHS[1]) + 2
        )
    sheet.freeze_panes = "A2"
    sheet.append([_text_cell(sheet, column, is_bold=True) for column in columns])
    for row in rows:
        sheet.append([_text_cell(sheet, text) if text else None for text in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet, text, is_bold=False):
    if re.fullmatch(r"[1-9]\d{0,8}|0", text):
        return WriteOnlyCell(sheet, int(text))
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl would take "=…" for a formula and "#N/A" for an error
    cell.number_format = "@"  # and a spreadsheet what is typed there later for a date
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > WIDTHS[1] or "\n" in text)
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def read_xlsx(data: bytes, known: Collection[str]) -> Grid:
    """The rows of the one worksheet that has `known` columns. Raises InvalidFile."""
    try:
        _refuse_bombs(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are left out, which change no value
            book = load_workbook(BytesIO(data))
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        grids = [_grid(sheet) for sheet in sheets]
    except InvalidFile:
        raise
    except Exception as error:  # a damaged workbook makes zipfile, the XML parser and openpyxl raise anything
        words = _("The workbook is damaged and cannot be read. Open it in the spreadsheet and save it again as .xlsx.")
        raise InvalidFile(words) from error
    grids = [grid for grid in grids if grid.rows]
    if not grids:
        raise InvalidFile(_("The workbook is empty."))
    fits = [sum(_heads(grid, known)) for grid in grids]
    if len(with_lists := [grid.sheet for grid, fit in zip(grids, fits, strict=True) if fit > 1]) > 1:
        words = _("The workbook has a list in each of these worksheets: %(names)s. Save each as a file of its own.")
        raise InvalidFile(words % {"names": ", ".join(with_lists)})
    return grids[fits.index(max(fits))]


def _heads(grid, known):
    """Of each column whether its heading is known, in the row where most are."""
    rows = [[isinstance(cell, str) and cell.strip().lower() in known for cell in cells] for _, cells in grid.rows[:40]]
    return max(rows, key=sum)


def _refuse_bombs(data):
    """Refuses a file that would fill the memory when it is unpacked, before it is."""
    unpacked = cells = 0
    with zipfile.ZipFile(BytesIO(data)) as packed:
        for member in packed.infolist():
            if member.flag_bits & 1:
                raise InvalidFile(_("The file is protected by a password. Save it without one."))
            unpacked += member.file_size
            if unpacked > MOST_UNPACKED:
                words = _("Unpacked, the workbook has more than %(most)s MB. Keep only the sheet with the list in it.")
                raise InvalidFile(words % {"most": MOST_UNPACKED >> 20})
            if not member.filename.endswith((".xml", ".rels")):
                continue
            with packed.open(member) as part:
                while chunk := part.read(CHUNK):
                    cells += len(CELL.findall(chunk))
                    if DECLARATION.search(chunk):
                        raise InvalidFile(_("The workbook has parts that no spreadsheet program writes."))
    if cells > MOST_CELLS:
        words = _("The workbook has more than %(most)s cells. Delete empty rows and columns at its end, or split it.")
        raise InvalidFile(words % {"most": f"{MOST_CELLS:,}"})


def _grid(sheet: Worksheet) -> Grid:
    """The rows in which anything stands. openpyxl's own ways over the rows would create every cell up to the last."""
    grid, rows = Grid(sheet=sheet.title), defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        if (value := _value(cell)) != "":
            rows[row][min(column, COLUMNS) - 1] = value
    for area in sheet.merged_cells.ranges:
        if area.min_row in rows:
            rows[area.min_row][min(area.min_col, COLUMNS) - 1] = [MERGED, str(area)]
    for number, values in sorted(rows.items()):
        cells = [values.get(index, "") for index in range(max(values) + 1)]
        if not is_empty(cells):
            grid.rows.append((number, cells))
            grid.hidden += number in sheet.row_dimensions and bool(sheet.row_dimensions[number].hidden)
    return grid


def _value(cell: Any) -> Cell:
    """What stands in a cell: its text, or its kind with what it shows."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return [FORMULA, str(getattr(value, "text", None) or getattr(value, "ref", None) or value)]
    if cell.data_type == "e":
        return [ERROR, str(value)]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | time | timedelta):
        return [DATE, value.isoformat().removesuffix(MIDNIGHT) if hasattr(value, "isoformat") else str(value)]
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)
