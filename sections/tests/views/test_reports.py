"""The pages of a report of the invented world."""

import pytest

from sections.models import Report, content_changed
from sections.tests.support.pages import read
from sections.tests.support.shared_world import remove_all, shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def test_it_welcomes_with_the_report_at_a_glance(client, world):
    page = read(client.get("/"))
    assert page.h1 == ["Examplia’s report to the UN Committee on Travellers, paragraph by paragraph"]
    assert "Paragraphs are linked to 3 of the 6 articles" in page.words
    assert f"/{SYMBOL}/full/" in page.links()
    assert page.links().count("/institutions/office-for-travellers/") == 2


def test_its_heading_calls_the_committee_by_its_short_name_in_each_language(client, world):
    short = {"en-gb": "Travellers’ Committee", "es": "Comité de Viajeros"}
    translations = {code: {"short_treaty_body": name} for code, name in short.items()}
    Report.objects.update(translations=translations)
    Report.objects.get().full_clean()
    content_changed()
    assert read(client.get("/")).h1 == ["Examplia’s report to the UN Travellers’ Committee, paragraph by paragraph"]
    assert "al Comité de Viajeros" in read(client.get("/es/")).h1[0]
    assert "au Committee on Travellers" in read(client.get("/fr/")).h1[0]


def test_it_offers_examples_that_the_report_answers(client, world):
    page = read(client.get("/"))
    assert "What does the report say about “Leaving a country” (article 4)?" in page.words
    assert "Where does the report mention “National Office for Travellers”?" in page.words
    assert "Table 1: Budget of the National Office for Travellers" in page.words
    assert f"/{SYMBOL}/figures/" in page.links()


def test_it_says_that_no_report_is_loaded(client):
    remove_all()
    assert read(client.get("/")).h1 == ["No report is loaded yet"]


def test_it_shows_facts_and_outline(client, world):
    page = read(client.get(f"/{SYMBOL}/"))
    assert page.h1 == ["Third periodic report of Examplia"]
    assert "Date received2 May 2017" in page.words.replace(" 2 May", "2 May")
    replies = [link for link in page.links() if "/replies/" in link]
    assert replies == [f"/{SYMBOL}/replies/{number}/" for number in (1, 2, 3, 4)]
    assert page.words.count("This heading was lost") == 2
    assert "A gap in the bookmarks." in page.words


def test_it_shows_the_whole_report_in_order(client, world):
    page = read(client.get(f"/{SYMBOL}/full/"))
    assert [id for id in page.ids() if id[0] == "p" and id[1:].isdigit()] == [f"p{number}" for number in range(1, 10)]
    headings = [(tag, given.get("class")) for tag, given in page.tags if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    assert [tag for tag, name in headings if name != "visually-hidden"] == [
        "h1", "h2", "h3", "h4", "h4", "h3", "h4", "h5", "h2", "h3", "h2",
    ]  # fmt: skip
    assert [tag for tag, name in headings if name == "visually-hidden"] == ["h5"] * 4 + ["h6"] * 3 + ["h4"] * 2


def test_it_shows_a_reply_with_its_neighbours(client, world):
    page = read(client.get(f"/{SYMBOL}/replies/2/"))
    assert page.h1 == ["Reply to paragraph 2"]
    assert page.links(rel="prev") == [f"/{SYMBOL}/replies/1/"]
    assert page.links(rel="next") == [f"/{SYMBOL}/replies/3/"]


def test_it_leads_to_the_replies_there_are(client, world):
    response = client.get(f"/{SYMBOL}/replies/5/")
    assert response.status_code == 404
    assert "Its replies go from 1 to 4." in read(response).words


def test_it_shows_a_table_with_caption_scopes_and_source(client, world):
    response = client.get(f"/{SYMBOL}/tables/1/")
    page = read(response)
    assert page.h1 == ["Table 1"]
    cells = [(tag, attrs.get("scope")) for tag, attrs in page.tags if tag in {"th", "td"}]
    assert cells == [("td", None), ("th", "col"), ("th", "col"), ("th", "row"), ("td", None), ("td", None)]
    assert 'Budget of the <a href="/institutions/office-for-travellers/" class="name"' in response.content.decode()
    assert "Source: NOT." in page.words
    assert client.get(f"/{SYMBOL}/tables/2/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (f"/{SYMBOL.lower()}/", f"/{SYMBOL}/"),
        (f"/{SYMBOL}/replies/02/", f"/{SYMBOL}/replies/2/"),
        (f"/{SYMBOL}/tables/01/", f"/{SYMBOL}/tables/1/"),
        (f"/{SYMBOL}", f"/{SYMBOL}/"),
        (f"/{SYMBOL}/full", f"/{SYMBOL}/full/"),
        (f"/{SYMBOL.lower()}/paragraphs/007/?from=x", f"/{SYMBOL}/paragraphs/7/?from=x"),
        (f"/{SYMBOL}/7/", f"/{SYMBOL}/paragraphs/7/"),
    ],
)
def test_it_leads_to_the_address_as_it_should_be(client, world, asked, shown):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, shown)


def test_it_finds_a_citation_typed_without_a_slash(client, world):
    response = client.get(f"/{SYMBOL}/7", follow=True)
    assert response.redirect_chain[-1] == (f"/{SYMBOL}/paragraphs/7/", 301)


def test_it_knows_no_other_report(client, world):
    response = client.get("/YYY/C/ZZZ/9/")
    assert response.status_code == 404
    page = read(response)
    assert page.h1 == ["There is no page at this address"]
    assert "This site contains no report with the symbol YYY/C/ZZZ/9." in page.words


def test_it_helps_at_an_address_that_leads_nowhere(client, world):
    for address in ("/nothing/", "/a/b/c/d/", "/XXX/C/EXA/1/chapters/1/"):
        response = client.get(address)
        assert response.status_code == 404, address
        page = read(response)
        assert page.h1 == ["There is no page at this address"]
        assert "Resolver404" not in page.words
        assert {"/", "/convention/", "/institutions/", "/laws/", "/programmes/"} <= set(page.links())


def test_it_lists_every_page_for_search_engines(client, world):
    body = client.get("/sitemap.xml").content.decode()
    assert body.startswith('<?xml version="1.0"')
    assert f"<loc>http://testserver/{SYMBOL}/paragraphs/9/</loc>" in body
    assert body.count("<loc>") == 9 + 8 + 2 + 4 + 9 + 1 + 3 + 6 + 3
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
