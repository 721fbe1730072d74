"""CSV as spreadsheets write it: whatever was written is read again, and what is not CSV is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.editing.csv_file import InvalidFile, decode, read, write
from sections.text.fold import clean_line

KNOWN = ["id", "text"]
cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean_line)


@given(st.lists(st.tuples(cells, cells), max_size=8))
def test_it_reads_what_it_wrote(rows):
    text = write(KNOWN, [dict(zip(KNOWN, row, strict=True)) for row in rows])
    file = read(decode("a.csv", text.encode()), KNOWN)
    assert file.errors == []
    assert [tuple(row.cells.values()) for row in file.rows] == [row for row in rows if any(row)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "'=1", "''", "'quoted'"])
def test_it_keeps_a_spreadsheet_from_computing_a_cell(cell):
    text = write(["text"], [{"text": cell}])
    line = text.splitlines()[1].strip('"')
    assert not line.startswith(("=", "+", "-", "@"))
    assert read(decode("a.csv", text.encode()), ["text"]).rows[0].cells == {"text": cell}


def test_it_composes_letters_and_removes_invisible_characters():
    text = "text\r\nMigracio\u0301n\u00ad al\u200b sur\u00a0\r\n\u200b\r\n"
    file = read(decode("a.csv", text.encode()), ["text"])
    assert [row.cells for row in file.rows] == [{"text": "Migración al sur"}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_reads_the_usual_separators(separator):
    text = separator.join(["id", "text"]) + "\r\n" + separator.join(["1", '"a\nb"']) + "\r\n\r\n" + separator + "\n"
    file = read(text, KNOWN)
    assert [(row.number, row.cells) for row in file.rows] == [(2, {"id": "1", "text": "a\nb"})]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", b"PK\x03\x04", "This is not a CSV file."),
        ("a.csv", b"PK\x03\x04", "This is not a CSV file."),
        ("a.exe", b"id,text", "This is not a CSV file."),
        ("a.csv", "id,Migración".encode("latin-1"), "The file is not in UTF-8"),
        ("a.csv", b"id,\0", "characters that are not text"),
        ("a.csv", b" \n", "The file is empty."),
        ("a.csv", "\u200b".encode(), "The file is empty."),
        ("a.csv", b"x" * (2 << 20) + b"x", "at most 2 MB are allowed"),
    ],
)
def test_it_refuses_what_is_not_csv(name, data, message):
    with pytest.raises(InvalidFile, match=message):
        decode(name, data)


def test_it_refuses_an_incomplete_file():
    with pytest.raises(InvalidFile, match="The file is incomplete"):
        read('id,text\n1,"begun', KNOWN)


def test_it_names_row_and_column_of_each_error():
    file = read("id,text,texd,text\n1,a,b,c,more\n" + "2," + "x" * 5001, KNOWN)
    assert [(error.row, error.column, error.message[:32]) for error in file.errors] == [
        (1, "text", "The column appears more than onc"),
        (1, "texd", "Unknown column. The columns are:"),
        (1, "text", "The column appears more than onc"),
        (2, "", "The row has more cells than the "),
        (3, "text", "The cell has 5,001 characters; a"),
    ]
