"""The results page, the suggestions, and a paragraph reached from a search, in the invented world."""

import json
import re
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sections.models import Mention, Synonym
from sections.search.indexer import rebuild
from sections.tests.support.pages import read
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, block, make_world

pytestmark = pytest.mark.django_db
HOSTILE = ['"', '""', "*", "(", "NEAR", ":", "\x00", "😀", "a" * 5000, "' OR 1=1 --", "<script>", "АБВ", "-", "OR", "%"]


@pytest.fixture
def world():
    made = make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()
    return made


def page(client, q, **given):
    response = client.get("/search/", {"q": q, **given})
    assert response.status_code == 200
    return read(response)


def numbers(found):
    """The paragraphs of the hits, in order."""
    addresses = [link for link in found.links() if re.search(r"/paragraphs/\d+/\?q=", link)]
    return [int(re.search(r"/paragraphs/(\d+)/", link)[1]) for link in addresses]


def choices(html):
    """The values of the facets that can be taken, as (address, words, count)."""
    facets = html.partition('<nav class="facets"')[2].partition("</nav>")[0]
    rows = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span>(\d+)</span>', facets)
    return [(address.replace("&amp;", "&"), words, int(count)) for address, words, count in rows]


def test_it_shows_a_hit_with_its_place_its_passage_and_the_entries_it_names(client, world):
    html = client.get("/search/", {"q": "runs"}).content.decode()
    assert html.partition('<li class="hit"')[2].partition("</li>")[0] == (
        f' id="hit-7"><h3><a href="/{SYMBOL}/paragraphs/7/?q=runs"><span class="visually-hidden">Paragraph </span>7</a>'
        f'</h3>\n<p class="place"><a href="/{SYMBOL}/replies/3/">Reply 3</a> · Part III of the Convention</p>\n'
        f'<blockquote class="text">The {OFFICE} <mark>runs</mark> the {PLAN} under the {ACT}.</blockquote>\n'
        f'<p class="named"><a href="/institutions/office-for-travellers/">{OFFICE}</a>, '
        f'<a href="/programmes/open-roads-plan/">{PLAN}</a>, <a href="/laws/travellers-act/">{ACT}</a></p>'
    )
    assert read(client.get("/search/", {"q": "runs"})).title == "1 paragraph for “runs” · Paragraph by Paragraph"


def test_it_says_what_else_it_searched_for_and_can_be_told_not_to(client, world):
    found = page(client, "NOT")
    assert f"“NOT” also searched for as “{OFFICE}”, “Oficina Nacional de Viajeros”." in found.words
    assert "Search only for the words as typed" in found.words
    assert "?q=NOT&names=0" in found.links()
    alone = page(client, "NOT", names="0")
    assert "also searched for as" not in alone.words
    assert "?q=NOT" in alone.links()


def test_it_mends_a_misspelt_word_and_offers_the_way_back(client, world):
    found = page(client, "travelers budgte")
    assert "“budgte” does not occur in the report; these are results for “budget”." in found.words
    assert "?q=travelers+budgte&exact=1" in found.links()
    assert "Mend misspelt words again" in page(client, "travelers budgte", exact="1").words


def test_it_puts_entries_and_articles_of_that_name_above_the_paragraphs(client, world):
    found = page(client, "leaving")
    above, _, _ = found.words.partition("Paragraphs By relevance")
    assert "By that name Article 4: Leaving a country" in above
    assert "/institutions/office-for-travellers/" in page(client, "NOT").links()


def test_it_marks_where_the_hits_begin_that_say_only_most_of_it(client, world):
    found = page(client, "applies act")
    first, _, others = found.words.partition("The following don’t say all of this")
    assert "Paragraph 1 " in first and "not all of this" not in first
    assert others.count("not all of this") == len(numbers(found)) - 1
    assert "The following" not in page(client, "applies act", sort="place").words


@pytest.mark.parametrize("address", ["/search/?q=the+travellers", "/search/?q=travellers&part=3", "/search/?article=4"])
def test_it_counts_in_each_facet_what_a_click_then_shows(client, world, address):
    offered = choices(client.get(address).content.decode())
    assert offered
    for target, words, count in offered:
        shown = read(client.get("/search/" + target)).h1[0]
        assert shown.startswith(f"{count} paragraph"), (words, target)


