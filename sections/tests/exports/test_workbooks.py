"""Workbooks as openpyxl reads them again: headings, numbers, and texts that are never formulas."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from sections.exports.formats import FORMATS
from sections.exports.listing import Listing

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "  =1",
    "\t=1",
    "#N/A",
    '=HYPERLINK("http://evil.example")',
    "a\x00\x0bb\x1f",
]


def sheets(listing):
    """The sheets of the workbook of a list."""
    book = load_workbook(BytesIO(FORMATS["xlsx"].write(listing)))
    return book.worksheets


def test_it_heads_the_columns_in_the_language_of_the_reader():
    listing = Listing("Things", ["name", "paragraph_count"], [["México", 3]], about=[("Kind", "agency")])
    things, about = sheets(listing)
    assert [[cell.value for cell in row] for row in things.rows] == [["Name", "Number of paragraphs"], ["México", 3]]
    assert [[cell.value for cell in row] for row in about.rows] == [["List", "Things"], ["Kind", "agency"]]
    assert things["A1"].font.bold and things.freeze_panes == "A2" and things.auto_filter.ref == "A1:B2"


def test_it_keeps_numbers_as_numbers():
    (row,) = [[2012, Decimal("1606581.68"), Decimal("-5.5"), 10**20, None, [1, 2], True]]
    things, _ = sheets(Listing("Things", list("abcdefg"), [row]))
    cells = list(things.iter_rows(min_row=2))[0]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "s", "n", "s", "s"]
    assert [cell.value for cell in cells] == [2012, 1606581.68, -5.5, "1" + "0" * 20, None, "1; 2", "yes"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_an_error_or_refused(text):
    things, _ = sheets(Listing(text, [text], [[text]], about=[(text, text)]))
    for cell in (things["A1"], things["A2"]):
        assert (cell.data_type, cell.value) == ("s", text.replace("\x00\x0b", "").replace("\x1f", ""))
    assert things["A2"].quotePrefix == (text.strip()[0] in "=+-@")


def test_it_cuts_what_no_cell_can_hold():
    things, _ = sheets(Listing("Long", ["text"], [["x" * 40_000]]))
    assert len(things["A2"].value) == 32_767


def test_it_writes_a_list_without_rows():
    with override("fr"):
        things, _ = sheets(Listing("Nothing", ["name"], []))
    assert things.max_row == 1
