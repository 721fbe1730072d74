"""Articles and entries side by side, in the invented world."""

import pytest

from sections.models import ArticleLink, ConventionArticle, Paragraph
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def grid(response):
    """The matrix as rows of the article's number and the counts, under the slugs of the columns."""
    found = response.context["matrix"]
    rows = {article.number: [count for _, count in cells] for article, cells in found.rows}
    return [entry.slug for entry in found.entries], rows


def test_it_counts_the_paragraphs_that_bear_on_an_article_and_name_an_entry(client, world):
    assert grid(client.get("/convention/matrix/")) == (["office-for-travellers"], {1: [1], 4: [2], 6: [1]})
    assert grid(client.get("/convention/matrix/?with=laws&part=3")) == (["travellers-act"], {4: [1], 6: [1]})
    assert grid(client.get("/convention/matrix/?with=programmes&kind=plan")) == (["open-roads-plan"], {4: [1], 6: [1]})


def test_it_leads_from_each_number_to_exactly_the_paragraphs_behind_it(client, world):
    page = client.get("/convention/matrix/?with=laws")
    links = [link for link in read(page).links() if "?law=" in link]
    assert links == [f"/convention/articles/{number}/?law=travellers-act" for number in (1, 4, 6)]
    for link, (_, cells) in zip(links, page.context["matrix"].rows, strict=True):
        assert client.get(link).context["count"] == cells[0][1]


def test_it_names_the_entry_on_the_narrowed_page_and_leads_back(client, world):
    page = read(client.get("/convention/articles/4/?law=travellers-act"))
    assert "1 paragraph relates to this article and mentions Travellers Act" in page.words
    assert "/convention/articles/4/" in page.links()
    assert ("link", {"rel": "canonical", "href": "http://testserver/convention/articles/4/"}) in page.tags
    assert client.get("/convention/articles/4/?law=nothing").status_code == 404
    nothing = read(client.get("/convention/articles/2/?law=travellers-act"))
    assert "No paragraph is linked to this article and mentions Travellers Act" in nothing.words


def test_it_leaves_out_what_makes_no_sense(client, world):
    response = client.get("/convention/matrix/?with=fruits&part=x&kind=plan&first=-1")
    assert grid(response)[0] == ["office-for-travellers"]
    assert response.context["asked"].kind == ""


def test_it_says_so_when_nothing_stands_together(client, world):
    page = read(client.get("/convention/matrix/?kind=court"))
    assert "No article and entry are mentioned together Kind court or judicial body" in page.words
    assert "No such paragraph is linked to an article and mentions an institution." in page.words


def test_it_asks_the_database_no_more_for_more_links(client, world, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/convention/matrix/")
    for number in range(1, 10):
        for article in ConventionArticle.objects.exclude(article_links__paragraph__number=number):
            ArticleLink.objects.create(paragraph=Paragraph.objects.get(number=number), article=article)
    with django_assert_num_queries(8):
        client.get("/convention/matrix/")
