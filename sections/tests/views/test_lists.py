"""Every list of a page as a file, filtered and sorted as the page shows it."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from sections.exports.formats import FORMATS, PASSAGE_FORMATS
from sections.models import Change, ConventionArticle, Silence
from sections.models.history import changing
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import remove_all, shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, make_indexed_world, make_other_report

NAME = "XXX-C-EXA-1"
# Pages with a list, and the name of the file of the list.
LISTS = {
    "/institutions/": f"{NAME}-institutions",
    "/laws/": f"{NAME}-laws",
    "/programmes/": f"{NAME}-programmes",
    "/convention/": f"{NAME}-convention",
    "/convention/parts/3/": f"{NAME}-convention-part-3",
    "/reports/": "reports",
    "/changes/": "changes",
    f"/{SYMBOL}/": f"{NAME}-replies",
    f"/{SYMBOL}/annexes/": f"{NAME}-annexes",
    f"/{SYMBOL}/figures/": f"{NAME}-figures",
    f"/{SYMBOL}/figures/sums/": f"{NAME}-sums",
    f"/{SYMBOL}/timeline/": f"{NAME}-timeline",
    f"/{SYMBOL}/places/": f"{NAME}-places",
    f"/{SYMBOL}/tables/1/": f"{NAME}-table-1",
}
PASSAGES = {
    "/search/?q=office": f"{NAME}-search-office",
    "/search/?q=office&law=travellers-act": f"{NAME}-search-office-law-travellers-act",
    "/convention/articles/4/": f"{NAME}-article-4",
    "/convention/articles/4/?law=travellers-act": f"{NAME}-article-4-travellers-act",
    "/institutions/office-for-travellers/": f"{NAME}-institutions-office-for-travellers",
    "/laws/travellers-act/": f"{NAME}-laws-travellers-act",
    f"/{SYMBOL}/full/": f"{NAME}-paragraphs",
    f"/{SYMBOL}/parts/1/": f"{NAME}-part-1",
    f"/{SYMBOL}/replies/1/": f"{NAME}-reply-1",
}
# Of which the small world has none.
EMPTY = {"/changes/", f"/{SYMBOL}/figures/", f"/{SYMBOL}/timeline/", f"/{SYMBOL}/places/"}


built_world, world = shared_world(make_indexed_world)


def rows(response):
    """The rows of a CSV file, by their columns."""
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def numbers(client, address):
    return [int(row["paragraph"]) for row in rows(client.get(address))]


@pytest.mark.parametrize(("page", "name"), (LISTS | PASSAGES).items())
def test_each_list_is_offered_below_its_page_in_every_format(client, world, page, name):
    links = [link for link in read(client.get(page)).links(rel="nofollow") if "." in link.split("?")[0]]
    formats = PASSAGE_FORMATS if page in PASSAGES else FORMATS
    if page in EMPTY:
        return
    assert len(links) == len(formats)
    for link in links:
        response = client.get(link)
        ending = link.split("?")[0].rpartition(".")[2]
        assert (response.status_code, response["Content-Type"]) == (200, formats[ending].media_type)
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Content-Disposition"].endswith(f'; filename="{name}.{ending}"')


@pytest.mark.parametrize("page", [*LISTS, *PASSAGES])
def test_each_list_says_the_same_in_every_format(client, world, page):
    path, _, query = page.partition("?")
    links = [link.split("?")[0] for link in read(client.get(page)).links(rel="nofollow")]
    path = next((link.removesuffix(".csv") for link in links if link.endswith(".csv")), path.removesuffix("/"))
    read_rows = rows(client.get(f"{path}.csv?{query}"))
    sheet = load_workbook(BytesIO(client.get(f"{path}.xlsx?{query}").content)).worksheets[0]
    assert sheet.max_row == len(read_rows) + 1
    content = json.loads(client.get(f"{path}.json?{query}").content)
    if "/tables/" not in page:
        (listed,) = [value for value in content.values() if isinstance(value, list)]
        assert [str(row) for row in map(list, listed[:1])] == [str(list(row)) for row in read_rows[:1]]
        assert len(listed) == len(read_rows)


@pytest.mark.parametrize("page", ["/institutions/", "/search/?q=office", "/convention/articles/4/"])
def test_a_long_list_leads_to_its_files_at_its_head(client, world, page):
    found = read(client.get(page))
    (link,) = found.find(".//p[@class='to-data-files']/a")
    assert (link.get("href"), link.text) == ("#download", "Download this list")
    assert len(found.find(".//div[@id='download']")) == 1


def test_a_register_is_filtered_and_sorted_as_shown(client, world):
    (row,) = rows(client.get("/institutions.csv"))
    assert row == {
        "name": OFFICE,
        "acronyms": "NOT",
        "other_names": "Oficina Nacional de Viajeros",
        "kind": "agency or institute",
        "start_year": "2012",
        "end_year": "",
        "paragraph_count": "5",
        "paragraphs": "1; 3; 5; 7; 9",
        "nested_count": "0",
        "nested_paragraphs": "",
        "description": "Applies the Act.",
        "slug": "office-for-travellers",
        "url": "http://testserver/institutions/office-for-travellers/",
    }
    assert rows(client.get("/institutions.csv?kind=court")) == []
    response = client.get("/institutions.csv?kind=agency&letter=N&text=not&sort=paragraphs&page=2")
    assert len(rows(response)) == 1
    assert response["Content-Disposition"] == (
        f'attachment; filename="{NAME}-institutions-text-not-kind-agency-letter-n-sort-paragraphs.csv"'
    )
    assert rows(client.get("/es/institutions.csv"))[0]["kind"] == "agency or institute"


def test_a_page_carries_its_filters_to_its_files(client, world):
    page = read(client.get("/institutions/?kind=agency&letter=N&page=1"))
    assert "/institutions.csv?kind=agency&letter=N" in page.links()
    page = read(client.get("/institutions/office-for-travellers/?law=travellers-act"))
    assert "/institutions/office-for-travellers/paragraphs.csv?law=travellers-act" in page.links()
    assert (
        "/institutions/office-for-travellers/paragraphs.csv"
        in read(client.get("/institutions/office-for-travellers/")).links()
    )


def test_the_articles_say_what_is_known_of_the_report_on_them_and_are_filtered_as_shown(client, world):
    article = ConventionArticle.objects.get(number=5)
    Silence.objects.create(report=world.report, article=article, read_by="A. Reader", read_on=date(2026, 5, 4))
    known = {
        row["article"]: (row["coverage"], row["read_by"], row["read_on"]) for row in rows(client.get("/convention.csv"))
    }
    assert known["4"] == ("paragraphs linked", "", "")
    assert known["5"] == ("read and found silent", "A. Reader", "2026-05-04")
    assert known["3"] == ("not yet read for this article", "", "")
    silent = client.get("/convention.csv?show=found_silent")
    assert [row["article"] for row in rows(silent)] == ["5"]
    assert silent["Content-Disposition"] == f'attachment; filename="{NAME}-convention-show-found_silent.csv"'
    assert "/convention.csv?show=found_silent" in read(client.get("/convention/?show=found_silent")).links()
    assert len(rows(client.get("/convention.csv?show=nothing"))) == 6
    assert client.get("/convention/articles/4/paragraphs.json").json()["coverage"] == "linked"


def test_a_search_gives_all_its_hits_in_their_order(client, world, monkeypatch):
    page = read(client.get("/search/?q=office"))
    shown = [int(place.removeprefix("hit-")) for place in page.ids() if place.startswith("hit-")]
    listed = rows(client.get("/search.csv?q=office&page=7"))
    assert [int(row["paragraph"]) for row in listed] == shown
    assert [row["rank"] for row in listed] == [str(rank) for rank in range(1, len(shown) + 1)]
    assert listed[0]["url"] == f"http://testserver/{SYMBOL}/paragraphs/{shown[0]}/"
    by_place = numbers(client, "/search.csv?q=office&sort=place")
    assert by_place == sorted(shown)
    monkeypatch.setattr("sections.views.lists.paragraphs.MOST_HITS", 2)
    assert numbers(client, "/search.csv?q=office") == shown[:2]
    about = load_workbook(BytesIO(client.get("/search.xlsx?q=office").content)).worksheets[1]
    assert ("Extent", f"The first 2 of {len(shown)} paragraphs") in [tuple(row) for row in about.values]


def test_a_search_in_all_reports_says_whose_each_paragraph_is(client, world):
    make_other_report(texts=("The office of others.",))
    rebuild()
    response = client.get("/search.csv?q=office&report=all")
    assert {row["report"] for row in rows(response)} == {SYMBOL, "XXX/C/OTH/1"}
    assert response["Content-Disposition"] == 'attachment; filename="reports-search-office.csv"'


def test_the_paragraphs_of_an_article_say_why_they_are_there(client, world):
    listed = rows(client.get("/convention/articles/4/paragraphs.csv"))
    assert [(row["paragraph"], row["basis"], row["confidence"]) for row in listed] == [
        ("5", "linked by an editor", "high"),
        ("7", "named in the text", "medium"),
    ]
    assert listed[0]["reason"] == "Paragraph 5 speaks of it."
    assert numbers(client, "/convention/articles/4/paragraphs.csv?law=travellers-act") == [7]


def test_the_paragraphs_of_an_entry_a_reply_and_a_part_are_those_of_their_pages(client, world):
    assert numbers(client, "/institutions/office-for-travellers/paragraphs.csv") == [1, 3, 5, 7, 9]
    assert numbers(client, f"/{SYMBOL}/replies/1/paragraphs.csv") == [1, 2, 3]
    assert numbers(client, f"/{SYMBOL}/parts/1/paragraphs.csv") == list(range(1, 8))
    assert numbers(client, f"/{SYMBOL}/paragraphs.csv") == list(range(1, 10))
    assert rows(client.get(f"/{SYMBOL}/paragraphs.csv"))[6]["text"] == f"The {OFFICE} runs the {PLAN} under the {ACT}."


def test_the_changes_are_listed_field_by_field_and_filtered_as_shown(client, world):
    with changing(Change.Kind.EDIT, reason="=Because"):
        world.office.description = "Applies both Acts."
        world.office.save()
    (row,) = rows(client.get("/changes.csv"))
    assert (row["old"], row["new"], row["reason"]) == ("Applies the Act.", "Applies both Acts.", "'=Because")
    assert OFFICE in row["about"] and row["url"].startswith("http://testserver/changes/")
    assert len(rows(client.get("/changes.csv?entry=institution/office-for-travellers"))) == 1
    filtered = client.get("/changes.csv?entry=law/travellers-act")
    assert rows(filtered) == []
    assert filtered["Content-Disposition"] == 'attachment; filename="changes-entry-law-travellers-act.csv"'


def test_all_paragraphs_can_be_copied_with_their_citations(client, world):
    page = read(client.get("/convention/articles/4/"))
    assert page.links(**{"class": "copy-all"}) == ["/convention/articles/4/paragraphs.txt"]
    response = client.get("/convention/articles/4/paragraphs.txt")
    assert response["Content-Disposition"].startswith("inline")
    text = response.content.decode()
    for number in (5, 7):
        citation = f"Third periodic report of Examplia, XXX/C/EXA/1, para. {number}.\n"
        assert f"{citation}http://testserver/{SYMBOL}/paragraphs/{number}/\n" in text
    assert client.get("/convention/articles/4/paragraphs.ris").content.count(b"TY  - ") == 2


@pytest.mark.parametrize(
    "address",
    [
        "/search.csv",
        "/search.csv?q=%00",
        "/convention/articles/99/paragraphs.csv",
        "/convention/articles/4/paragraphs.csv?law=nothing",
        "/convention/parts/9/paragraphs.csv",
        "/institutions/nobody/paragraphs.csv",
        "/institutions.pdf",
        "/institutions.docx",
        f"/{SYMBOL}/replies/99/paragraphs.csv",
        f"/{SYMBOL}/parts/9/paragraphs.csv",
        f"/{SYMBOL}/tables/9.csv",
        "/XXX/C/NON/1/replies.csv",
    ],
)
def test_there_is_no_file_of_what_is_not_there(client, world, address):
    response = client.get(address, follow=True)
    assert response.status_code == 404
    assert read(response).h1


def test_other_spellings_lead_to_the_file(client, world):
    assert client.get("/xxx/c/exa/1/replies/1/paragraphs.csv").url == f"/{SYMBOL}/replies/1/paragraphs.csv"
    assert (
        client.get("/institutions/OFFICE-for-travellers/paragraphs.csv").url
        == "/institutions/office-for-travellers/paragraphs.csv"
    )


@pytest.mark.parametrize("query", ["q=" + "é" * 300, "q=..%2F..%2Fetc%22%0A", "q=مهاجر", "q=a%0D%0AX-Evil:+1"])
def test_the_name_of_a_file_is_safe_whatever_is_looked_for(client, world, query):
    name = client.get(f"/search.csv?{query}")["Content-Disposition"]
    assert name.isascii() and len(name) < 160
    assert all(letter.isalnum() or letter in '-._ ;="' for letter in name)


def test_no_number_of_hits_makes_more_queries(client, world, django_assert_max_num_queries):
    client.get("/search.csv?q=office")
    with django_assert_max_num_queries(14):
        client.get(f"/{SYMBOL}/paragraphs.csv")


def test_without_a_report_the_lists_are_empty(client, db):
    remove_all()
    for address in ("/institutions.csv", "/convention.csv", "/reports.csv", "/changes.csv"):
        assert rows(client.get(address)) == []
