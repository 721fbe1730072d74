"""The registers of the invented world: what they list, how they narrow and sort."""

import pytest

from sections.models import Entry, Name
from sections.tests.support.pages import read
from sections.tests.support.shared_world import remove_all, shared_world
from sections.tests.support.world import OFFICE, make_world

pytestmark = pytest.mark.django_db

BOARD = "Écoles Board"


def build_world():
    made = make_world()
    made.board = Entry.objects.create(type="institution", slug="ecoles-board", name=BOARD, kind="council")
    Entry.objects.create(type="institution", slug="3rd-court", name="3rd Court", kind="court")
    return made


built_world, world = shared_world(build_world)


def rows(response):
    """The names in the table, in order."""
    return [entry.name for entry in response.context["page"].object_list]


def asked(client, query):
    return rows(client.get(f"/institutions/?{query}"))


def test_it_lists_a_register_by_name_with_acronym_kind_years_and_paragraphs(client, world):
    response = client.get("/institutions/")
    page = read(response)
    assert page.h1 == ["Institutions"]
    assert rows(response) == ["3rd Court", BOARD, OFFICE]
    assert "3 institutions" in page.words
    assert f"{OFFICE} NOT agency or institute since 2012 paragraphs 1, 3, 5, 7 and 9 5 paragraphs" in page.words
    assert [attrs.get("scope") for tag, attrs in page.tags if tag == "th"] == ["col"] * 5 + ["row"] * 3


def test_it_sorts_by_number_of_paragraphs(client, world):
    response = client.get("/institutions/?sort=paragraphs")
    assert rows(response) == [OFFICE, "3rd Court", BOARD]
    assert "3 institutions Order number of paragraphs" in read(response).words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=agency", [OFFICE]),
        ("letter=E", [BOARD]),
        ("letter=%23", ["3rd Court"]),
        ("text=ECOLES", [BOARD]),
        ("text=not", [OFFICE]),
        ("text=viajeros+nacional", [OFFICE]),
        ("text=travellers&kind=council", []),
        ("part=3", [OFFICE]),
        ("article=1", [OFFICE]),
        ("article=6&letter=N&text=office&kind=agency&part=3", [OFFICE]),
    ],
)
def test_it_narrows(client, world, query, found):
    assert asked(client, query) == found


def test_it_counts_no_rejected_mention(client, world):
    page = client.get("/programmes/").context["page"]
    assert [(entry.slug, entry.paragraph_count) for entry in page.object_list] == [("open-roads-plan", 1)]


def test_it_says_in_words_what_was_asked_and_keeps_it_in_the_form(client, world):
    page = read(client.get("/institutions/?text=office&part=3&letter=N"))
    words = "1 of 3 institutions Name or acronym office Under a heading for Part III Letter N"
    assert words in page.words
    assert ("input", "office") in [(tag, attrs.get("value")) for tag, attrs in page.tags if attrs.get("name") == "text"]
    assert [attrs["value"] for tag, attrs in page.tags if tag == "option" and "selected" in attrs] == ["3", ""]
    assert "?text=office&part=3" in page.links(**{"aria-current": None})
    assert page.links().count("/institutions/") >= 2


def test_it_offers_only_letters_and_kinds_that_show_something(client, world):
    response = client.get("/institutions/?text=o&letter=N")
    assert [letter for letter, used in response.context["letters"] if used] == ["E", "N", "#"]
    assert response.context["kinds"] == [("agency", "agency or institute", 1)]


def test_it_helps_when_nothing_is_found(client, world):
    response = client.get("/institutions/?text=zebra&kind=court")
    page = read(response)
    assert "No institution matches all filters." in page.words
    assert {"?kind=court", "?text=zebra", "/laws/?text=zebra", "/programmes/?text=zebra"} <= set(page.links())


@pytest.mark.parametrize("query", ["kind=x", "part=99", "article=y", "letter=no", "sort=up", "text=%00", "page=z"])
def test_it_leaves_out_what_makes_no_sense(client, world, query):
    response = client.get(f"/institutions/?{query}")
    assert (response.status_code, len(rows(response))) == (200, 3)


def test_it_says_which_filter_was_left_out(client, world):
    assert "This filter was left out." in read(client.get("/institutions/?part=99")).words


def test_it_turns_pages_past_three_hundred_entries(client, world):
    Entry.objects.bulk_create(
        Entry(type="institution", slug=f"x{number}", name=f"X {number:03}", kind="unit") for number in range(299)
    )
    first, second = client.get("/institutions/?sort=name"), client.get("/institutions/?sort=name&page=2")
    assert (len(rows(first)), len(rows(second))) == (300, 2)
    assert read(first).links(rel="next") == ["?sort=name&page=2"]
    assert read(second).links(rel="prev") == ["?sort=name&page=1"]


def test_it_asks_the_database_no_more_for_more_rows(client, world, django_assert_max_num_queries):
    query = "kind=unit&text=x&letter=X"
    Entry.objects.create(type="institution", slug="x", name="X", kind="unit")
    with django_assert_max_num_queries(15):
        assert asked(client, query) == ["X"]
    entries = Entry.objects.bulk_create(
        Entry(type="institution", slug=f"x{number}", name=f"X {number:03}", kind="unit") for number in range(60)
    )
    Name.objects.bulk_create(Name(entry=entry, text=f"{entry.name}A", form="acronym") for entry in entries)
    with django_assert_max_num_queries(15):
        assert len(asked(client, query)) == 61


def test_it_says_that_a_register_is_empty(client):
    remove_all()
    assert "The list contains no laws yet." in read(client.get("/laws/")).words
