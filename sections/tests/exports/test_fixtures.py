"""The fixtures against the source that they come from, and against themselves."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from sections.exports.fixtures import as_text, fixture_files
from sections.linking.sync import plan_links
from sections.linking.tokens import tokens
from sections.models import Block, Entry, Mention, Name, Relation, Report, ShortForm
from sections.models.kinds import KINDS_BY_TYPE

FIXTURES = settings.FIXTURE_DIRS[0]

# First and together, as each process that has one of them loads the whole report.
pytestmark = pytest.mark.long

# What is asked of the content alone, and is the same in every database.
of_content = pytest.mark.apart


def output_of(command, *args, **options):
    """What a command prints."""
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The database with the fixtures in it, loaded as their README says; taken back after this file."""
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if "manage.py loaddata" in line)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *line.split("loaddata", 1)[1].split(), verbosity=0)
        yield Report.objects.default()
        transaction.set_rollback(True)


def test_it_writes_back_the_bytes_that_it_loaded(loaded):
    for name, records in fixture_files():
        assert as_text(records) == (FIXTURES / name).read_text(encoding="utf-8"), name


def test_it_changes_nothing_when_it_is_loaded_again(loaded):
    assert output_of("load_report", yes=True).splitlines() == [
        "Reading 16 fixture files …",
        "0 to add, 0 to overwrite.",
        "Loaded 16 fixture files.",
    ]


@of_content
def test_it_holds_the_source_paragraph_by_paragraph(loaded):
    assert "every one is as in the source" in output_of("verify_report", loaded.symbol)


@of_content
def test_it_holds_the_mentions_that_the_names_give(loaded):
    plan = plan_links(loaded)
    assert (plan.add, plan.change, plan.remove) == ([], [], [])


@of_content
def test_it_leaves_no_short_form_open(loaded):
    assert output_of("link_report", unresolved=True) == "0 left open for an editor.\n"


@of_content
def test_it_keeps_each_mention_at_the_words_that_it_quotes(loaded):
    for mention in Mention.objects.select_related("block"):
        assert mention.block.text[mention.start : mention.end] == mention.surface


@of_content
def test_it_gives_each_entry_a_kind_of_its_type(loaded):
    assert [entry for entry in Entry.objects.all() if entry.kind not in KINDS_BY_TYPE[entry.type]] == []


@of_content
def test_it_finds_in_the_report_each_name_that_is_said_to_be_in_it(loaded):
    report = [token.folded for block in Block.objects.all() for token in [*tokens(block.text), *tokens("¶")]]
    text = f" {' '.join(report)} "
    printed = [*Name.objects.filter(in_report=True), *ShortForm.objects.all()]
    assert [str(name) for name in printed if not _stands_in(text, name.text)] == []


@of_content
def test_it_states_a_paragraph_for_each_relation_and_description(loaded):
    assert not Relation.objects.filter(paragraph=None).exists()
    assert not Entry.objects.exclude(description="").filter(description_paragraph=None).exists()


@of_content
def test_it_answers_for_every_paragraph_and_entry(loaded):
    client = Client()
    paths = [f"paragraphs/{number}/" for number in loaded.paragraphs.values_list("number", flat=True)]
    paths += [f"{type}s/{slug}/" for type, slug in Entry.objects.values_list("type", "slug")]
    assert [path for path in paths if client.get(f"/api/v1/{path}").status_code != 200] == []


@of_content
def test_it_mentions_every_entry(loaded):
    assert [str(entry) for entry in Entry.objects.filter(mentions=None)] == []


def _stands_in(text, name):
    plain = name.replace("[", " ").replace("]", " ")
    return f" {' '.join(token.folded for token in tokens(plain))} " in text
