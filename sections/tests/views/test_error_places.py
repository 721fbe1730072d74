"""The place in the form for reporting an error: any page of this site, and nothing else."""

import pytest

from sections.models import DatedEvent, ErrorReport, Figure, Place
from sections.search.service import rebuild
from sections.tests.support.error_form import FORM, PARAGRAPH, form_for
from sections.tests.support.forms import filled_in
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import SYMBOL, block, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def build():
    made = make_world()
    rebuild()
    return made


built_world, world = shared_world(build)


@pytest.mark.parametrize(
    ("about", "words", "first_words"),
    [
        (
            PARAGRAPH,
            "Third periodic report of Examplia, XXX/C/EXA/1, para. 1",
            "The National Office for Travellers (NOT)",
        ),
        (f"/es{PARAGRAPH}", "XXX/C/EXA/1", "The National Office"),
        (f"/{SYMBOL}/full/#p5", "para. 5", "The Office keeps no one from leaving."),
        (f"/{SYMBOL}/replies/1/", "Reply 1", ""),
        (f"/{SYMBOL}/paragraphs/2-4/", "paras. 2–4", "Travellers are told:"),
        (f"/{SYMBOL}/tables/1/", "para. 3, table 1", "Budget of the National Office"),
        ("/institutions/office-for-travellers/", "National Office for Travellers", ""),
        ("/convention/articles/4/", "Article 4: Leaving a country", ""),
        ("/convention/parts/3/", "Part III", ""),
        (f"/{SYMBOL}/timeline/", "Timeline", ""),
        ("/about/", "About", ""),
        ("/changes/", "Changes", ""),
        (f"http://testserver{PARAGRAPH}", "para. 1", ""),
    ],
)
def test_the_form_names_the_place(client, about, words, first_words):
    page = read(client.get(FORM, {"about": about}))
    (place,) = page.find(".//p[@class='place-of-error']")
    assert words in "".join(place.itertext())
    assert first_words in page.words
    assert about.removeprefix("http://testserver") in page.links()


def test_it_names_the_figure_the_date_and_the_place_of_a_list(client):
    span = {"block": block(3, 1), "start": 0, "end": 5, "surface": "1 200"}
    figure = Figure.objects.create(**span, value=1200, kind="money", unit="crowns", what="granted in 2014")
    day = "2014-01-01"
    date = DatedEvent.objects.create(**span, first=day, last=day, precision="year", sense="in", what="it was granted")
    Place.objects.create(slug="exaville", name="Exaville", kind="city")
    for about, words in (
        (f"/{SYMBOL}/figures/#figure-{figure.pk}", ["para. 3, “1 200”", "granted in 2014"]),
        (f"/{SYMBOL}/timeline/#date-{date.pk}", ["para. 3, “1 200”", "it was granted"]),
        (f"/{SYMBOL}/places/#exaville", ["Exaville"]),
        (f"/{SYMBOL}/figures/#figure-{10**17}", ["Figures"]),
    ):
        page = read(client.get(FORM, {"about": about}))
        assert [each for each in words if each not in page.words] == [], about


@pytest.mark.parametrize(
    "about",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/CMW",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/no-such-page/",
        f"/{SYMBOL}/paragraphs/223/",
        f"/{SYMBOL}/paragraphs/{'9' * 40}/",
        f"/{SYMBOL}/replies/{'9' * 40}/",
        f"/{SYMBOL}/tables/9/",
        f"/{SYMBOL}/paragraphs/8-12/",
        f"/{SYMBOL}/paragraphs/1-{'9' * 30}/",
        f"/{SYMBOL}/tables/{'9' * 30}/",
        "/institutions/nobody/",
        "/convention/articles/99/",
        "/admin/",
        "/report-an-error/",
        "/about/\r\nSet-Cookie: a=b",
        "/about/%0d%0a",
        "/institutions/%00/",
        "<script>alert(1)</script>",
        "/" + "a" * 600,
        "relative/",
        "http://[",
    ],
)
def test_it_leaves_out_in_words_what_is_no_page_of_this_site(client, about):
    answer = client.get(FORM, {"about": about})
    assert answer.status_code == 200
    assert "is not a page of this site" in read(answer).words
    assert filled_in(answer.content.decode())["about"] == ""
    assert "<script>alert" not in answer.content.decode()
    client.post(FORM, form_for(client) | {"about": about})
    assert ErrorReport.objects.get().address == ""


@pytest.mark.parametrize(
    ("address", "about"),
    [
        (PARAGRAPH, PARAGRAPH),
        ("/institutions/office-for-travellers/", "/institutions/office-for-travellers/"),
        (f"/{SYMBOL}/replies/1/", f"/{SYMBOL}/paragraphs/2/"),
        (f"/{SYMBOL}/tables/1/", f"/{SYMBOL}/tables/1/"),
        ("/convention/articles/4/", "/convention/articles/4/"),
        ("/laws/", "/laws/"),
        (f"/{SYMBOL}/full/", f"/{SYMBOL}/full/"),
    ],
)
def test_pages_lead_to_the_form_with_their_place(client, address, about):
    assert f"{FORM}?about={about}" in read(client.get(address)).links(rel="nofollow")


def test_each_figure_leads_to_the_form(client):
    span = {"block": block(3, 1), "start": 0, "end": 5, "surface": "1 200"}
    figure = Figure.objects.create(**span, value=1200, kind="money", unit="crowns", what="granted in 2014")
    page = read(client.get(f"/{SYMBOL}/figures/"))
    assert f"{FORM}?about=/{SYMBOL}/figures/%23figure-{figure.pk}" in page.links()
    assert f"figure-{figure.pk}" in page.ids()


def test_a_page_that_is_not_there_leads_to_the_form_without_a_place(client):
    links = read(client.get("/no-such-page/")).links(rel="nofollow")
    assert [link for link in links if FORM in link] == [FORM]
