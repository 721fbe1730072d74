"""Ranges of paragraphs, items of lists and footnotes: their addresses however they are typed, pages and files."""

import json
from urllib.parse import quote

import pytest

from sections.models import Block, Paragraph
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_world

pytestmark = pytest.mark.django_db

ROOT = f"/{SYMBOL}/paragraphs"
RANGE = f"{ROOT}/5-7/"


built_world, world = shared_world(make_world)


def test_a_range_shows_its_paragraphs_and_is_cited_as_one(client, world):
    page = read(client.get(RANGE))
    assert (page.h1, page.title) == (["Paragraphs 5–7"], "Paragraphs 5–7, XXX/C/EXA/1 · Paragraph by Paragraph")
    assert [name for name in page.ids() if name in {"p4", "p5", "p6", "p7", "p8"}] == ["p5", "p6", "p7"]
    assert "Third periodic report of Examplia, XXX/C/EXA/1, paras. 5–7." in page.words
    assert "Reply 3 Paragraphs 5–7" in page.words  # the headings that all of them stand under
    files = [f"{ROOT}/5-7.{ending}" for ending in ("ris", "bib", "csl.json", "txt", "json")]
    assert [link for link in page.links() if "/5-7." in link] == files


def test_a_range_over_several_replies_names_each(client, world):
    page = read(client.get(f"{ROOT}/4-8/"))
    assert {f"/{SYMBOL}/replies/{number}/" for number in (2, 3, 4)} <= set(page.links())


def test_several_ranges_are_one_page_that_takes_no_other_page_out_of_the_cache(client, world):
    response = client.get(f"{ROOT}/1,5-7/")
    assert read(response).h1 == ["Paragraphs 1, 5–7"]
    assert "XXX/C/EXA/1, paras. 1 and 5–7." in read(response).words
    assert response["Cache-Control"] == "private"
    assert "Cache-Control" not in client.get(RANGE)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (f"{ROOT}/7-5/", RANGE),
        (f"{ROOT}/5–7/", RANGE),
        (f"{ROOT}/005-007/", RANGE),
        (f"{ROOT}/5 - 7/", RANGE),
        (f"{ROOT}/5,6,7/", RANGE),
        (f"{ROOT}/5-6,6-7/", RANGE),
        (f"{ROOT}/5-5/", f"{ROOT}/5/"),
        (f"/{SYMBOL}/5-7/", RANGE),
        (f"/{SYMBOL}/7–5/", RANGE),
        (f"/{SYMBOL}/5,7/", f"{ROOT}/5,7/"),
        (f"/{SYMBOL}/5-7", RANGE),
        (f"/{SYMBOL.lower()}/5-7/", RANGE),
        (f"/{SYMBOL}/2(b)/", f"{ROOT}/2/#b"),
        (f"/{SYMBOL}/2 (B)/", f"{ROOT}/2/#b"),
        (f"/{SYMBOL}/2b/", f"{ROOT}/2/#b"),
        (f"/{SYMBOL}/2(a)(item-1)", f"{ROOT}/2/#a-item-1"),
        (f"/{SYMBOL}/2(a)(1)/", f"{ROOT}/2/#a-item-1"),
        (f"{ROOT}/2(b)/", f"{ROOT}/2/#b"),
        (f"/{SYMBOL}/footnotes/5/", f"{ROOT}/9/#fn5"),
        (f"{ROOT}/7-5.ris", f"{ROOT}/5-7.ris"),
    ],
)
def test_it_leads_to_the_address_of_a_place_however_it_is_typed(client, world, typed, address):
    response = client.get(quote(typed, safe="/(),"), follow=True)
    assert response.status_code == 200
    assert {status for _, status in response.redirect_chain} == {301}
    assert response.redirect_chain[-1][0] == address


def test_all_of_a_report_is_read_on_its_own_page(client, world):
    assert client.get(f"{ROOT}/1-9/").url == f"/{SYMBOL}/full/"


@pytest.mark.parametrize(
    ("typed", "message", "way_on"),
    [
        (
            "8-12",
            "XXX/C/EXA/1 does not have all of the paragraphs 8-12. Its paragraphs go from 1 to 9.",
            f"{ROOT}/8-9/",
        ),
        ("1-999999999", "does not have all of the paragraphs 1-999999999.", f"{ROOT}/1-9/"),
        ("0-2", "does not have all of the paragraphs 0-2.", f"{ROOT}/1-2/"),
        ("20-30", "does not have all of the paragraphs 20-30.", f"{ROOT}/9/"),
        ("2(z)", "Paragraph 2 of XXX/C/EXA/1 has no item “(z)”.", f"{ROOT}/2/"),
        ("1(a)", "Paragraph 1 of XXX/C/EXA/1 has no item “(a)”.", f"{ROOT}/1/"),
        ("99(a)", "does not have all of the paragraphs 99(a).", f"{ROOT}/9/"),
        ("5-", "“5-” is not a place in XXX/C/EXA/1. Write one paragraph as 94, several as 92-94", f"{ROOT}/1/"),
        ("five", "“five” is not a place in XXX/C/EXA/1.", f"{ROOT}/1/"),
        ("2" + "(a)" * 400, "Paragraph 2 of XXX/C/EXA/1 has no item", f"{ROOT}/2/"),
    ],
)
def test_it_says_what_there_is_instead_of_a_place_that_is_not_there(client, world, typed, message, way_on):
    response = client.get(f"{ROOT}/{quote(typed)}/")
    page = read(response)
    assert response.status_code == 404
    assert message in page.words
    assert way_on in page.links()


