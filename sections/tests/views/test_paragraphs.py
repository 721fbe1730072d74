"""The page of a paragraph in the invented world."""

import pytest

from sections.models import ArticleLink, ConventionArticle, Entry, Mention
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, block, make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def paragraph(client, number):
    response = client.get(f"/{SYMBOL}/paragraphs/{number}/")
    assert response.status_code == 200
    return response


def text_of(response):
    """The HTML of the paragraph's own text, without line breaks between its pieces."""
    html = response.content.decode().partition('<div class="text" lang="en">')[2]
    html = html.partition("</article>")[0].rpartition("</div>")[0]
    return "".join(html.splitlines())


def test_it_links_the_names_in_the_text_and_says_why(client, world):
    assert text_of(paragraph(client, 1)) == (
        '<p>The <a href="/institutions/office-for-travellers/" class="name" title="National Office for Travellers '
        '(institution), named in the text">National Office for Travellers</a> (<a href="/institutions/'
        'office-for-travellers/" class="name" title="National Office for Travellers (institution), named in the text">'
        'NOT</a>) applies the <a href="/laws/travellers-act/" class="name" title="Travellers Act (law), named in the '
        'text">Travellers Act</a>.</p>'
    )


def test_it_shows_lists_in_lists_with_their_printed_labels(client, world):
    assert text_of(paragraph(client, 2)) == (
        '<p>Travellers are told:</p><ol class="items" role="list">'
        '<li id="a"><span class="label">(a)</span> Where to go;<ul class="items" role="list">'
        '<li id="a-item-1">By day &amp; by night;</li></ul></li>'
        '<li id="b"><span class="label">(b)</span> Whom to ask.</li></ol>'
    )


def test_it_sets_the_mark_of_a_footnote_and_its_body_beside_it(client, world):
    response = paragraph(client, 4)
    page = read(response)
    mark = '<sup class="note-mark"><a href="#fn4" id="fnref4" aria-label="Footnote 4">4</a></sup>'
    assert f"It was counted once{mark}. See" in text_of(response)
    assert {"fn4", "fnref4"} <= set(page.ids())
    assert "Counted in <May> 2015." in page.words
    assert "2: cited, not part of this text" in page.words


def test_it_names_in_the_margin_what_a_footnote_names(client, world):
    assert "/institutions/office-for-travellers/" in read(paragraph(client, 9)).links()


def test_it_says_beside_each_link_on_what_basis_it_stands(client, world):
    words = read(paragraph(client, 5)).words
    assert (
        "Short form, identified by a rule: The Office is the one that reply 1 names. · confirmed by an editor" in words
    )
    assert "Paragraph 5 speaks of it. Linked by an editor · Direct · confirmed by an editor" in words


def test_it_never_shows_what_an_editor_rejected(client, world):
    response = paragraph(client, 8)
    assert text_of(response) == "<p>No other fact is known.</p>"
    assert "/convention/articles/5/" not in read(response).links()


def test_it_leads_out_only_where_the_text_does(client, world):
    links = [link for link in read(paragraph(client, 6)).links() if not link.startswith(("/", "#"))]
    assert links == ["http://office.example/more", f"https://undocs.org/en/{SYMBOL}"]


def test_it_knows_its_place_its_neighbours_and_its_citation(client, world):
    page = read(paragraph(client, 7))
    assert page.title == "Paragraph 7, XXX/C/EXA/1 · Paragraph by Paragraph"
    assert page.links(rel="prev") == [f"/{SYMBOL}/paragraphs/6/"]
    assert page.links(rel="next") == [f"/{SYMBOL}/paragraphs/8/"]
    assert (
        "Home XXX/C/EXA/1 Part I of the report B. The articles 1. Part III of the Convention Reply 3 Paragraph 7"
        in page.words
    )
    assert "Third periodic report of Examplia, XXX/C/EXA/1, para. 7." in page.words
    assert ("link", {"rel": "canonical", "href": f"http://testserver/{SYMBOL}/paragraphs/7/"}) in page.tags


@pytest.mark.parametrize("number", ["0", "10", "99999999999999999999999"])
def test_it_names_the_range_outside_of_it(client, world, number):
    response = client.get(f"/{SYMBOL}/paragraphs/{number}/")
    page = read(response)
    assert response.status_code == 404
    assert f"XXX/C/EXA/1 has no paragraph {number}. Its paragraphs go from 1 to 9." in page.words
    assert {f"/{SYMBOL}/paragraphs/1/", f"/{SYMBOL}/paragraphs/9/"} <= set(page.links())


def test_it_asks_no_more_of_the_database_for_a_fuller_page(client, world, django_assert_max_num_queries):
    addresses = [f"/{SYMBOL}/paragraphs/7/", f"/{SYMBOL}/replies/3/", f"/{SYMBOL}/full/", f"/{SYMBOL}/", "/"]
    for address in addresses:
        with django_assert_max_num_queries(18):
            client.get(address)
    text = block(7).text
    for place in range(5):
        entry = Entry.objects.create(type="law", slug=f"law-{place}", name=f"Law {place}", kind="act")
        Mention.objects.create(block=block(8), start=place, end=place + 1, surface=text[place], entry=entry)
        article = ConventionArticle.objects.get(number=place + 1)
        ArticleLink.objects.create(paragraph=block(9).paragraph, article=article)
    for address in addresses:
        with django_assert_max_num_queries(18):
            client.get(address)