def test_it_takes_several_values_of_a_facet_and_removes_each_as_a_chip(client, world):
    found = page(client, "travellers", institution="office-for-travellers", part="3")
    assert {"?q=travellers&institution=office-for-travellers", "?q=travellers&part=3", "?q=travellers"} <= set(
        found.links()
    )
    assert f"Remove the filter {OFFICE} ×" in found.words
    both = read(client.get("/search/?q=travellers&law=travellers-act&law=no-such-law"))
    assert {"?q=travellers&law=travellers-act", "?q=travellers&law=no-such-law"} <= set(both.links())


def test_it_offers_another_value_alone_or_beside_the_chosen_one(client, world):
    html = client.get("/search/?article=1").content.decode().replace("&amp;", "&")
    assert '<a href="?q=&article=4">Article 4: Leaving a country</a> <span>2</span>' in html
    assert '<a href="?q=&article=1&article=4" aria-label="Also Article 4: Leaving a country">also</a>' in html
    assert read(client.get("/search/?q=&article=1&article=4")).h1 == ["3 paragraphs"]


def test_it_shortens_a_long_facet_and_leads_to_the_rest(client, world):
    for place in range(12):
        entry = type(world.act).objects.create(type="law", slug=f"law-{place:02}", name=f"Law {place:02}", kind="act")
        Mention.objects.create(block=block(7), start=place, end=place + 1, surface="x", entry=entry)
    rebuild()
    short = client.get("/search/?q=runs").content.decode()
    assert len([row for row in choices(short) if "&law=" in row[0]]) == 6
    assert '<a href="?q=runs&amp;all=law#facet-law">All 13' in short
    whole = client.get("/search/?q=runs&all=law").content.decode()
    assert len([row for row in choices(whole) if "&law=" in row[0]]) == 13
    assert '<details class="filter-fold" open>' in whole


def test_it_sorts_by_place_in_the_report(client, world):
    found = page(client, "travellers act", sort="place")
    assert numbers(found) == sorted(numbers(found))
    assert "?q=travellers+act" in found.links()


def test_it_keeps_the_state_in_the_box_and_in_the_addresses_of_hits(client, world):
    found = page(client, "travellers", law="travellers-act", sort="place")
    fields = {attrs["name"]: attrs.get("value") for tag, attrs in found.tags if tag == "input"}
    assert fields == {"q": "travellers", "law": "travellers-act", "sort": "place"}
    first = next(link for link in found.links() if "/paragraphs/" in link and "?" in link)
    assert dict(parse_qsl(urlsplit(first).query)) == fields


def test_it_leads_straight_to_what_a_citation_points_at(client, world):
    assert f"/{SYMBOL}/paragraphs/7/" in page(client, "para 7").links()
    straight = client.get("/search/", {"q": "para 7", "go": "1"})
    assert (straight.status_code, straight["Location"]) == (302, f"/{SYMBOL}/paragraphs/7/")
    assert client.get("/search/", {"q": "article 4", "go": "1"})["Location"] == "/convention/articles/4/"
    assert client.get("/search/", {"q": "travellers", "go": "1"}).status_code == 200
    assert "There is no paragraph 99: XXX/C/EXA/1 has paragraphs 1 to 9." in page(client, "para 99", go="1").words


@pytest.mark.parametrize("q", ["zzyzx", '"roads under travellers"', "para 99", "zzyzx institution:NOT", "😀"])
def test_it_never_ends_in_nothing(client, world, q):
    found = page(client, q)
    nothing = client.get("/search/", {"q": q}).content.decode().partition('<div class="nothing">')[2]
    ways = re.findall(r'<li><a href="([^"]+)">[^<]*</a>: (\d+) paragraph', nothing.partition("</ul>")[0])
    assert ways or not found.h1[0].startswith("No paragraph")
    for target, count in ways:
        address = target.replace("&amp;", "&")
        followed = read(client.get(f"/search/{address}" if address.startswith("?") else address))
        assert int(count) > 0
        assert followed.h1[0].startswith(f"{count} paragraph") or target.startswith("/")


def test_it_says_how_to_search_where_nothing_is_asked(client, world):
    found = page(client, " ")
    assert found.h1 == ["Search"]
    assert "one OR other Either will do." in found.words


