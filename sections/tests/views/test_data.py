"""Data and API: every download is offered, and the examples run as they stand against a running site."""

import shutil
import subprocess
import sys

import pytest

from sections.exports.formats import FORMATS
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.world import SYMBOL, make_other_report, make_world

COMMANDS = {
    "curl": ["sh", "-e"],
    "python": [sys.executable, "-"],
    "javascript": ["node", "--input-type=module"],
}


@pytest.fixture
def world(db):
    made = make_world()
    rebuild()
    return made


def test_it_offers_every_list_and_each_file_is_there(client, world):
    page = read(client.get("/data/"))
    links = page.links(rel="nofollow")
    for path in ("figures", "figures/sums", "timeline", "places", "annexes", "replies", "paragraphs", "tables/1"):
        assert {f"/{SYMBOL}/{path}.{ending}" for ending in FORMATS} <= set(links)
    for path in ("institutions", "laws", "programmes", "convention", "changes", "reports"):
        assert {f"/{path}.{ending}" for ending in FORMATS} <= set(links)
    downloads = [link for link in links if "." in link]
    assert {client.get(link).status_code for link in downloads} == {200}
    assert {"/api/v1/", "/api/v1/docs/", "/api/v1/schema/"} <= set(page.links())


def test_it_speaks_of_the_report_that_is_asked_for(client, world):
    other = make_other_report().symbol
    assert f"/data/?report={other}" in read(client.get("/data/")).links()
    assert f"/{other}/figures.csv" in read(client.get(f"/data/?report={other}")).links()
    for symbol in ("XXX/C/NON/1", "%00", "²"):
        assert client.get(f"/data/?report={symbol}").status_code in (200, 404)
    assert client.get("/data/?report=XXX/C/NON/1").status_code == 404


@pytest.mark.django_db
def test_it_is_there_before_any_report_is(client):
    assert read(client.get("/data/")).h1 == ["Data and API"]


@pytest.mark.parametrize(("language", "heading"), [("", "Data and API"), ("es/", ""), ("fr/", "")])
def test_every_page_leads_to_it_in_each_language(client, world, language, heading):
    assert f"/{language}data/" in read(client.get(f"/{language}about/")).links()
    page = read(client.get(f"/{language}data/"))
    assert page.h1 and (not heading or page.h1 == [heading])


def test_figures_dates_and_places_are_in_the_navigation(client, world):
    data = [f"/{SYMBOL}/{name}/" for name in ("figures", "timeline", "places")]
    for address in ("/", "/about/", f"/{SYMBOL}/paragraphs/1/", "/convention/"):
        links = [link.get("href") for link in read(client.get(address)).find(".//nav[@class='site-nav']//a")]
        assert [link for link in links if link in data] == data or address == "/about/"
    page = read(client.get(data[1]))
    (current,) = page.find(".//nav[@class='site-nav']//a[@aria-current='page']")
    assert current.get("href") == data[1]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("migrated")
def test_an_example_runs_as_it_stands(live_server, client, tmp_path, name):
    """The text on the page, given to the program that it is for."""
    if shutil.which(COMMANDS[name][0]) is None:
        pytest.skip(f"{COMMANDS[name][0]} is not here: an example of the page of data was not run")
    make_world()
    rebuild()
    page = read(client.get("/data/", headers={"host": live_server.url.removeprefix("http://")}))
    (text,) = ["".join(block.itertext()) for block in page.find(f".//pre[@id='{name}']")]
    assert live_server.url in text
    done = subprocess.run(
        COMMANDS[name], input=text, text=True, capture_output=True, cwd=tmp_path, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    if name == "curl":
        assert (tmp_path / "institutions.csv").read_text("utf-8-sig").startswith("name,acronyms,")
        assert '"results":[{"type":"paragraph"' in done.stdout
    elif name == "python":
        assert [line.split()[0] for line in done.stdout.splitlines()] == ["5", "7"]
    else:
        first, *rest = done.stdout.splitlines()
        assert first.endswith(" paragraphs") and 0 < len(rest) <= 5
        assert f"{live_server.url}/{SYMBOL}/paragraphs/" in rest[0]
