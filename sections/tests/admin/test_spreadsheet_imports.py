"""Rows of a list: every fault is named at its cell, and what is confirmed is written."""

import pytest

from sections.editing.spreadsheets.lists import DELETE, ID
from sections.editing.spreadsheets.register import LISTS
from sections.models import Entry, Mention, Note, Subjects, Synonym, Upload
from sections.tests.support import desk
from sections.tests.support.pages import read
from sections.tests.support.spreadsheets import (
    ACT_HERE,
    FORM,
    NO_LAW,
    OFFICE_HERE,
    PLAN_HERE,
    add_awkward_rows,
    as_csv,
    faults,
    named,
    outcome,
    related,
    rows_of,
    send,
    state,
    write,
)  # fmt: skip
from sections.tests.support.world import ACT, OFFICE, PLAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client, world):
    """An editor, beside a world in which each list has rows, some of them awkward."""
    add_awkward_rows(world)
    return desk.editor(client)


def test_it_names_all_errors_of_a_row_at_once(ana):
    rows = [{
        "type": "castle", "slug": "A b", "name": "", "kind": "act", "description": "x" * 501,
        "description_paragraph": "4000", "start_year": "99999", "end_year": "1-Jan-17",
    }]  # fmt: skip
    assert faults(ana, rows) == [(2, column) for column in sorted(set(rows[0]) - {"kind"})]
    answer = read(ana.get(f"/admin/lists/{Upload.objects.last().pk}/")).words
    assert "is none of the values of this column, which are: institution, law, programme." in answer
    assert "Give a number from 1000 to 2999." in answer and "is a date, which the spreadsheet has made" in answer


NOWHERE = {
    "names": [named("entry", NO_LAW) | {"text": "Q"}, {"entry_slug": "nowhere", "text": "Q"}],
    "short-forms": [
        named("entry", NO_LAW) | FORM,
        named("entry", ACT_HERE) | FORM | {"paragraphs": "8; 4000"},
        named("entry", ACT_HERE) | FORM | {"paragraphs": "one"},
        named("entry", ACT_HERE) | FORM | {"report": "A/B/C"},
    ],
    "relations": [
        related(ACT_HERE, "part_of", NO_LAW),
        related(ACT_HERE, "part_of", ACT_HERE),
        related(ACT_HERE, "eats", PLAN_HERE),
        related(PLAN_HERE, "established_under", ACT_HERE),
        related(ACT_HERE, "part_of", PLAN_HERE, paragraph="A/B/C 1"),
    ],
    "articles": [
        {"paragraph": "9", "article": "94"},
        {"paragraph": "9", "article": "Article 22"},
        {"paragraph": "x", "article": "1"},
        {"paragraph": "", "article": "1"},
        {"paragraph": "1", "article": "1"},
    ],
    "subjects": [
        {"paragraph": "4000", "phrases": "roads"},
        {"paragraph": "5", "phrases": "roads"},
        {"paragraph": "9", "phrases": "b" * 81},
        {"paragraph": "8", "phrases": ""},
    ],
    "notes": [
        {"paragraph": "²", "text": "x"},
        {"paragraph": "1", "position": "2", "text": "x"},
        {"paragraph": "1", "position": "0", "text": "x"},
        {"paragraph": "1", "text": ""},
    ],
    "thesaurus": [
        {"term": "nomads", "says": "travellers"},
        {"term": "", "says": "travellers"},
        {"term": "riders", "says": "travellers", "both_ways": "perhaps"},
    ],
}
AT = {
    "names": ["entry_slug", "entry_type"],
    "short-forms": ["entry_slug", "paragraphs", "paragraphs", "report"],
    "relations": ["target_slug", "target_slug", "kind", "target_slug", "paragraph"],
    "articles": ["article", "article", "paragraph", "paragraph", "article"],
    "subjects": ["paragraph", "paragraph", "phrases", "phrases"],
    "notes": ["paragraph", "position", "position", "text"],
    "thesaurus": ["term", "term", "both_ways"],
}


@pytest.mark.parametrize("key", NOWHERE)
def test_what_is_not_there_is_an_error_of_its_cell(ana, key):
    before, rows = state(), NOWHERE[key]
    if key == "articles":
        rows = [row | {"reason": "It says so."} for row in rows]
    assert faults(ana, rows) == [(number, column) for number, column in enumerate(AT[key], 2)]
    assert state() == before


@pytest.mark.parametrize(("word", "deletes"), [
    ("yes", True), ("TRUE", True), ("Sí", True), ("VERDADERO", True), ("oui", True), ("VRAI", True), ("delete", True),
    ("", False), ("no", False), ("FALSE", False), ("x", None), ("1", None), ("?", None), ("maybe", None),
])  # fmt: skip
def test_only_clear_words_delete(ana, word, deletes):
    row = rows_of(ana, "names")[0] | {DELETE: word}
    found = outcome(ana, [row])
    assert len(found.deletions) == (deletes is True)
    assert [error.column for error in found.errors] == ([DELETE] if deletes is None else [])


def test_the_preview_names_what_is_deleted(ana):
    rows = [row | {DELETE: "yes"} for row in rows_of(ana, "entries")[:2]]
    words = read(send(ana, as_csv(rows))).words
    assert "2 records will be deleted, with all that belongs to them:" in words


