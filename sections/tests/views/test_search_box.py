"""The search box of every page: suggestions while somebody types, and the search as an engine of the browser."""

import json
from xml.etree import ElementTree

import pytest

from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def build_world():
    make_world()
    rebuild()


built_world, world = shared_world(build_world)


def test_it_suggests_by_kind_with_an_address_for_each(client):
    answer = json.loads(client.get("/search/suggest/", {"q": "trav"}).content)
    kinds = {group["kind"]: group for group in answer["groups"]}
    assert answer["query"] == "trav"
    assert kinds["law"]["heading"] == "Laws"
    assert kinds["law"]["suggestions"][0]["url"] == "/laws/travellers-act/"
    assert kinds["word"]["suggestions"][0] == {"text": "travellers", "url": "/search/?q=travellers", "detail": ""}
    assert json.loads(client.get("/search/suggest/").content) == {"query": "", "groups": []}


def test_it_can_be_taken_for_a_search_engine_by_browsers(client):
    description = client.get("/opensearch.xml")
    assert description["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(description.content)
    urls = [each.get("template") for each in root.iter() if each.tag.endswith("Url")]
    assert urls[0] == "http://testserver/search/?q={searchTerms}&go=1"
    asked = client.get("/search/suggest/?q=trav&format=opensearch")
    typed, texts, details, addresses = json.loads(asked.content)
    assert (typed, len(texts), len(details)) == ("trav", len(addresses), len(addresses))
    assert "http://testserver/laws/travellers-act/" in addresses


def test_it_has_the_box_on_every_page(client):
    for address in ["/", "/about/", f"/{SYMBOL}/", "/laws/", "/no-such-page/", "/search/?q=zzyzx"]:
        boxes = [attrs for tag, attrs in read(client.get(address)).tags if tag == "input" and attrs.get("name") == "q"]
        assert [attrs["id"] for attrs in boxes] == ["q"], address
