"""The Convention's pages in the invented world."""

import pytest
from django.core.management import call_command

from sections.exports.fixtures import as_text, fixture_files
from sections.models import ArticleLink, ConventionArticle, Paragraph, content_changed
from sections.tests.support.house import ROOT
from sections.tests.support.pages import read
from sections.tests.support.shared_world import remove_all, shared_world
from sections.tests.support.world import OFFICE, SYMBOL, make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def test_it_shows_every_article_with_its_number_of_paragraphs(client, world):
    response = client.get("/convention/")
    page = read(response)
    parts = response.context["parts"]
    counts = [(part.roman, [(article.count, article.high) for article in part.articles.all()]) for part in parts]
    assert counts == [("I", [(1, 1), (0, 0)]), ("II", [(0, 0)]), ("III", [(2, 1), (0, 0), (1, 0)])]
    assert page.h1 == ["The Convention"]
    assert "Paragraphs are linked to 3 articles; no paragraph is linked to the other 3." in page.words
    assert [page.links().count(f"/convention/articles/{number}/") for number in range(1, 7)] == [2] * 6
    assert "No paragraph is linked to its article" in page.words
    assert "2 paragraphs linked; no linked paragraph for 1 of 3 articles" in page.words


def test_it_shows_a_part_with_its_articles_replies_and_entries(client, world):
    page = read(client.get("/convention/parts/3/"))
    assert page.h1 == ["Rights of all"]
    assert "Part III of the Convention · articles 4 to 6" in page.words
    assert f"/{SYMBOL}/replies/3/" in page.links()
    assert OFFICE in page.words
    assert page.links(rel="prev") == ["/convention/parts/2/"]


def test_it_says_when_no_heading_stands_under_a_part(client, world):
    assert "No heading of the report puts a reply under this part." in read(client.get("/convention/parts/2/")).words


def test_it_shows_an_article_with_passages_reasons_and_neighbours(client, world):
    response = client.get("/convention/articles/4/")
    page = read(response)
    shown = [
        (section.number, link.paragraph.number, passage.text)
        for section, links in response.context["groups"]
        for link, passage in links
    ]
    assert shown == [
        (3, 5, "The Office keeps no one from leaving."),
        (3, 7, "The National Office for Travellers runs the Open Roads Plan under the Travellers Act."),
    ]
    assert page.h1 == ["Article 4 Leaving a country"]
    assert "Caption added by the editors" in page.words
    assert "Paragraph 5 speaks of it." in page.words
    assert "Direct · linked by an editor · confirmed by an editor" in page.words
    assert "Related · named in the text · not yet reviewed" in page.words
    assert (page.links(rel="prev"), page.links(rel="next")) == (
        ["/convention/articles/3/"],
        ["/convention/articles/5/"],
    )


def test_it_opens_a_passage_with_list_items_as_they_are_read(client, world):
    ArticleLink.objects.create(
        paragraph=Paragraph.objects.get(number=2), article=ConventionArticle.objects.get(number=3)
    )
    ((_, [(_, passage)]),) = client.get("/convention/articles/3/").context["groups"]
    assert passage.text == "Travellers are told: (a) Where to go; By day & by night; (b) Whom to ask."


@pytest.mark.parametrize("number", [2, 5])
def test_it_says_that_no_paragraph_is_linked_or_all_were_rejected(client, world, number):
    page = read(client.get(f"/convention/articles/{number}/"))
    assert "No paragraph is linked to this article" in page.words
    assert f"Nobody has yet read all of report {SYMBOL} for article {number} and recorded the result." in page.words
    assert "This is the editors’ reading, not a finding about the State." in page.words
    metas = [attrs for tag, attrs in page.tags if tag == "meta" and attrs.get("name") == "description"]
    (description,) = [" ".join(attrs["content"].split()) for attrs in metas]
    assert f"no paragraph of the report is linked to article {number}." in description


