"""A format of lists and tables is one function and one registration: addresses and links follow."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest

from sections.exports.formats import FORMATS, PASSAGE_FORMATS, FileFormat, write_csv, write_json
from sections.exports.listing import Listing
from sections.tests.support.house import ROOT
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_world

LISTS = [f"/{SYMBOL}/{name}" for name in ("figures", "timeline", "places", "tables/1")]


@pytest.fixture
def tab_separated(db, monkeypatch):
    """A format of the test's own: the rows, their cells between tabs."""
    make_world()

    def write(listing: Listing) -> str:
        return "".join("\t".join(map(str, row)) + "\n" for row in [listing.columns, *listing.rows])

    for formats in (FORMATS, PASSAGE_FORMATS):
        monkeypatch.setitem(formats, "tsv", FileFormat("tsv", "TSV", "text/tab-separated-values", write))


def test_it_writes_rows_as_csv_under_a_line_of_their_keys():
    rows = [{"what": 'said "so", twice', "count": 2}, {"what": "é\n", "count": None}]
    written = write_csv(Listing.of("Things", ["what", "count"], rows))
    assert written == '\ufeffwhat,count\r\n"said ""so"", twice",2\r\n"é\n",\r\n'


def test_it_writes_the_columns_of_an_empty_list():
    assert write_csv(Listing("Nothing", ["what", "count"], [])) == "\ufeffwhat,count\r\n"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+52 55", "'+52 55"),
        ("-5", "'-5"),
        ("@SUM(1)", "'@SUM(1)"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\tplain", "'\tplain"),
        ("\rplain", '"\'\nplain"'),
        ("\x00=1", "'=1"),
        (["=1", "two"], "'=1; two"),
        ("1-2", "1-2"),
        ("a = b", "a = b"),
        (-5, "-5"),
        (Decimal("-5.50"), "-5.50"),
        (True, "yes"),
        (None, ""),
        ("a\x00b\x1f", "ab"),
    ],
)
def test_no_text_in_csv_is_a_formula_and_numbers_stay_numbers(cell, written):
    assert write_csv(Listing("Things", ["what", "more"], [[cell, 1]])).split("\r\n")[1] == f"{written},1"


def test_it_writes_json_that_people_can_read():
    listing = Listing("Places", ["name", "count"], [["México", 2]], name="places", facts={"report": SYMBOL})
    assert write_json(listing) == (
        f'{{\n "report": "{SYMBOL}",\n "places": [\n  {{\n   "name": "México",\n   "count": 2\n  }}\n ]\n}}\n'
    )


@pytest.mark.parametrize("address", LISTS)
def test_it_gives_a_registered_format_at_its_address(client, tab_separated, address):
    response = client.get(f"{address}.tsv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/tab-separated-values")
    name = address.removeprefix("/").replace("tables", "table").replace("/", "-")
    assert response["Content-Disposition"] == f'attachment; filename="{name}.tsv"'


def test_it_gives_a_registered_format_what_there_is_to_write(client, tab_separated):
    assert client.get(f"/{SYMBOL}/tables/1.tsv").content == b"\t2014\t2015\nGranted\t1200\t1300\n"


def test_it_links_to_a_registered_format_from_the_page(client, tab_separated):
    links = read(client.get(f"/{SYMBOL}/tables/1/")).links()
    assert {f"/{SYMBOL}/tables/1.{ending}" for ending in ("csv", "xlsx", "json", "tsv")} <= set(links)


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_it_has_no_address_for_an_ending_that_no_format_has(client, address):
    make_world()
    assert client.get(f"{address}.tsv", follow=True).status_code == 404


def test_no_page_imports_what_only_files_need():
    """openpyxl and python-docx take memory that a process should not need until somebody asks for such a file."""
    code = (
        "import django, sys; django.setup(); import reportsite.urls; "
        "print(sorted({'openpyxl', 'docx'} & set(sys.modules)))"
    )
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "sections.tests.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