@pytest.mark.parametrize("q", HOSTILE)
def test_it_gives_a_page_whatever_is_typed(client, world, q):
    html = client.get("/search/", {"q": q, "page": q, "part": q, "article": q, "sort": q, "all": q}).content.decode()
    assert "<script>" not in html
    assert client.get("/search/suggest/", {"q": q}).status_code == 200
    assert client.get(f"/{SYMBOL}/paragraphs/7/", {"q": q}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60), value=st.text(max_size=20))
def test_it_shows_any_query_as_it_was_typed(client, world, q, value):
    response = client.get("/search/", {"q": q, "law": value})
    assert response.status_code == 200
    if "\x00" not in q:
        assert f'value="{escape(q)}"' in response.content.decode()


def test_it_answers_a_page_again_without_asking_the_database_much(client, world, django_assert_max_num_queries):
    first = client.get("/search/", {"q": "travellers"}).content
    with django_assert_max_num_queries(1):
        assert client.get("/search/", {"q": "travellers"}).content == first
    world.office.name = "Office of Roads"
    world.office.save()
    assert "Office of Roads" in read(client.get("/search/", {"q": "travellers"})).words


def test_it_answers_a_page_again_compressed_and_unchanged(client, world):
    asked = {"path": "/search/?q=travellers+act+office", "headers": {"accept-encoding": "gzip"}}
    first, again = client.get(**asked), client.get(**asked)
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    assert first["Content-Encoding"] == "gzip"
    asked["headers"]["if-none-match"] = first["ETag"]
    assert client.get(**asked).status_code == 304
    assert client.get(asked["path"]).content[:9] == b"<!doctype"


def test_it_explains_itself_only_where_debug_is_on(client, world, settings):
    assert "· runs" not in page(client, "runs", explain="1").words
    settings.DEBUG = True
    assert "Convention · runs" in page(client, "runs", explain="1").words


def test_it_marks_the_matches_on_the_page_of_a_hit_and_leads_to_the_others(client, world):
    order = numbers(page(client, "travellers"))
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


def test_it_marks_matches_in_tables_and_footnotes(client, world):
    table = client.get(f"/{SYMBOL}/paragraphs/3/", {"q": "crowns granted 1200"}).content.decode()
    assert "(<mark>crowns</mark>)" in table
    assert '<th scope="row"><mark>Granted</mark></th>' in table
    assert "in &lt;<mark>May</mark>&gt;" in client.get(f"/{SYMBOL}/paragraphs/4/?q=may").content.decode()


def test_it_says_so_when_a_paragraph_is_not_among_the_hits(client, world):
    assert "Not among the hits for “runs”" in read(client.get(f"/{SYMBOL}/paragraphs/8/?q=runs")).words


def test_it_suggests_by_kind_with_an_address_for_each(client, world):
    answer = json.loads(client.get("/search/suggest/", {"q": "trav"}).content)
    kinds = {group["kind"]: group for group in answer["groups"]}
    assert answer["query"] == "trav"
    assert kinds["law"]["heading"] == "Laws"
    assert kinds["law"]["suggestions"][0]["url"] == "/laws/travellers-act/"
    assert kinds["word"]["suggestions"][0] == {"text": "travellers", "url": "/search/?q=travellers", "detail": ""}
    assert json.loads(client.get("/search/suggest/").content) == {"query": "", "groups": []}


def test_it_can_be_taken_for_a_search_engine_by_browsers(client, world):
    description = client.get("/opensearch.xml")
    assert description["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(description.content)
    urls = [each.get("template") for each in root.iter() if each.tag.endswith("Url")]
    assert urls[0] == "http://testserver/search/?q={searchTerms}&go=1"
    asked = client.get("/search/suggest/?q=trav&format=opensearch")
    typed, texts, details, addresses = json.loads(asked.content)
    assert (typed, len(texts), len(details)) == ("trav", len(addresses), len(addresses))
    assert "http://testserver/laws/travellers-act/" in addresses


def test_it_has_the_box_on_every_page(client, world):
    for address in ["/", "/about/", f"/{SYMBOL}/", "/laws/", "/no-such-page/", "/search/?q=zzyzx"]:
        boxes = [attrs for tag, attrs in read(client.get(address)).tags if tag == "input" and attrs.get("name") == "q"]
        assert [attrs["id"] for attrs in boxes] == ["q"], address
