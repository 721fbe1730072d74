"""Random samples at the desk, and the error rates that readers see."""

import pytest

from sections.exports.fixtures import fixture_files
from sections.models import Sample, SampleItem, current_version
from sections.queries.samples import drawn, rate_of, wilson
from sections.tests.support.desk import editor, words
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def draw(desk, kind="text", size=5):
    desk.post("/admin/samples/", {"kind": kind, "size": size, "checked_by": "Ana Checker"})
    return Sample.objects.last()


def say(desk, sample, **answers):
    """Posts answers by the position of the item, as position_3="wrong"."""
    given = {f"item-{item.position}-answer": item.answer for item in sample.items.all()}
    given |= {f"item-{name.removeprefix('position_')}-answer": answer for name, answer in answers.items()}
    return desk.post(f"/admin/samples/{sample.pk}/", given)


@pytest.mark.parametrize(
    ("wrong", "checked", "low", "high"),  # as the usual tables give them
    [
        (0, 10, 0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (0, 0, 0, 1),
        (3, 100, 0.0103, 0.0845),
    ],
)
def test_it_bounds_a_rate_by_wilsons_interval(wrong, checked, low, high):
    assert wilson(wrong, checked) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(("kind", "population"), [("text", 9), ("structure", 9), ("articles", 4), ("names", 9)])
def test_it_draws_items_of_every_kind_each_once(world, kind, population):
    items, count = drawn(world.report, kind, 200)
    assert count == len(items) == population
    assert all(text for _, text in items)
    some, count = drawn(world.report, kind, 3)
    assert count == population
    assert len(set(some)) == 3
    assert set(some) <= set(items)
    assert some == sorted(some, key=items.index)


def test_it_says_what_is_checked(world):
    texts = {kind: dict(drawn(world.report, kind, 200)[0]) for kind in ("text", "articles", "names", "structure")}
    assert texts["text"][5] == "The Office keeps no one from leaving."
    assert "Paragraph 5 relates to Article 4, Leaving a country" in texts["articles"].values()
    assert "“[The Office] keeps no one from leaving.” means National Office for Travellers" in texts["names"].values()
    assert "“Reply to paragraph 3”, level 4, under “1. Part III of the Convention”" in texts["structure"][5]


def test_it_keeps_every_answer_and_shows_the_rate_once_all_are_given(desk, client):
    sample = draw(desk)
    assert "Not measured: nobody has checked a sample yet." in read(client.get("/about/")).words
    before = current_version().content
    assert say(desk, sample, position_1="right", position_2="wrong").status_code == 302
    assert list(sample.items.values_list("answer", flat=True)) == ["right", "wrong", "", "", ""]
    assert rate_of(sample) is None
    say(desk, sample, position_1="", position_3="unsure")  # an older page takes no answer back
    say(desk, sample, position_4="right", position_5="right")
    assert list(sample.items.values_list("answer", flat=True)) == ["right", "wrong", "unsure", "right", "right"]
    assert current_version().content > before
    page = read(client.get("/about/"))
    assert "1 error in a random sample of 4: 25.0% (95% confidence interval: 4.6% to 69.9%)." in page.words
    assert "1 more item could not be decided." in page.words
    assert "Drawn from 9 on" in page.words
    assert "and checked by Ana Checker." in page.words
    assert "1 wrong of 4, 1 unsure" in words(desk.get("/admin/samples/"))
    assert "1 error in a random sample of 4" in read(client.get("/about/fidelity/")).words


def test_it_shows_the_last_sample_that_is_checked_to_the_end(desk, client):
    first = draw(desk, size=1)
    say(desk, first, position_1="wrong")
    draw(desk, size=1)
    assert "1 error in a random sample of 1" in read(client.get("/about/")).words


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "other"},
        {"size": "0"},
        {"size": "201"},
        {"size": "9" * 30},
        {"checked_by": ""},
        {"checked_by": "a\0"},
    ],
)
def test_it_draws_nothing_for_a_form_that_is_not_valid(desk, given):
    refused = desk.post("/admin/samples/", {"kind": "text", "size": "5", "checked_by": "Ana"} | given)
    assert refused.status_code == 422
    assert not Sample.objects.exists()


def test_it_keeps_nothing_of_a_page_with_an_invalid_answer(desk):
    sample = draw(desk)
    assert say(desk, sample, position_1="right", position_2="perhaps").status_code == 422
    assert set(sample.items.values_list("answer", flat=True)) == {""}


def test_it_writes_samples_into_the_fixtures(desk, world):
    sample = draw(desk, size=2)
    say(desk, sample, position_1="right")
    rows = [row for row in dict(fixture_files())["notes.json"] if row.model.startswith("sections.sample")]
    assert [(row.model, row.key) for row in rows] == [
        ("sections.sample", (world.report.symbol, 1)),
        ("sections.sampleitem", (world.report.symbol, 1, 1)),
        ("sections.sampleitem", (world.report.symbol, 1, 2)),
    ]
    assert SampleItem.objects.get_by_natural_key(*rows[1].key).answer == "right"
