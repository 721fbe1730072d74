"""Files as spreadsheet programs write them: what is a list is read, and all else refused in a sentence."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sections.editing.spreadsheets.cells import DATE, ERROR, FORMULA, MERGED, words_of
from sections.editing.spreadsheets.csv_text import write_csv
from sections.editing.spreadsheets.encodings import is_garbled
from sections.editing.spreadsheets.file_errors import InvalidFile
from sections.editing.spreadsheets.files import read_file
from sections.editing.spreadsheets.tables import read_table
from sections.editing.spreadsheets.xlsx_book import write_xlsx
from sections.text.fold import clean_line

KNOWN = ["id", "text"]
WORDS = ["Migración", "Juárez", "Children’s"]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean_line)


def table(data):
    return read_table(read_file(data, KNOWN, lambda: set(WORDS)), KNOWN)


def rows(data):
    read = table(data)
    assert read.errors == []
    return [(row.number, *map(words_of, row.cells.values())) for row in read.rows]


def book(*lines, **more):
    """A workbook of these lines."""
    made = Workbook()
    for line in lines:
        made.active.append(line)
    for name, act in more.items():
        act(made.active if name != "book" else made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("as_file", [
    lambda lines: write_csv(KNOWN, lines).encode(),
    lambda lines: write_xlsx("list", KNOWN, lines),
])  # fmt: skip
@given(st.lists(st.tuples(texts, texts), max_size=6))
def test_it_reads_what_it_wrote(as_file, cells):
    written = [dict(zip(KNOWN, row, strict=True)) for row in cells]
    assert [row[1:] for row in rows(as_file(written))] == [row for row in cells if any(row)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "'=1", "''", "'quoted'", "＝1", "#N/A", "007", "TRUE"])
def test_no_spreadsheet_computes_a_cell(cell):
    text = write_csv(["text"], [{"text": cell}])
    assert not text.splitlines()[1].strip('"').startswith(("=", "+", "-", "@", "＝"))
    written = write_xlsx("list", ["id", "text"], [{"id": "1", "text": cell}])
    assert load_workbook(io.BytesIO(written)).active["B2"].data_type == "s"
    assert rows(written) == [(2, "1", cell)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_it_reads_the_usual_forms_of_text(separator, line_end, encoding):
    lines = ["id{0}text", '1{0}"Migración{1}al sur, y; más"', "{0}", '2{0}"Children’s"', "{0}{0}{0}", ""]
    text = line_end.join(lines).format(separator, line_end)
    assert rows(text.encode(encoding)) == [(2, "1", "Migración\nal sur, y; más"), (4, "2", "Children’s")]


@pytest.mark.parametrize(
    "leading",
    [
        "sep=;\r\n",
        '"sep=;"\r\n',
        "sep=;;;\r\n",
        "\r\n\r\n",
        "A list, of names\r\n\r\n",
        '"Names";;;\r\nof May 2026;;\r\n',
    ],
)
def test_it_finds_the_columns_below_leading_lines(leading):
    read = rows((leading + "ID; Text;;\r\n1;a;;\r\n").encode())
    assert [row[1:] for row in read] == [("1", "a")]


def test_it_composes_letters_and_removes_invisible_characters():
    data = "text;id\r\nMigracio\u0301n\u00ad al\u200b sur\u00a0;1\r\n\u200b;\r\n".encode()
    assert rows(data) == [(2, "Migración al sur", "1")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b" \r\n", "The file is empty."),
        (b";;\r\n;;\r\n", "The file is empty."),
        (b"PK\x03\x04", "The file is damaged"),
        (b"PK\x05\x06" + bytes(18), "This is not a spreadsheet."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an old workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"%PDF-1.7", "This is a PDF file."),
        (b"\xef\xbb\xbf<html><table>", "This is a web page"),
        (b"id,text\n1,\x81\x8d", "The file is not in UTF-8"),
        (b"id,\0", "characters that are not text"),
        (b'id,text\n1,"begun', "The file is incomplete: after row 1"),
        (b"x" * (2 << 20) + b"x", "at most 2 MB are allowed"),
        (b"id,text\n" + b"1,a\n" * 20_001, "20,002 rows; at most 20,000 are allowed"),
    ],
)
def test_it_refuses_what_is_no_list(data, message):
    with pytest.raises(InvalidFile, match=message):
        table(data)


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"content.xml": "<x/>"}, "OpenDocument"),
        ({"Index/Document.iwa": ""}, "Apple Numbers"),
        ({"xl/workbook.bin": ""}, "binary workbook"),
        ({"word/document.xml": "<x/>"}, "text document"),
        ({"xl/workbook.xml": "<x/>"}, "damaged"),
        ({"xl/workbook.xml": "no XML"}, "damaged"),
        ({"xl/workbook.xml": "<x/>", "xl/media/image.png": b"\0" * (41 << 20)}, "more than 40 MB"),
        ({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": "<c/>" * 400_001}, "400,000 cells"),
        ({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "no spreadsheet program writes"),
    ],
)
def test_it_refuses_packed_files_that_are_no_list(members, message):
    with pytest.raises(InvalidFile, match=message):
        table(packed(**members))


@given(st.binary(max_size=300), st.integers(0, 5000))
def test_a_damaged_workbook_is_refused_in_words(noise, at):
    whole = book(["id", "text"], [1, "a"])
    at %= len(whole)
    try:
        table(whole[:at] + noise + whole[at + len(noise) :])
    except InvalidFile as refused:
        assert str(refused).endswith(".")


def test_it_reads_numbers_and_booleans_of_a_workbook_as_they_are_shown():
    data = book(["A list"], [], ["id", "text", None], [58.0, True], [7, 2.5], [None, None, None], [8, "x"])
    assert rows(data) == [(4, "58", "yes"), (5, "7", "2.5"), (7, "8", "x")]


def test_it_reads_hidden_rows_and_says_how_many():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True

    grid = read_file(book(["id", "text"], [1, "a"], [2, "b"], hide=hide), KNOWN, set)
    assert (len(grid.rows), grid.hidden) == (3, 1)


def test_it_says_what_a_cell_holds_that_is_no_text():
    def merge(sheet):
        sheet.merge_cells("A5:A6")

    data = book(
        ["id", "text"], [1, datetime(2017, 5, 2)], [2, "=A1"], [3, "#REF!"], [4, "merged"], [None, "below"], act=merge
    )
    read = table(data)
    kinds = [cell[0] for row in read.rows for cell in row.cells.values() if isinstance(cell, list)]
    assert kinds == [DATE, FORMULA, ERROR, MERGED]
    assert [(error.row, error.column) for error in read.errors] == [(5, "id")]


def test_it_finds_the_one_sheet_with_a_list():
    def more(workbook):
        workbook.create_sheet("remarks", 0).append(["Please look at this.", "text"])

    def two(workbook):
        workbook.create_sheet("more").append(["id", "text"])

    assert rows(book(["id", "text"], [1, "a"], book=more)) == [(2, "1", "a")]
    with pytest.raises(InvalidFile, match="a list in each of these worksheets: Sheet, more"):
        table(book(["id", "text"], [1, "a"], book=two))


def test_it_names_row_and_column_of_each_error():
    read = table(b"id,text,texd,text,\n1,a,b,c,,more\n" + b"x" * 32_768)
    assert [(error.row, error.column, error.message[:26]) for error in read.errors] == [
        (1, "texd", "There is no such column. T"),
        (1, "text", "This column appears more t"),
        (2, "", "“more” stands in a column "),
        (3, "id", "The cell has 32,768 charac"),
    ]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [("MigraciÃ³n", True), ("Migraci\ufffdn", True), ("Childrenâ€™s", True), ("Migración", False), ("مكتب", False)],
)
def test_it_sees_that_accents_were_lost(text, garbled):
    assert is_garbled(text) is garbled
