"""What hits and filters of the results page are called, and what is kept of a page from one search to the next."""

import gzip

import pytest

from sections.templatetags import hits
from sections.tests.support.pages import read, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL, make_indexed_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_indexed_world)


def search(client, q, **given):
    return read(client.get("/search/", {"q": q, **given}))


def test_it_names_the_value_of_a_filter_that_is_written_in_another_form(client, world):
    assert "Remove the filter Article 4: Leaving a country" in read(client.get("/search/?article=04")).words
    assert "Remove the filter Part III" in read(client.get("/search/?part=03")).words


def test_it_names_no_other_address_as_its_own(client, world):
    for q in ("travellers", "xyzzy"):
        assert not [tag for tag in search(client, q).tags if tag[0] == "link" and tag[1].get("rel") == "canonical"]


def test_a_hit_names_an_entry_by_its_new_name(client, world):
    assert f"{OFFICE}, {PLAN}, {ACT}" in search(client, "runs").words
    world.plan.name = "Closed Roads Plan"
    world.plan.save()
    assert f"{OFFICE}, Closed Roads Plan, {ACT}" in search(client, "runs").words


def test_a_hit_leads_to_its_paragraph_for_the_entries_that_it_does_not_list(client, world, monkeypatch):
    monkeypatch.setattr(hits, "MOST_ENTRIES", 1)
    hits.rendered_links.cache_clear()
    (named,) = search(client, "runs").find('.//ol[@class="hits"]//p[@class="named"]')
    hits.rendered_links.cache_clear()
    assert (words(named), [link.get("href") for link in named]) == (
        f"{OFFICE}, 2 more",
        ["/institutions/office-for-travellers/", f"/{SYMBOL}/paragraphs/7/"],
    )


def test_it_answers_304_to_who_has_the_page_already(client, world):
    asked = {"path": "/search/?q=travellers+act+office", "headers": {"accept-encoding": "gzip"}}
    first, again = client.get(**asked), client.get(**asked)
    assert (gzip.decompress(again.content), again["ETag"]) == (gzip.decompress(first.content), first["ETag"])
    assert first["Content-Encoding"] == "gzip"
    asked["headers"]["if-none-match"] = first["ETag"]
    assert client.get(**asked).status_code == 304
    assert client.get(asked["path"]).content[:9] == b"<!doctype"


def test_it_explains_itself_only_where_debug_is_on(client, world, settings):
    assert "· runs" not in search(client, "runs", explain="1").words
    settings.DEBUG = True
    assert "Convention · runs" in search(client, "runs", explain="1").words


def test_it_answers_with_few_queries_and_shows_an_edit_at_once(client, world, django_assert_max_num_queries):
    search(client, "travellers")
    with django_assert_max_num_queries(6):
        search(client, "travellers")
    world.office.name = "Office of Roads"
    world.office.save()
    assert "Office of Roads" in search(client, "travellers").words
