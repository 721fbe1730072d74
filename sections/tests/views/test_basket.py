"""The basket without scripts: an address that holds paragraphs and notes, forms that change it, and files of it."""

import csv
from io import BytesIO, StringIO
from urllib.parse import quote

import pytest
import rispy
from docx import Document

from sections.exports.formats import PASSAGE_FORMATS
from sections.tests.support.pages import read, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, make_other_report, make_world

OTHER = "XXX/C/OTH/1"


def build_world():
    made = make_world()
    make_other_report()
    return made


built_world, world = shared_world(build_world)


def numbers(page):
    """The headings of the paragraphs in the basket."""
    return [words(heading) for heading in page.find(".//ol//h2/a")]


def problems(page):
    return [words(line) for line in page.find(".//ul[@class='basket-problems']/li")]


def test_it_shows_paragraphs_of_several_reports_in_their_order_with_notes_and_citations(client, world):
    response = client.get(f"/basket/?p={SYMBOL}:7,2&p={OTHER}:1&note.2=Ask+%3Cb%3Ethem%3C/b%3E")
    page = read(response)
    assert numbers(page) == [f"{SYMBOL}, paragraph 7", f"{SYMBOL}, paragraph 2", f"{OTHER}, paragraph 1"]
    assert "3 paragraphs of 2 reports" in page.words
    assert [area.text for area in page.find(".//textarea")] == [None, "Ask <b>them</b>", None]
    assert "Third periodic report of Examplia, XXX/C/EXA/1, para. 2." in page.words
    assert "The budget of others." in page.words and "(a) Where to go;" in page.words
    assert problems(page) == []


def test_it_is_kept_by_no_cache_and_listed_by_no_robot(client, world):
    for address in ("/basket/", f"/basket/?p={SYMBOL}:7", f"/basket.csv?p={SYMBOL}:7"):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-cache"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert not response.cookies
    page = read(client.get(f"/basket/?p={SYMBOL}:7"))
    assert ("meta", {"name": "robots", "content": "noindex, nofollow"}) in page.tags
    assert "Disallow: /*basket" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("action", "query"),
    [
        (f"up={SYMBOL}:2", "p={}:2,7,3&note.2=Two#p-xxx-c-exa-1-2"),
        (f"down={SYMBOL}:7", "p={}:2,7,3&note.2=Two#p-xxx-c-exa-1-7"),
        (f"up={SYMBOL}:7", "p={}:7,2-3&note.2=Two#p-xxx-c-exa-1-7"),
        (f"remove={SYMBOL}:2", "p={}:7,3"),
        ("add=4", "p={}:7,2-4&note.2=Two"),
        (f"add={SYMBOL}/4", "p={}:7,2-4&note.2=Two"),
        ("save=1&note.3=", "p={}:7,2-3&note.2=Two"),
    ],
)
def test_a_form_leads_to_the_changed_basket(client, world, action, query):
    response = client.get(f"/basket/?p={SYMBOL}:7,2,3&note.2=Two&{action}")
    assert (response.status_code, response.url) == (302, f"/basket/?{query.format(SYMBOL)}")


