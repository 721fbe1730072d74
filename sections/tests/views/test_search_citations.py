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


@pytest.mark.parametrize(
    ("q", "sentence", "address"),
    [
        ("paras 8-12", f"{SYMBOL} does not have all of the paragraphs 8 to 12: it has 1 to 9.", "paragraphs/8-9/"),
        ("paras 7, 99", f"{SYMBOL} does not have all of the paragraphs 7, 99: it has 1 to 9.", "paragraphs/7/"),
        ("7(z)(ii)", f"Paragraph 7 of {SYMBOL} has no item “(z)(ii)”.", "paragraphs/7/"),
        ("2(b)(ii)", "has no item “(b)(ii)”. Its items: 2(a), 2(a)(item-1), 2(b).", "paragraphs/2/"),
        (f"{SYMBOL}, paras 8-12", f"{SYMBOL} does not have all of the paragraphs 8 to 12", "paragraphs/8-9/"),
        ("replies 3 and 77", "The report has no reply 77.", "replies/3/"),
    ],
)
def test_a_citation_of_what_is_not_there_stays_on_the_search_and_says_what_exists(client, world, q, sentence, address):
    found = page(client, q)
    assert sentence in found.words
    assert f"/{SYMBOL}/{address}" in found.links()


def test_every_place_that_a_citation_leads_to_exists(client, world):
    for q in ("2(a)", "2(a)(i)", "2(b)", "paras 1-9", "paras 1, 3", "7"):
        response = client.get("/search/", {"q": q}, follow=True)
        assert response.status_code == 200, q


@pytest.mark.parametrize(
    ("q", "addresses"),
    [
        ("articles 4 and 5", ["/convention/articles/4/", "/convention/articles/5/"]),
        ("arts. 4-6", [f"/convention/articles/{number}/" for number in (4, 5, 6)]),
        ("replies 1 and 3", [f"/{SYMBOL}/replies/1/", f"/{SYMBOL}/replies/3/"]),
        ("parts I and III", ["/convention/parts/1/", "/convention/parts/3/"]),
    ],
)
def test_each_thing_of_a_list_has_its_link(client, world, q, addresses):
    targets = [link.get("href") for link in page(client, q).find('.//p[@class="target"]/a')]
    assert targets == addresses
