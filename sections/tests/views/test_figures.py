"""Pages of figures, sums, dates and places, the files beside them, and the command that finds them."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sections.models import CheckedSum, DatedEvent, Figure, Paragraph, Place, PlaceMention
from sections.tests.support.pages import read
from sections.tests.support.shared_world import remove_all, shared_world
from sections.tests.support.world import SYMBOL, block, make_world

ROOT = f"/{SYMBOL}"


def figure(number, position, surface, **more):
    """A figure at the words of a block of the world."""
    at = block(number, position)
    start = at.text.index(surface)
    made = {"kind": "money", "unit": "crowns", "what": "budget, granted"} | more
    return Figure.objects.create(block=at, start=start, end=start + len(surface), surface=surface, **made)


def build_world():
    """The world with two figures in its table, a sum, two dates and a place with a city in it."""
    made = make_world()
    first = figure(3, 1, "1 200", value=1200, period="2014", first_year=2014, last_year=2014)
    second = figure(3, 1, "1 300", value=1300, period="2015", first_year=2015, last_year=2015)
    once = figure(4, 0, "once", value=1, kind="time", unit="times", what="counts")
    made.sum = CheckedSum.objects.create(
        paragraph=Paragraph.objects.get(number=3), position=1, kind="sum", what="both years", total=second
    )
    made.sum.addends.set([first, once])
    year, note = block(3, 1), block(4, 1)
    for at, surface, what in [(year, "2014", "Granted"), (note, "May", "Counted")]:
        DatedEvent.objects.create(
            block=at, start=at.text.index(surface), end=at.text.index(surface) + len(surface), surface=surface,
            first=date(2014 + (at == note), 1, 1), last=date(2014 + (at == note), 12, 31), precision="year",
            sense="on", what=what, understood="Said before" if at == note else "",
        )  # fmt: skip
    low = Place.objects.create(
        slug="low", name="Lowland", kind="entity", names=["Lowland"], code="LOW", row=0, column=0
    )
    Place.objects.create(slug="high", name="Highland", kind="entity", names=["Highland"], code="HIG", row=0, column=1)
    port = Place.objects.create(slug="port", name="Port", kind="city", names=["Port"], within=low)
    PlaceMention.objects.create(block=block(8), start=0, end=2, surface="No", place=port)
    return made


built_world, world = shared_world(build_world)


def test_it_lists_the_figures_with_what_they_count(client, world):
    page = read(client.get(f"{ROOT}/figures/"))
    assert (page.h1, page.title[:20]) == (["Figures"], "Figures, XXX/C/EXA/1")
    assert "3 figures" in page.words
    assert "1 200 Budget, granted crowns 2014 Paragraph 3" in page.words
    assert "once = 1 Counts times Paragraph 4" in page.words
    assert any(link.startswith(f"{ROOT}/paragraphs/4/#:~:text=") for link in page.links())


@pytest.mark.parametrize(
    ("query", "words", "left_out"),
    [
        ("kind=money&sort=value", "2 of 3 figures Kind money Order value, the greatest first", "once"),
        ("year=2015", "1 of 3 figures Year 2015", "1 200"),
        ("text=GRANTED+2014", "1 of 3 figures Search figures GRANTED 2014", "1 300"),
        ("standing=text", "1 of 3 figures Where in the text", "1 300"),
        ("paragraph=4", "1 of 3 figures Paragraph 4", "1 300"),
    ],
)
def test_it_narrows_the_figures(client, world, query, words, left_out):
    page = read(client.get(f"{ROOT}/figures/?{query}"))
    assert words in page.words
    assert left_out not in page.words.split("Paragraph ", 1)[1]


def test_it_sorts_by_value_and_helps_when_nothing_fits(client, world):
    words = read(client.get(f"{ROOT}/figures/?sort=value")).words
    assert words.index("1 300") < words.index("1 200") < words.index("once")
    assert "No figure matches all filters." in read(client.get(f"{ROOT}/figures/?text=nowhere")).words
    assert "was left out" in read(client.get(f"{ROOT}/figures/?kind=nonsense&year=x")).words


def test_it_gives_the_figures_as_files(client, world):
    rows = list(csv.DictReader(StringIO(client.get(f"{ROOT}/figures.csv?kind=money").content.decode("utf-8-sig"))))
    assert [(row["value"], row["printed"], row["paragraph"]) for row in rows] == [
        ("1200", "1 200", "3"),
        ("1300", "1 300", "3"),
    ]
    response = client.get(f"{ROOT}/figures.json")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert [row["value"] for row in json.loads(response.content)["figures"]] == ["1200", "1300", "1"]


def test_it_checks_the_sums(client, world):
    page = read(client.get(f"{ROOT}/figures/sums/"))
    assert "1 check: 0 agree, 1 differs." in page.words
    assert "1,200 + 1 = 1,201 ≠ Differs: the parts add up to 1,201; 1,300 is printed (99 more)." in page.words
    assert "gives no totals" in page.words
    assert world.sum.get_absolute_url().split("#")[1] in page.ids()


def test_it_shows_the_dates_by_year(client, world):
    page = read(client.get(f"{ROOT}/timeline/"))
    assert page.h1 == ["Timeline"]
    assert "2014 Granted Paragraph 3" in page.words
    assert "May Counted No year is given. Said before." in page.words
    assert {"y2014", "y2015"} <= set(page.ids())
    rows = list(csv.DictReader(StringIO(client.get(f"{ROOT}/timeline.csv").content.decode("utf-8-sig"))))
    assert [(row["first"], row["what"]) for row in rows] == [("2014-01-01", "Granted"), ("2015-01-01", "Counted")]


def test_it_shows_the_places_and_their_map(client, world):
    page = read(client.get(f"{ROOT}/places/"))
    lowland, port = page.words.index("Lowland LOW"), page.words.index("Port Paragraph 8")
    assert lowland < port
    assert "Not mentioned: Highland." in page.words
    assert "#low" in page.links() and "low" in page.ids() and "#high" not in page.links()
    rows = json.loads(client.get(f"{ROOT}/places.json").content)["places"]
    assert rows == [{"place": "Port", "kind": "city", "within": "Lowland", "code": "", "paragraphs": "8"}]


def test_it_draws_a_table_and_gives_it_as_files(client, world):
    page = read(client.get(f"{ROOT}/tables/1/"))
    assert "Bars for 2014 and 2015. Granted: from 1 200 (2014) to 1 300 (2015)." in page.words
    assert "totals" not in page.words
    assert client.get(f"{ROOT}/tables/1.csv").content == b"\xef\xbb\xbf,2014,2015\r\nGranted,1200,1300\r\n"
    assert json.loads(client.get(f"{ROOT}/tables/1.json").content)["values"] == [["1200", "1300"]]
    assert client.get(f"{ROOT}/tables/2.csv").status_code == 404


def test_it_links_to_the_figures_from_the_report_and_from_the_margin(client, world):
    assert f"{ROOT}/figures/" in read(client.get(f"{ROOT}/")).links()
    assert f"{ROOT}/figures/?paragraph=3" in read(client.get(f"{ROOT}/paragraphs/3/")).links()
    assert not any("figures/?paragraph" in link for link in read(client.get(f"{ROOT}/paragraphs/8/")).links())


@pytest.mark.parametrize("page", ["figures", "figures/sums", "timeline", "places"])
def test_it_asks_no_more_when_there_is_more(client, world, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        assert client.get(f"{ROOT}/{page}/").status_code == 200
    moved = client.get(f"{ROOT.lower()}/{page}/")
    assert (moved.status_code, moved["Location"]) == (301, f"{ROOT}/{page}/")


@pytest.mark.parametrize("page", ["figures", "figures/sums", "timeline", "places"])
def test_it_says_so_when_nothing_is_held(client, db, page):
    remove_all()
    make_world()
    assert "This site has no " in read(client.get(f"{ROOT}/{page}/")).words


def test_it_answers_in_the_api(client, world):
    answer = client.get("/api/v1/figures/?kind=money&limit=1").json()
    assert (answer["count"], answer["results"][0]["value"], answer["results"][0]["paragraph"]) == (2, "1200", 3)
    assert client.get("/api/v1/figures/?kind=nonsense").status_code == 400
    assert client.get("/api/v1/figures/?text=counts&year=2015").json()["count"] == 0


def test_it_finds_what_is_missing_and_changes_nothing(world):
    before = list(Figure.objects.values_list("pk", "what"))
    out = StringIO()
    call_command("find_figures", SYMBOL, stdout=out)
    call_command("find_figures", stdout=out)
    assert out.getvalue().splitlines() == [
        f"{SYMBOL}: added 0 figures, 2 dates and 0 places.",
        f"{SYMBOL}: added 0 figures, 0 dates and 0 places.",
    ]
    assert list(Figure.objects.values_list("pk", "what")) == before
    with pytest.raises(CommandError, match="There is no report YYY"):
        call_command("find_figures", "YYY/C/1")
