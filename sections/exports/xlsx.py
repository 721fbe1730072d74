"""Lists as workbooks. Imported only when one is written: openpyxl takes memory that a page never needs."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .formats import FORMULA
from .headings import heading
from .listing import CREATOR, Listing, in_one_cell, printable

WIDTHS = (10, 70)  # of a column, in characters
LONGEST = 32_767  # characters of a cell, which Excel sets
DIGITS = 15  # of a number that Excel keeps
NUMBERS = int | Decimal | float


def write_xlsx(listing: Listing) -> bytes:
    """The list as a workbook: headings in the reader's language, numbers as numbers, and all else as text.

    No cell is a formula, whatever it says. A second sheet says what the list is of.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("List"))
    headings = [heading(column) for column in listing.columns]
    rows = [[in_one_cell(cell) for cell in row] for row in listing.rows]
    for index, words in enumerate(headings):
        longest = max((len(str(row[index])) for row in rows), default=0)
        width = min(max(longest, len(words), WIDTHS[0]), WIDTHS[1]) + 2
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, words, is_bold=True) for words in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    about = book.create_sheet(gettext("About this list"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 30, 90
    for words, value in [(gettext("List"), listing.title), *listing.about]:
        about.append([_cell(about, str(words), is_bold=True), _cell(about, str(value))])
    book.properties.title, book.properties.creator = printable(listing.title), CREATOR
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, is_bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, NUMBERS) and len(f"{value}".replace(".", "").lstrip("-0")) <= DIGITS:
        return WriteOnlyCell(sheet, value)
    text = printable(str(value))[:LONGEST]
    if not text:
        return WriteOnlyCell(sheet, None)
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl would take "=…" for a formula and "#N/A" for an error
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > WIDTHS[1] or "\n" in text)
    if is_bold:
        cell.font = Font(bold=True)
    if FORMULA.match(text):
        cell.quotePrefix = True  # stays a text also when somebody edits the cell
    return cell
