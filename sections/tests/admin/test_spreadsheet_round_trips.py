"""Every list through every kind of file: what nobody changed is never written, and no file ends in an error page."""

import csv
import io
import string

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sections.editing.spreadsheets.lists import VERSION
from sections.editing.spreadsheets.register import LISTS
from sections.models import Name, Upload
from sections.tests.support import desk
from sections.tests.support.spreadsheets import add_awkward_rows, as_csv, outcome, rows_of, send, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client, world):
    """An editor, beside a world in which each list has rows, some of them awkward."""
    add_awkward_rows(world)
    return desk.editor(client)


def saved_again(data):
    book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_numbers(data):
    """The list as LibreOffice would save it: numbers as numbers with a fraction, truths in Spanish, empty columns."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    written = {"yes": "VERDADERO", "no": "FALSO"} | {str(number): f"{number}.0" for number in range(1000)}
    rows = [[written.get(cell, cell) for cell in row] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([*(row + ["", ""] for row in rows), [], [""] * 9])
    return out.getvalue().encode()


FORMS = {
    "as downloaded": lambda ana, key: ana.get(f"/admin/lists/{key}.csv").content,
    "workbook": lambda ana, key: ana.get(f"/admin/lists/{key}.xlsx").content,
    "workbook saved again": lambda ana, key: saved_again(ana.get(f"/admin/lists/{key}.xlsx").content),
    "LibreOffice": lambda ana, key: as_numbers(ana.get(f"/admin/lists/{key}.csv").content),
    "Excel's Unicode text": lambda ana, key: as_csv(rows_of(ana, key), "utf-16", delimiter="\t"),
    "Excel's CSV, which loses letters": lambda ana, key: as_csv(rows_of(ana, key), "cp1252", delimiter=";"),
    "below titles": lambda ana, key: b"Our list;;\r\n\r\n" + as_csv(rows_of(ana, key), delimiter=";"),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_nobody_changed_is_never_written(ana, form):
    before = state()
    filled = {key: each.model.objects.count() for key, each in LISTS.items() if each.model.objects.exists()}
    assert len(filled) >= 8
    for key, count in filled.items():
        found = outcome(ana, FORMS[form](ana, key))
        assert (found.errors, found.effects) == ([], []), key
        assert found.unchanged == count, key
    assert state() == before


def test_no_spreadsheet_takes_a_version_for_a_number(ana):
    versions = [row[VERSION] for key in LISTS for row in rows_of(ana, key)]
    assert len(set(versions)) == len(versions) > 20
    assert all(set(version) <= {*string.ascii_lowercase, "-"} - set("aeiou") for version in versions)


def test_versions_of_older_lists_still_count_and_altered_ones_are_named(ana, world):
    row = next(row for row in rows_of(ana, "names") if row["text"] == "NOT")
    old = old_version(LISTS["names"](), Name.objects.get(text="NOT"))
    assert outcome(ana, [row | {VERSION: old, "text": "NOTA"}]).errors == []
    assert outcome(ana, [row | {VERSION: old.upper(), "text": "NOTA"}]).errors == []
    (fault,) = outcome(ana, [row | {VERSION: "3.5E+99", "text": "NOTA"}]).errors
    assert (fault.column, "The spreadsheet altered the version" in fault.message) == (VERSION, True)
    assert outcome(ana, [row | {VERSION: "3.5E+99"}]).errors == []


def test_a_version_that_lost_its_noughts_still_counts(world):
    names = LISTS["names"]()
    made = (Name(pk=1, entry=world.act, text=f"Name {number}") for number in range(100_000))
    name = next(name for name in made if old_version(names, name).isdigit() and old_version(names, name)[0] == "0")
    assert names.is_version_of(str(int(old_version(names, name))), name)
    assert not names.is_version_of(str(int(old_version(names, name)) + 1), name)


def old_version(names, name):
    """The version of a name as lists had it once: ten hexadecimal digits."""
    letters = str.maketrans("bcdfghjkmnpqrstv", "0123456789abcdef")
    return names.row(name)[VERSION].removeprefix("v-").translate(letters)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["²", "=1", "58.0", "-1", "9" * 30, "2017-01-01", "yes", "\0", "1;2", "\ud800", "v-bcdfghjkmn", "law", "1"]
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(LISTS)), st.lists(st.lists(CELLS, max_size=14), max_size=4), st.booleans())
def test_hostile_cells_never_end_in_an_error_page(ana, key, rows, as_book):
    columns = LISTS[key]().columns
    if as_book:
        book, out = Workbook(), io.BytesIO()
        for row in [columns, *rows]:
            book.active.append([cell if cell.isprintable() else "?" for cell in row])
        book.save(out)
        data = out.getvalue()
    else:
        out = io.StringIO(newline="")
        csv.writer(out, escapechar="\\").writerows([columns, *rows])
        data = out.getvalue().encode("utf-8", "replace")
    assert send(ana, data).status_code in {200, 422}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"id,version\n", b"\xff\xfe", b"sep=;\n", b"{"]))
def test_hostile_files_never_end_in_an_error_page(ana, noise, start):
    assert send(ana, start + noise).status_code in {200, 422}


def test_an_upload_of_a_list_that_is_gone_is_no_error_page(ana):
    upload = Upload.objects.create(user=User.objects.get(), sheet="gone", name="x", text="id\n1")
    assert ana.get(f"/admin/lists/{upload.pk}/").status_code == 404
    assert ana.post(f"/admin/lists/{upload.pk}/confirm/", {"digest": "x"}).status_code == 404
    assert ana.get("/admin/lists/gone.csv").status_code == ana.get("/admin/lists/names.ods").status_code == 404


def test_an_upload_of_an_older_release_that_cannot_be_read_is_told_in_words(ana):
    upload = Upload.objects.create(user=User.objects.get(), sheet="names", name="x", text='id,version\n1,"begun')
    answer = ana.get(f"/admin/lists/{upload.pk}/")
    assert answer.status_code == 200 and "The file is incomplete" in desk.words(answer)