@pytest.mark.parametrize("number", [2, 4])
def test_it_lets_readers_say_that_a_paragraph_is_missing(client, world, number):
    address = f"/report-an-error/?about=/convention/articles/{number}/"
    page = read(client.get(f"/convention/articles/{number}/"))
    assert "Is a paragraph missing here, or a link wrong? Tell the editors" in page.words
    assert address in page.links()
    assert client.get(address).status_code == 200


def test_it_shows_the_nearest_paragraphs_of_the_search_but_none_that_an_editor_rejected(client, world):
    call_command("rebuild_search", verbosity=0)
    ConventionArticle.objects.filter(number=2).update(subject="Whom travellers ask; NOT where -to- go (by night)")
    content_changed()
    page = read(client.get("/convention/articles/2/"))
    assert page.find(".//section[@class='nearest']//p[@class='naming-number']/a")[0].get("href") == (
        f"/{SYMBOL}/paragraphs/2/"
    )
    ArticleLink.objects.create(
        paragraph=Paragraph.objects.get(number=2), article=ConventionArticle.objects.get(number=2), review="rejected"
    )
    page = read(client.get("/convention/articles/2/"))
    assert f"/{SYMBOL}/paragraphs/2/" not in page.links()
    assert not read(client.get("/convention/articles/4/")).find(".//section[@class='nearest']")


def test_it_says_how_many_paragraphs_stand_under_a_part_and_how_many_are_linked(client, world):
    page = read(client.get("/convention/parts/3/"))
    assert "The report itself puts 3 paragraphs under a heading for this part." in page.words
    assert "2 paragraphs under any heading are linked to its articles." in page.words


def test_it_shows_the_reply_with_most_on_an_article_first(client, world):
    for number, confidence in [(2, "medium"), (8, "high"), (9, "high")]:
        ArticleLink.objects.create(
            paragraph=Paragraph.objects.get(number=number),
            article=ConventionArticle.objects.get(number=3),
            confidence=confidence,
        )
    groups = client.get("/convention/articles/3/").context["groups"]
    counts = [
        (section.number, len(links), sum(link.confidence == "high" for link, _ in links)) for section, links in groups
    ]
    assert counts == [(4, 2, 2), (1, 1, 0)]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/convention/articles/7/", "The Convention has no article 7. Its articles go from Article 1 to Article 6."),
        ("/convention/articles/0/", "The Convention has no article 0."),
        ("/convention/articles/99999999999999999999/", "The Convention has no article 99999999999999999999."),
        ("/convention/parts/4/", "The Convention has no part 4. Its parts go from Part I to Part III."),
    ],
)
def test_it_names_the_range_outside_it(client, world, address, words):
    response = client.get(address)
    assert response.status_code == 404
    assert words in read(response).words


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/convention/articles/04/", "/convention/articles/4/"),
        ("/convention/parts/003/", "/convention/parts/3/"),
        ("/convention/articles/4", "/convention/articles/4/"),
    ],
)
def test_it_leads_to_the_canonical_address(client, world, address, canonical):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, canonical)


def test_it_shows_the_convention_before_any_report_is_loaded(client):
    remove_all()
    assert client.get("/convention/").status_code == 200
    assert "has not been loaded yet" in read(client.get("/convention/articles/1/")).words


@pytest.mark.parametrize(
    ("address", "queries"), [("/convention/", 7), ("/convention/parts/3/", 10), ("/convention/articles/4/", 12)]
)
def test_it_asks_the_database_no_more_for_more_links(client, world, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        client.get(address)
    for number in range(1, 10):
        for article in ConventionArticle.objects.exclude(article_links__paragraph__number=number):
            ArticleLink.objects.create(paragraph=Paragraph.objects.get(number=number), article=article)
    with django_assert_num_queries(queries):
        client.get(address)


def test_it_exports_the_convention_as_the_fixture_holds_it():
    call_command("loaddata", "convention.json", verbosity=0)
    name, records = next(fixture_files())
    assert as_text(records) == (ROOT / "fixtures" / name).read_text(encoding="utf-8")
