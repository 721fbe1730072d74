"""A format of lists and tables is one function and one registration: addresses and links follow."""

import pytest

from sections.exports.formats import FORMATS, FileFormat, write_csv, write_json
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_world

LISTS = [f"/{SYMBOL}/{name}" for name in ("figures", "timeline", "places", "tables/1")]


@pytest.fixture
def tab_separated(db, monkeypatch):
    """A format of the test's own: the rows, their cells between tabs."""
    make_world()

    def write(rows: list, content: object) -> str:
        return "".join("\t".join(map(str, row)) + "\n" for row in rows)

    monkeypatch.setitem(FORMATS, "tsv", FileFormat("tsv", "TSV", "text/tab-separated-values", write))


def test_it_writes_mappings_as_csv_under_a_line_of_their_keys():
    rows = [{"what": 'said "so", twice', "count": 2}, {"what": "é\n", "count": None}]
    assert write_csv(rows, None) == 'what,count\r\n"said ""so"", twice",2\r\n"é\n",\r\n'


def test_it_writes_cells_as_csv_as_they_are():
    assert write_csv([["", "2014"], ["Granted", "1200"]], None) == ",2014\r\nGranted,1200\r\n"


def test_it_writes_nothing_for_no_rows():
    assert write_csv([], None) == ""


def test_it_writes_json_that_people_can_read():
    assert write_json([], {"places": ["México"]}) == '{\n "places": [\n  "México"\n ]\n}\n'


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
    assert [link for link in links if "/tables/1." in link] == [
        f"/{SYMBOL}/tables/1.{ending}" for ending in ("csv", "json", "tsv")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_it_has_no_address_for_an_ending_that_no_format_has(client, address):
    make_world()
    assert client.get(f"{address}.tsv", follow=True).status_code == 404
