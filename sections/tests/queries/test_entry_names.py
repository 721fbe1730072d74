"""Tests of the names of entries in the reader's language, and of the lists that sort by them."""

import pytest
from django.utils.translation import override

from sections.models import Entry, Name, Report
from sections.queries.entries import in_order
from sections.queries.entry_names import EntryName, shown_name
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, make_world

SPANISH = "Oficina Nacional de Viajeros"


built_world, world = shared_world(make_world)


@pytest.fixture
def report(world):
    Report.objects.update(original_language="Spanish")
    return Report.objects.get()


def named(report, language, slug="office-for-travellers"):
    with override(language):
        return shown_name(report, Entry.objects.get(slug=slug))


def test_the_own_name_comes_first_and_that_of_the_text_under_it(report):
    assert named(report, "es") == EntryName(SPANISH, "es", OFFICE, "en")


def test_a_page_in_a_third_language_shows_the_original_name_under_that_of_the_text(report):
    assert named(report, "fr") == EntryName(OFFICE, "en", SPANISH, "es")


def test_a_page_in_the_language_of_the_text_reads_no_names(report, django_assert_num_queries):
    office = Entry.objects.get(slug="office-for-travellers")
    with override("en-gb"), django_assert_num_queries(0):
        assert shown_name(report, office) == EntryName(OFFICE, "en")


def test_an_entry_without_own_name_keeps_that_of_the_text(report):
    assert named(report, "es", slug="travellers-act") == EntryName(ACT, "en")


def test_of_several_own_names_the_fullest_is_shown_and_never_an_acronym(report):
    office = Entry.objects.get(slug="office-for-travellers")
    for text, form in (("Oficina", "name"), (f"{SPANISH} y Viajeras", "name"), ("ONV" * 20, "acronym")):
        Name.objects.create(entry=office, text=text, language="es", form=form)
    assert named(report, "es").text == f"{SPANISH} y Viajeras"


def test_lists_sort_by_the_name_that_they_show(report):
    office = Entry.objects.get(slug="office-for-travellers")
    other = Entry.objects.create(type="institution", slug="zonal-office", name="Zonal Office", kind="office")
    Name.objects.create(entry=other, text="«Ámbito» zonal", language="es", form="name")
    orders = []
    for language in ("en-gb", "es"):
        with override(language):
            orders.append(in_order(report, [office, other], "name"))
    assert orders == [[office, other], [other, office]]


def test_pages_in_spanish_call_the_entry_by_its_own_name(report, client):
    page = read(client.get("/es/institutions/office-for-travellers/"))
    assert page.h1[0].startswith(SPANISH)
    assert page.title.startswith(SPANISH)
    for address in ("/es/institutions/", "/es/", f"/es/{report.symbol}/paragraphs/1/"):
        assert SPANISH in read(client.get(address)).words, address
    letters = read(client.get("/es/institutions/?letter=O")).words
    assert SPANISH in letters
    assert SPANISH not in read(client.get("/es/institutions/?letter=N")).words


def test_the_search_offers_the_own_name_to_readers_of_its_language(report, client):
    from_spanish = client.get("/es/search/suggest/?q=oficina").content.decode()
    assert SPANISH in from_spanish
