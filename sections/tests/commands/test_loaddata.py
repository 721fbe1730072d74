"""Fixtures loaded into a site in use: pages and search show them at once, without a further command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from sections.models import Mention, Name, Report, SearchSegment, current_version
from sections.search.service import SearchRequest, is_up_to_date, rebuild, search
from sections.tests.support.world import OFFICE, SYMBOL, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    made = make_world()
    rebuild()
    return made


@pytest.fixture
def files(world, tmp_path):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    return tmp_path


def load(*paths):
    call_command("loaddata", *map(str, paths), verbosity=0)


def rewrite(path, change):
    """Changes the records of a fixture file in place."""
    records = json.loads(path.read_text(encoding="utf-8"))
    for record in records:
        change(record["fields"])
    path.write_text(json.dumps(records), encoding="utf-8")


def numbers(q):
    return [hit.number for hit in search(SearchRequest(q)).hits]


def test_links_that_were_loaded_are_found_at_once(world, files):
    Mention.objects.filter(entry=world.office).delete()
    assert numbers("institution:NOT") == []
    segment = SearchSegment.objects.get()
    load(files / "mentions-XXX-C-EXA-1.json")
    assert numbers("institution:NOT") == [1, 3, 5, 7, 9]
    assert SearchSegment.objects.get().seq == segment.seq
    assert is_up_to_date()


def test_names_that_were_loaded_are_found_at_once(client, world, files):
    assert search(SearchRequest("wayfarers bureau")).entries == ()
    names = current_version().names
    rewrite(
        files / "institutions.json",
        lambda fields: fields.update(text="Wayfarers Bureau") if fields.get("text") == "NOT" else None,
    )
    load(files / "institutions.json")
    assert current_version().names > names
    assert Name.objects.filter(text="Wayfarers Bureau").exists()
    assert search(SearchRequest("wayfarers bureau")).entries[0].name == OFFICE


def test_a_text_that_was_loaded_is_found_at_once(client, world, files):
    assert numbers("wombats") == []

    def change(fields):
        if "text" in fields:
            fields["text"] = fields["text"].replace("No other fact", "No wombats")

    rewrite(files / "report-XXX-C-EXA-1.json", change)
    load(files / "report-XXX-C-EXA-1.json")
    assert numbers("wombats") == [8]
    assert "No wombats is known." in client.get(f"/{SYMBOL}/paragraphs/8/").content.decode()
    assert is_up_to_date()


def test_a_report_that_was_loaded_is_found_at_once(world, files):
    Report.objects.all().delete()
    assert search(SearchRequest("travellers")).count == 0
    load(*(files / name for name in ("report-XXX-C-EXA-1.json", "mentions-XXX-C-EXA-1.json")))
    assert numbers("institution:NOT") == [1, 3, 5, 7, 9]
    assert is_up_to_date()


def test_an_index_is_out_of_date_when_only_the_content_differs(world):
    assert is_up_to_date()
    Mention.objects.filter(entry=world.office).update(review="rejected")
    assert not is_up_to_date()
    call_command("rebuild_search", "--if-needed", stdout=StringIO())
    assert is_up_to_date()