def test_it_removes_the_last_paragraph(client, world):
    assert client.get(f"/basket/?p={SYMBOL}:7&note.7=x&remove={SYMBOL}:7").url == "/basket/"
    assert "The basket is empty." in read(client.get("/basket/")).words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("p=99", f"There is no paragraph {SYMBOL}, 99. It was left out."),
        ("p=3,5,98-99", f"There is no paragraph {SYMBOL}, 98–99. It was left out."),
        ("p=YYY/C/NON/9:1", "This site contains no report with the symbol YYY/C/NON/9. Its paragraphs were left out."),
        ("p=3,3", f"Paragraph {SYMBOL}, 3 was in the basket already."),
        ("p=3&add=3", f"Paragraph {SYMBOL}, 3 was in the basket already."),
        (f"p={SYMBOL.lower()}:3&add=3", f"Paragraph {SYMBOL}, 3 was in the basket already."),
        ("p=1-300", "A basket holds 100 paragraphs at most. The others were left out."),
        (
            "p=%3Cscript%3E",
            "“<script>” is not a paragraph. Write numbers or citations, such as 92-94, 103 or para. 94.",
        ),
        ("p=", "“” is not a paragraph. Write numbers or citations, such as 92-94, 103 or para. 94."),
        ("p=%00", "is not a paragraph."),
        ("add=nothing", "“nothing” is not a paragraph."),
        ("p=3&note.4=x", "There is a note on paragraph 4, which is not in the basket. It was left out."),
        ("p=3&note.3=" + "x" * 5000, f"The note on paragraph {SYMBOL}, 3 was cut after 1000 characters."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(client, world, query, sentence):
    response = client.get(f"/basket/?{query}")
    assert response.status_code == 200
    assert any(sentence in line for line in problems(read(response)))


@pytest.mark.parametrize(
    "odd", ["²", "\udcff", "😀", "9" * 3000, "-1", "1e9", "../../", "a:b:c", "%", "p=p=p", ":", "/:1"]
)
def test_no_address_is_a_fault(client, world, odd):
    value = quote(odd.encode("utf-8", "surrogateescape"))
    for query in (f"p={value}", f"p=3&note.3={value}", f"p=3&note.{value}=x", f"p=3&add={value}", f"p=3&up={value}"):
        for address in ("/basket/", "/basket.csv", "/basket.docx", "/basket.md", "/basket.ris", "/basket.json"):
            assert client.get(f"{address}?{query}", follow=True).status_code == 200


def test_notes_that_no_address_can_carry_get_a_sentence(client, world):
    response = client.get(f"/basket/?p={SYMBOL}:3&note.3=" + "x" * 10_000)
    assert response.status_code == 414
    assert "An address has 8000 characters at most." in read(response).words
    assert "If this is the address of a basket, shorten the notes in the basket." in read(response).words


def test_it_adds_nothing_that_would_make_its_address_too_long(client, world):
    notes = "".join(f"&note.{number}={'x' * 820}" for number in range(1, 9))
    response = client.get(f"/basket/?p=1-8{notes}&add={quote(f'/basket/?p={SYMBOL}:9&note.9=' + 'x' * 1000)}")
    page = read(response)
    assert "would make the address of the basket longer than 7500 characters" in " ".join(problems(page))
    assert len(numbers(page)) == 8


def test_it_names_its_whole_address_and_what_everybody_can_read(client, world):
    page = read(client.get(f"/basket/?p={SYMBOL}:7&note.7=A+%26+b"))
    (field,) = [attrs for tag, attrs in page.tags if attrs.get("id") == "share-address"]
    assert field["value"] == f"http://testserver/basket/?p={SYMBOL}:7&note.7=A+%26+b"
    assert "Everybody who has the address can read your notes" in page.words
    spanish = [attrs["href"] for tag, attrs in page.tags if tag == "a" and attrs.get("hreflang") == "es"]
    assert spanish == [f"/es/basket/?p={SYMBOL}:7&note.7=A+%26+b"]


def test_it_can_be_taken_along_in_every_format(client, world):
    query = f"p={SYMBOL}:7,4&p={OTHER}:1&note.7=%3D1%2B1"
    links = read(client.get(f"/basket/?{query}")).links(rel="nofollow")
    for ending, file_format in PASSAGE_FORMATS.items():
        assert f"/basket.{ending}?{query}" in links
        response = client.get(f"/basket.{ending}?{query}")
        assert (response.status_code, response["Content-Type"]) == (200, file_format.media_type)
        assert response["Content-Disposition"].endswith(f'filename="basket-xxx-c-exa-1-xxx-c-oth-1.{ending}"')


def test_its_files_hold_text_notes_citations_and_addresses(client, world):
    query = f"p={SYMBOL}:7,4&note.7=%3D1%2B1"
    rows = list(csv.DictReader(StringIO(client.get(f"/basket.csv?{query}").content.decode("utf-8-sig"))))
    assert [(row["paragraph"], row["note"]) for row in rows] == [("7", "'=1+1"), ("4", "")]
    document = Document(BytesIO(client.get(f"/basket.docx?{query}").content))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "My note: =1+1" in said
    assert f"Address of this basket: http://testserver/basket/?p={SYMBOL}:7,4&note.7=%3D1%2B1" in said
    records = rispy.loads(client.get(f"/basket.ris?{query}").content.decode())
    assert [record["urls"] for record in records] == [
        [f"http://testserver/{SYMBOL}/paragraphs/{number}/"] for number in (7, 4)
    ]
    assert [record.get("notes") for record in records] == [["=1+1"], None]


@pytest.mark.parametrize("ending", PASSAGE_FORMATS)
@pytest.mark.parametrize("query", ["p=xx", "p=99", "", "p=YYY/C/NON/9:1"])
def test_a_basket_without_a_paragraph_makes_no_file_but_says_why(client, world, ending, query):
    response = client.get(f"/basket.{ending}?{query}")
    assert (response.status_code, response.url) == (302, f"/basket/?{query}".rstrip("?"))
    page = read(client.get(response.url))
    assert "The basket is empty." in page.words and bool(problems(page)) == bool(query)
    assert "Remember" not in page.words


def test_a_file_says_what_of_the_basket_could_not_be_read(client, world):
    document = Document(BytesIO(client.get(f"/basket.docx?p={SYMBOL}:7,xx").content))
    said = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "“xx” is not a paragraph." in said and f"{SYMBOL}, paragraph 7" in said


@pytest.mark.parametrize("add", ["para 7", "paras. 7", "párr. 7", "paragraphe 7", "par. 7; ", "§ 7"])
def test_citations_of_all_languages_can_be_added(client, world, add):
    assert client.get("/basket/", {"p": f"{SYMBOL}:3", "add": add}).url == f"/basket/?p={SYMBOL}:3,7"


def test_no_number_of_paragraphs_makes_more_queries(client, world, django_assert_max_num_queries):
    client.get("/basket/")
    with django_assert_max_num_queries(9):
        client.get(f"/basket/?p={SYMBOL}:1-9&p={OTHER}:1-3")


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (f"/{SYMBOL}/paragraphs/7/", "7"),
        (f"/{SYMBOL}/replies/1/", "1-3"),
        (f"/{SYMBOL}/paragraphs/1-2,5/", "1%E2%80%932,%205"),
        ("/convention/articles/4/", "5"),
        ("/institutions/office-for-travellers/", "9"),
    ],
)
def test_pages_offer_their_paragraphs_for_the_basket(client, world, page, numbers):
    links = read(client.get(page)).links(**{"class": "add-to-basket"})
    assert f"/basket/?p={SYMBOL}:{numbers}" in links
    assert client.get(links[0]).status_code == 200