@pytest.mark.parametrize("typed", ["8-12.ris", "five.txt", "2(z).bib", "2(b).txt", "8-12.json", "99.csl.json"])
def test_it_has_no_file_of_a_place_that_is_not_there(client, world, typed):
    assert client.get(f"{ROOT}/{quote(typed)}").status_code == 404


def test_a_report_without_paragraphs_says_so(client, world):
    Paragraph.objects.all().delete()
    assert "XXX/C/EXA/1 contains no paragraphs yet." in read(client.get(RANGE)).words


def test_it_gives_a_range_as_text_as_data_and_as_a_citation(client, world):
    address = f"http://testserver{RANGE}"
    text = client.get(f"{ROOT}/5-7.txt").content.decode()
    assert text.startswith("5. The Office keeps no one from leaving.\n\n6. More stands at")
    assert text.endswith(f"\n\nThird periodic report of Examplia, XXX/C/EXA/1, paras. 5–7.\n{address}\n")
    data = client.get(f"{ROOT}/5-7.json").json()
    assert (data["count"], [row["number"] for row in data["results"]]) == (3, [5, 6, 7])
    assert data["results"][0] == client.get("/api/v1/paragraphs/5/").json()
    record = client.get(f"{ROOT}/5-7.ris")
    assert record["Content-Disposition"] == 'attachment; filename="XXX-C-EXA-1-para-5-7.ris"'
    assert f"SP  - paras. 5–7\r\nLA  - en\r\nUR  - {address}\r\n" in record.content.decode()
    assert record["Link"] == f'<{address}>; rel="canonical"'


def test_every_item_has_an_address_in_its_paragraph_and_among_others(client, world):
    alone, among = read(client.get(f"{ROOT}/2/")), read(client.get(f"/{SYMBOL}/replies/1/"))
    assert {"a", "a-item-1", "b"} <= set(alone.ids())
    assert {"p2-a", "p2-a-item-1", "p2-b"} <= set(among.ids())
    for page in (alone, among):
        assert len(page.ids()) == len(set(page.ids()))


def test_every_item_footnote_and_table_has_its_citation_on_the_page_of_its_paragraph(client, world):
    lists, notes, tables = (read(client.get(f"{ROOT}/{number}/")) for number in (2, 9, 3))
    cited = "Third periodic report of Examplia, XXX/C/EXA/1, para."
    for page, words, address in [
        (lists, f"{cited} 2 (b).", f"{ROOT}/2/#b"),
        (lists, f"{cited} 2 (a), item 1.", f"{ROOT}/2/#a-item-1"),
        (notes, f"{cited} 9, footnote 5.", f"{ROOT}/9/#fn5"),
        (tables, f"{cited} 3, table 1.", f"/{SYMBOL}/tables/1/"),
    ]:
        assert words in page.words
        assert address in page.links(**{"class": "permalink"})


def test_an_item_that_repeats_a_letter_is_counted(client, world):
    paragraph = Paragraph.objects.get(number=8)
    for position, (kind, label) in enumerate([("item", "(a)"), ("text", ""), ("item", "(a)"), ("item", "b)")], start=1):
        level = 1 if kind == "item" else 0
        Block.objects.create(paragraph=paragraph, position=position, kind=kind, level=level, label=label, text="So.")
    page = read(client.get(f"{ROOT}/8/"))
    assert {"a", "item-2", "b"} <= set(page.ids())
    assert "para. 8, item 2." in page.words


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/paragraphs/2(b)", "para. 2 (b)"),
        ("/paragraphs/2(a)(item-1)", "para. 2 (a), item 1"),
        ("/footnotes/5", "para. 9, footnote 5"),
        ("/tables/1", "para. 3, table 1"),
        ("/replies/3", "paras. 5–7"),
        ("", None),
    ],
)
def test_every_place_has_its_files_beside_it(client, world, path, place):
    (item,) = json.loads(client.get(f"/{SYMBOL}{path}.csl.json").content)
    assert (item["title"], item.get("note")) == ("Third periodic report of Examplia", place)
    assert f"{item['URL']}\r\n" in client.get(f"/{SYMBOL}{path}.ris").content.decode()
    assert f"{{{item['URL']}}}" in client.get(f"/{SYMBOL}{path}.bib").content.decode()
    assert client.get(item["URL"].removeprefix("http://testserver").partition("#")[0]).status_code == 200


@pytest.mark.parametrize("page", ["/convention/articles/4/", "/institutions/office-for-travellers/"])
def test_pages_of_this_site_have_their_files_too(client, world, page):
    (item,) = json.loads(client.get(f"{page.removesuffix('/')}.csl.json").content)
    assert (item["type"], item["URL"]) == ("webpage", f"http://testserver{page}")


@pytest.mark.parametrize(
    "path",
    [f"/{SYMBOL}/footnotes/99", f"/{SYMBOL}/tables/9", f"/{SYMBOL}/replies/9", "/convention/articles/99", "/laws/none"],
)
def test_it_has_no_file_of_what_is_not_there(client, world, path):
    assert client.get(f"{path}.ris").status_code == 404
    assert client.get(f"{path}/").status_code == 404
