"""Fixtures written and loaded where a report is there already, or none; those of the small world."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sections.models import Entry, Report
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def output_of(command, *args, **options):
    """What a command prints."""
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def world(db):
    return make_world()


def test_it_fills_an_empty_database_without_asking(tmp_path, world):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    Report.objects.all().delete()
    assert output_of("load_report", initial=True, directory=tmp_path).splitlines()[-1] == "Loaded 16 fixture files."
    assert Report.objects.get().paragraphs.count() == 9


def test_it_loads_nothing_over_a_report_that_is_there(world):
    assert output_of("load_report", initial=True) == "The database already holds a report; nothing was loaded.\n"


def test_it_asks_before_it_overwrites_what_an_editor_changed(tmp_path, monkeypatch, world):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    Entry.objects.filter(pk=world.office.pk).update(description="Said by an editor.")
    monkeypatch.setattr("builtins.input", lambda question: "no")
    assert output_of("load_report", directory=tmp_path).splitlines() == [
        "Reading 16 fixture files …",
        "sections.entry institution/office-for-travellers: differs from the fixture and would be overwritten",
        "0 to add, 1 to overwrite.",
        "Nothing was written.",
    ]
    world.office.refresh_from_db()
    assert world.office.description == "Said by an editor."
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    assert output_of("load_report", directory=tmp_path).splitlines()[-1] == "Loaded 16 fixture files."
    world.office.refresh_from_db()
    assert world.office.description == "Applies the Act."


def test_it_says_where_to_look_when_a_folder_holds_no_fixtures(tmp_path):
    with pytest.raises(CommandError, match="There are no fixtures in"):
        call_command("load_report", directory=tmp_path)


def test_it_writes_nothing_in_a_dry_run_and_says_what_it_would_write(tmp_path, world):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    Entry.objects.filter(pk=world.plan.pk).delete()
    printed = output_of("load_report", dry_run=True, directory=tmp_path).splitlines()
    assert "sections.entry: 1 to add" in printed
    assert printed[-1] == "Nothing was written."
    assert not Entry.objects.filter(slug="open-roads-plan").exists()


def test_it_counts_what_it_exports(tmp_path, world):
    assert output_of("export_fixtures", directory=tmp_path, dry_run=True).splitlines()[-2:] == [
        "16 new, 0 changed, 0 unchanged.",
        "Nothing was written.",
    ]
    assert list(tmp_path.iterdir()) == []
    printed = output_of("export_fixtures", directory=tmp_path).splitlines()
    assert "institutions.json: new, 3 records" in printed
    assert printed[-1] == "16 new, 0 changed, 0 unchanged."
    Entry.objects.filter(pk=world.office.pk).update(description="Said by an editor.")
    printed = output_of("export_fixtures", directory=tmp_path).splitlines()
    assert "institutions.json: changed, 3 records" in printed
    assert printed[-1] == "0 new, 1 changed, 15 unchanged."


def test_it_says_which_folder_is_missing(tmp_path, world):
    with pytest.raises(CommandError, match="Create it first, or name another with --directory"):
        call_command("export_fixtures", directory=tmp_path / "nowhere")
