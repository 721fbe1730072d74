"""Which names the reports print is found in their text, by every way in which names and texts come in."""

import pytest
from django.core.management import call_command

from sections.editing.merge_entries import move_names
from sections.editing.printed_names import settle_printed
from sections.exports.fixtures import as_text, fixture_files
from sections.models import Change, Name
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_other_report, make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    call_command("rebuild_search", verbosity=0)
    return made


built_world, world = shared_world(build_world)


def said(entry, text, *, printed, **more):
    """A name of which somebody said whether it is printed."""
    return Name.objects.create(entry=entry, text=text, in_report=printed, **more)


def is_printed(name):
    settle_printed([name])
    return Name.objects.get(pk=name.pk).in_report


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("NATIONAL office for Travéllers", "name", True),  # several words count whatever their case
        ("Office for Travellers", "name", True),  # inside a longer name, too
        ("budget", "name", True),
        ("BUDGET", "acronym", False),  # an acronym counts only as it is written
        ("Budget Office", "name", False),
        ("Travellers’ Act", "name", False),
    ],
)
def test_it_reads_the_text_as_the_linking_does(world, text, form, printed):
    assert is_printed(said(world.plan, text, form=form, printed=not printed)) is printed


def test_it_finds_a_name_that_only_another_report_prints(world):
    name = said(world.plan, "Guild of Ferrymen", printed=False)
    assert not is_printed(name)
    make_other_report(texts=("The Guild of Ferrymen rests.",))
    assert is_printed(name)
    call_command("rebuild_search", verbosity=0)
    assert is_printed(name)


def test_it_corrects_a_file_that_says_otherwise(world, tmp_path):
    for name, records in fixture_files():
        text = as_text(records)
        if name == "institutions.json":
            assert text.count('"in_report": false') == 1
            text = text.replace('"in_report": false', '"in_report": true')
        if records:
            (tmp_path / name).write_text(text, encoding="utf-8")
    call_command("load_report", yes=True, directory=tmp_path, verbosity=0)
    assert not Name.objects.get(text="Oficina Nacional de Viajeros").in_report


def test_it_says_what_a_moved_name_is_without_anybody_saying_it(world):
    name = said(world.office, "Ferry Board", printed=True)
    move_names([name], world.plan)
    assert not Name.objects.get(text="Ferry Board").in_report


def test_it_leaves_no_trace_where_all_is_right(world):
    settle_printed()
    Change.objects.all().delete()
    settle_printed()
    assert not Change.objects.exists()


def test_it_reads_a_report_that_is_imported_and_one_that_is_imported_again(world, tmp_path):
    name = said(world.plan, "Guild of Ferrymen", printed=False)
    source = tmp_path / "new.txt"

    def printed_after(text, *options):
        source.write_text(f"\t\tReply to paragraph 1\n1.\t{text}\n", encoding="utf-8")
        call_command("import_report", str(source), "--symbol", "XXX/C/NEW/1", *options, verbosity=0)
        return Name.objects.get(pk=name.pk).in_report

    assert printed_after("The guild of ferrymen rests.")
    assert not printed_after("The guild rests.", "--replace")