def test_a_row_whose_id_was_lost_is_not_taken_for_a_new_record(ana):
    assert (2, ID) in faults(ana, [rows_of(ana, "names")[0] | {ID: ""}])


def test_names_of_one_entry_are_exchanged_in_one_file(ana, world):
    world.office.names.filter(language="es").update(language="en", form="acronym", text="BUR")
    rows = {row["text"]: row for row in rows_of(ana, "names") if row["text"] in {"NOT", "BUR"}}
    rows["NOT"]["text"], rows["BUR"]["text"] = "BUR", "NOT"
    write(ana, list(rows.values()))
    found = dict(world.office.names.values_list("pk", "text"))
    assert {int(row[ID]): row["text"] for row in rows.values()} == found


def test_notes_and_lines_of_the_thesaurus_are_exchanged_in_one_file(ana):
    first, second = rows_of(ana, "notes")
    first["position"], second["position"] = "2", "1"
    write(ana, [first, second])
    assert list(Note.objects.order_by("position").values_list("pk", flat=True)) == [int(second[ID]), int(first[ID])]
    first, second = rows_of(ana, "thesaurus")
    first["term"], second["term"] = second["term"], first["term"]
    write(ana, [first, second])
    assert Synonym.objects.get(pk=first[ID]).term == "walkers"


def test_an_exchange_that_somebody_else_is_in_the_way_of_is_refused(ana):
    first, second = rows_of(ana, "notes")
    Note.objects.create(paragraph_id=Note.objects.get(pk=first[ID]).paragraph_id, position=3, text="Third.")
    first["position"], second["position"] = "3", "1"
    assert faults(ana, [first, second]) == [(2, "position")]


def test_a_new_entry_without_an_address_gets_one_from_its_name(ana):
    made = {"type": "institution", "kind": "office"}
    names = ("Ministry of Álamos & Co.", "إدارة السفر")
    write(ana, [made | {"name": name} for name in names] + [made | {"name": "X", "slug": "Big-Office"}])
    slugs = dict(Entry.objects.filter(type="institution").values_list("name", "slug"))
    assert (slugs["Ministry of Álamos & Co."], slugs["X"]) == ("ministry-of-alamos-co", "big-office")
    assert slugs["إدارة السفر"].isascii() and len(slugs["إدارة السفر"]) > 5


def test_addresses_that_differ_only_in_case_are_the_same(ana):
    rows = [{"type": "law", "slug": "Travellers-ACT", "name": "Other", "kind": "act"}]
    assert faults(ana, rows) == [(2, "slug")]


def test_the_form_makes_an_address_too_and_refuses_the_same_years(ana):
    fields = desk.filled_in(ana.get("/admin/sections/law/add/"))
    answer = ana.post("/admin/sections/law/add/", fields | {"name": "移民局", "kind": "act", "start_year": "99999"})
    assert "2999" in desk.words(answer), desk.words(answer)[:1500]
    assert not Entry.objects.filter(name="移民局").exists()
    preview = ana.post("/admin/sections/law/add/", fields | {"name": "移民局", "kind": "act", "slug": ""})
    ana.post("/admin/sections/law/add/", desk.filled_in(preview))
    slug = Entry.objects.get(name="移民局").slug
    assert slug and slug.isascii() and slug == slug.lower()


@pytest.mark.parametrize("key", ["short-forms", "relations", "subjects", "notes", "thesaurus"])
def test_new_lists_are_written_too(ana, key):
    new = {
        "short-forms": named("entry", ACT_HERE) | FORM,
        "relations": related(ACT_HERE, "regulates", OFFICE_HERE, paragraph="1.0"),
        "subjects": {"paragraph": "9", "phrases": "roads\nborders\nroads"},
        "notes": {"paragraph": "1", "text": "A third."},
        "thesaurus": {"term": "riders", "says": "travellers", "both_ways": "VRAI"},
    }[key]  # fmt: skip
    model = LISTS[key].model
    count = model.objects.count()
    row = rows_of(ana, key)[0]
    write(ana, [row | {DELETE: "yes"}, new])
    assert model.objects.count() == count and not model.objects.filter(pk=row[ID]).exists()
    if key == "short-forms":
        assert Mention.objects.filter(entry__name=ACT, surface="fact").exists()
        assert not Mention.objects.filter(surface="The Office", review="unreviewed").exists()
    if key == "subjects":
        assert Subjects.objects.get(paragraph__number=9).phrases == ["roads", "borders"]
    if key == "notes":
        assert Note.objects.get(text="A third.").position == 3


def test_a_clash_is_named_at_its_row(ana):
    rows = [
        {"entry_type": "law", "entry_slug": "travellers-act", "text": PLAN},
        {"entry_type": "programme", "entry_slug": "open-roads-plan", "text": "Roads"},
        {"entry_type": "programme", "entry_slug": "open-roads-plan", "text": OFFICE},
    ]
    errors = outcome(ana, rows).errors
    assert {error.row for error in errors} <= {2, 3, 4} and errors
    assert all("would mean both" in error.message for error in errors)
