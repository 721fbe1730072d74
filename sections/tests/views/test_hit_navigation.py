"""A paragraph reached from a search: what is marked in it, and the links to the hits before and after it."""

import pytest

from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def build_world():
    make_world()
    rebuild()


built_world, world = shared_world(build_world)


def test_it_marks_the_matches_on_the_page_of_a_hit_and_leads_to_the_others(client):
    order = [hit.number for hit in search(SearchRequest("travellers")).hits]
    second = order[1]
    response = client.get(f"/{SYMBOL}/paragraphs/{second}/", {"q": "travellers"})
    found = read(response)
    assert f"Hit 2 of {len(order)} for “travellers”" in found.words
    assert "<mark>" in response.content.decode()
    assert {
        f"/{SYMBOL}/paragraphs/{order[0]}/?q=travellers",
        f"/{SYMBOL}/paragraphs/{order[2]}/?q=travellers",
        f"/search/?q=travellers#hit-{second}",
        f"/{SYMBOL}/paragraphs/{second}/",
    } <= set(found.links())
    canonical = f"http://testserver/{SYMBOL}/paragraphs/{second}/"
    assert ("link", {"rel": "canonical", "href": canonical}) in found.tags
    assert "<mark>" not in client.get(f"/{SYMBOL}/paragraphs/{second}/").content.decode()


def test_it_marks_matches_in_tables_and_footnotes(client):
    table = client.get(f"/{SYMBOL}/paragraphs/3/", {"q": "crowns granted 1200"}).content.decode()
    assert "(<mark>crowns</mark>)" in table
    assert '<th scope="row"><mark>Granted</mark></th>' in table
    assert "in &lt;<mark>May</mark>&gt;" in client.get(f"/{SYMBOL}/paragraphs/4/?q=may").content.decode()


def test_it_says_so_when_a_paragraph_is_not_among_the_hits(client):
    assert "Not among the hits for “runs”" in read(client.get(f"/{SYMBOL}/paragraphs/8/?q=runs")).words
