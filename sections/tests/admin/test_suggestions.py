"""The desk's suggestions: what it lists, what it leaves out, and how the list gets empty."""

import pytest
from django.utils.html import escape

from sections.editing.relink import apply_plans
from sections.linking.candidates import candidates
from sections.linking.find_mentions import TextBlock
from sections.linking.names import KnownName
from sections.linking.similar import similar_names
from sections.linking.sync import plan_links
from sections.models import Dismissal, Entry, Name
from sections.search.service import rebuild
from sections.tests.support.desk import editor, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, make_other_report, make_world

TEXTS = (
    "The Harbour Guard helps. The guard of the harbour rests in January 2015, and Harbour Guard boats wait.",
    "The LOTUS met Mr. Bono Brix at the office.",
)


def found_in(*texts, taken=None, names=()):
    blocks = [TextBlock(number, number, 1, text) for number, text in enumerate(texts, 1)]
    found = candidates(blocks, taken or {}, [KnownName(name, 1) for name in names])
    return {each.words: len(each.places) for each in found if not each.is_person}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Harbour Guard and Ministry of Ports met the harbour guard.", {"Harbour Guard and Ministry of Ports": 1}),
        ("They met. Several boats of the LOTUS left; several others of the IMO and the lotus came.", {"IMO": 1}),
        ("See Part III, Annex II and article 9 of CMW/C/MEX/3.", {}),
        ("In January 2015, Monday came. Boats came in February.", {}),
        ("It wrote to Mr. Bono Brix and Ms. Ada Lind.", {}),
        ("Nine Harbours agreed. Twelve Harbour Guard boats came.", {"Harbour Guard": 1}),
        ("Asked\tTotal\tDropped\nHarbour Guard\tGranted\nPorts", {"Harbour Guard": 1}),
    ],
)
def test_it_finds_groups_of_capitalised_words_and_acronyms(text, found):
    assert found_in(text, names=["harbour ports ministry guard"]) == found


def test_it_leaves_out_what_is_linked_or_a_place_and_says_what_is_probably_a_person():
    text = "The Harbour Guard of Port Royal thanked Ada Lindqvist."
    start = text.index("Port Royal")
    taken = {1: [(4, 17), (start, start + 10)]}
    found = candidates([TextBlock(1, 1, 1, text)], taken, [])
    assert [(each.words, each.is_person) for each in found] == [("Ada Lindqvist", True)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Harbour Guard Office", "Office for the Harbour Guard", True),
        ("Harbour Guard Office", "Harbor Guard Office", True),
        ("Harbour Guard", "Harbour Guard Office", True),
        ("Harbour", "Harbour Guard Office", False),
        ("Harbour Guard Office", "Harbour Police Office", False),
    ],
)
def test_names_that_are_nearly_equal_or_stand_in_one_another_are_alike(one, other, alike):
    assert bool(similar_names({1: [one], 2: [other]})) == alike


def build_world():
    made = make_world()
    made.other = make_other_report(texts=TEXTS)
    rebuild()
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def desk(client, world):
    return editor(client)


def page(desk, **query):
    return desk.get("/admin/suggestions/", {"report": "XXX/C/OTH/1", **query})


def test_it_lists_the_names_of_a_report_with_their_places_and_of_one_paragraph(desk, world):
    assert "Harbour Guard 2 places" in words(page(desk)) and "LOTUS 1 place" in words(page(desk))
    one = words(page(desk, paragraph="2"))
    assert "LOTUS" in one and "Harbour Guard" not in one
    assert "Harbour Guard" not in words(desk.get("/admin/suggestions/"))  # of the default report


def test_what_is_no_name_is_dismissed_with_who_and_when_and_can_be_suggested_again(desk, world):
    told = {"kind": "name", "key": "lotus", "words": "LOTUS", "report": "XXX/C/OTH/1"}
    answer = desk.post("/admin/suggestions/dismiss/", told, follow=True)
    dismissal = Dismissal.objects.get()
    assert (dismissal.words, dismissal.user_name, dismissal.when is not None) == ("LOTUS", "ana", True)
    assert "“LOTUS”: not a name (ana," in words(answer) and "LOTUS 1 place" not in words(answer)
    desk.post("/admin/suggestions/dismiss/", told)
    assert Dismissal.objects.count() == 1
    desk.post("/admin/suggestions/dismiss/", {"again": dismissal.pk, "report": "XXX/C/OTH/1"})
    assert "LOTUS 1 place" in words(page(desk))


@pytest.mark.parametrize("told", [{}, {"kind": "x", "key": "a", "words": "b"}, {"again": "9" * 30}, {"again": "x"}])
def test_a_dismissal_of_nothing_is_refused_in_words(desk, world, told):
    answer = desk.post("/admin/suggestions/dismiss/", told, follow=True)
    assert "This page was out of date." in words(answer)
    assert not Dismissal.objects.exists()


def test_a_name_leads_to_the_form_of_a_new_entry_or_of_one_that_gets_it(desk, world):
    assert f"/admin/sections/law/add/?name={'Harbour%20Guard'}" in page(desk).content.decode()
    assert 'value="Harbour Guard"' in desk.get("/admin/sections/law/add/?name=Harbour%20Guard").content.decode()
    answer = page(desk, as_name="Harbour Guard", entry="NOT")
    assert answer.url.startswith(f"/admin/sections/institution/{world.office.pk}/change/?name_text=Harbour+Guard")
    assert 'value="Harbour Guard"' in desk.get(answer.url.partition("#")[0]).content.decode()
    refused = page(desk, as_name="Harbour Guard", entry="Nobody")
    assert escape("No entry is named “Nobody”") in refused.content.decode()


def test_a_name_that_gets_an_entry_is_not_suggested_any_more(desk, world):
    Entry.objects.create(type="institution", slug="harbour-guard", name="Harbour Guard", kind="agency")
    Name.objects.create(entry=world.office, text="LOTUS", form="acronym")
    apply_plans([plan_links(world.other)])
    left = words(page(desk))
    assert "Harbour Guard 2 places" not in left and "LOTUS 1 place" not in left


def test_entries_that_may_be_the_same_are_listed_until_somebody_says_that_they_are_two(desk, world):
    twin = Entry.objects.create(type="institution", slug="twin", name=f"{OFFICE} Abroad", kind="agency")
    assert f"{OFFICE} · {twin.name}" in words(page(desk))
    key = f"{world.office.pk}-{twin.pk}"
    desk.post("/admin/suggestions/dismiss/", {"kind": "pair", "key": key, "words": "both"})
    assert f"{OFFICE} · {twin.name}" not in words(page(desk))
