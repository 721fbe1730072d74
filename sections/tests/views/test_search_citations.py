"""Citations in the search box lead straight to what they cite."""

import re

import pytest

from sections.models import Block
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db
built_world, world = shared_world(make_world)


def page(client, q, **given):
    response = client.get("/search/", {"q": q, **given})
    assert response.status_code == 200
    return read(response)


def numbers(found):
    """The paragraphs of the hits, in order."""
    addresses = [link for link in found.links() if re.search(r"/paragraphs/\d+/\?q=", link)]
    return [int(re.search(r"/paragraphs/(\d+)/", link)[1]) for link in addresses]


@pytest.mark.parametrize("given", [{}, {"go": "1"}])
def test_it_leads_straight_to_what_a_citation_points_at(client, world, given):
    straight = client.get("/search/", {"q": "para 7", **given})
    assert (straight.status_code, straight["Location"]) == (302, f"/{SYMBOL}/paragraphs/7/")
    assert client.get("/search/", {"q": "article 4", **given})["Location"] == "/convention/articles/4/"
    assert client.get("/search/", {"q": SYMBOL, **given})["Location"] == f"/{SYMBOL}/"
    assert client.get("/es/search/", {"q": "párr. 7", **given})["Location"] == f"/es/{SYMBOL}/paragraphs/7/"
    assert client.get("/search/", {"q": "paras. 4-5, 7", **given})["Location"] == f"/{SYMBOL}/paragraphs/4-5,7/"
    assert client.get("/search/", {"q": "travellers", **given}).status_code == 200
    assert "There is no paragraph 99: XXX/C/EXA/1 has paragraphs 1 to 9." in page(client, "para 99", **given).words


def test_a_citation_can_be_searched_for_as_words_and_never_hides_them(client, world):
    assert "paragraph" in page(client, "para 7", literal="1").h1[0]
    Block.objects.filter(paragraph__number=8).update(text="Under the law (art. 4) everyone is known.")
    rebuild()
    found = page(client, "art. 4")
    assert "Search for the words instead" in found.words
    assert "/convention/articles/4/" in found.links()
    assert 8 in numbers(found)
