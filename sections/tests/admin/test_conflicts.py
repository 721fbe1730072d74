"""Two editors on one record: the second chooses, field by field, and nothing is overwritten silently."""

import pytest

from sections.linking.sync import carry_out, plan_links
from sections.models import Entry, Name, Note, Paragraph
from sections.tests.support.desk import chosen, editor, filled_in, new_row, place, save, send, words
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    carry_out(plan_links(made.report))
    return made


built_world, world = shared_world(build_world)


@pytest.fixture
def ana(client, world):
    return editor(client)


def meanwhile(entry, **changed):
    row = Entry.objects.get(pk=entry.pk)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()


def test_it_shows_the_second_editor_what_the_first_changed(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.plan, description="Opens roads.")
    shown = ana.post(place(world.plan), fields | {"description": "Mends roads."})
    assert shown.status_code == 409
    said = words(shown)
    assert "after you had opened it. Nothing of yours is saved yet" in said
    assert "When you opened it: (empty) Theirs Opens roads. Yours Mends roads." in said
    assert Entry.objects.get(pk=world.plan.pk).description == "Opens roads."


@pytest.mark.parametrize(("choice", "stored"), [("mine", "Mends roads."), ("theirs", "Opens roads.")])
def test_it_saves_what_the_second_editor_chose(ana, world, choice, stored):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.plan, description="Opens roads.", start_year=2014)
    shown = ana.post(place(world.plan), fields | {"description": "Mends roads.", "end_year": "2019"})
    choices = filled_in(shown) | chosen(shown, "In one line", choice)
    assert ana.post(place(world.plan), choices).status_code == 302
    entry = Entry.objects.get(pk=world.plan.pk)
    assert (entry.description, entry.start_year, entry.end_year) == (stored, 2014, 2019)


def test_it_asks_again_when_a_choice_is_missing(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.plan, description="Opens roads.")
    shown = ana.post(place(world.plan), fields | {"description": "Mends roads."})
    again = ana.post(place(world.plan), filled_in(shown))
    assert again.status_code == 409
    assert "Choose one of the two in every line" in words(again)
    assert "When you opened it: (empty) Theirs Opens roads. Yours Mends roads." in words(again)
    assert Entry.objects.get(pk=world.plan.pk).description == "Opens roads."


def test_it_asks_again_when_the_record_changed_a_second_time(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.plan, description="Opens roads.")
    shown = ana.post(place(world.plan), fields | {"description": "Mends roads.", "end_year": "2019"})
    meanwhile(world.plan, end_year=2017)
    again = ana.post(place(world.plan), filled_in(shown) | chosen(shown, "In one line", "mine"))
    assert again.status_code == 409
    assert Entry.objects.get(pk=world.plan.pk).end_year == 2017


def test_it_keeps_a_name_that_the_first_editor_added_and_one_that_the_second_adds(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    Name.objects.create(entry=world.plan, text="Plan of Roads")
    shown = ana.post(place(world.plan), fields | {"names-0-text": "Plan of Ways", "description": "Opens roads."})
    assert "Plan of Roads" in words(shown)
    assert send(ana, place(world.plan), filled_in(shown)).status_code == 302
    assert sorted(world.plan.names.values_list("text", flat=True)) == ["Plan of Roads", "Plan of Ways"]


def test_it_removes_the_first_editors_name_only_when_that_is_chosen(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    Name.objects.create(entry=world.plan, text="Plan of Roads")
    shown = ana.post(place(world.plan), fields)
    choices = filled_in(shown) | chosen(shown, "Name “Plan of Roads”", "mine")
    assert send(ana, place(world.plan), choices).status_code == 302
    assert not world.plan.names.exists()


def test_it_puts_a_name_back_that_the_first_editor_removed_only_when_that_is_chosen(ana, world):
    name = Name.objects.get(text="Oficina Nacional de Viajeros")
    fields = filled_in(ana.get(place(world.office)))
    key = name.pk
    name.delete()
    row = next(field[:-3] for field, value in fields.items() if field.endswith("-id") and value == str(key))
    shown = ana.post(place(world.office), fields | {f"{row}-text": "Oficina de Viajeros"})
    assert shown.status_code == 409
    choices = filled_in(shown) | chosen(shown, "Name “Oficina de Viajeros”", "mine")
    assert send(ana, place(world.office), choices).status_code == 302
    assert world.office.names.filter(text="Oficina de Viajeros", language="es").exists()


def test_it_saves_without_asking_what_nobody_else_touched(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.act, description="A law.")
    assert ana.post(place(world.plan), fields | {"description": "Mends roads."}).status_code == 302


def test_it_saves_without_asking_what_both_changed_alike(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    meanwhile(world.plan, description="Opens roads.")
    assert ana.post(place(world.plan), fields | {"description": "Opens roads."}).status_code == 302


def test_it_never_overwrites_without_knowing_what_the_editor_saw(ana, world):
    fields = filled_in(ana.get(place(world.plan))) | {"_opened": "", "description": "Mends roads."}
    meanwhile(world.plan, description="Opens roads.")
    assert ana.post(place(world.plan), fields).status_code == 409


def test_it_says_who_saved_and_why(client, world):
    ana = editor(client)
    fields = filled_in(ana.get(place(world.plan)))
    save(editor(type(client)(), "bea"), world.plan, description="Opens roads.", why="The text says so.")
    said = words(ana.post(place(world.plan), fields | {"description": "Mends roads."}))
    assert "bea saved this record on" in said
    assert "The reason given: “The text says so.”" in said


@pytest.fixture
def paragraph_form(world):
    """The address of the form of a paragraph, where notes are written."""
    return f"/admin/sections/paragraph/{Paragraph.objects.get(number=4).pk}/change/"


def with_note(fields, text):
    return fields | {f"{new_row(fields, 'editors_notes')}text": text, "why": f"Wrote: {text}"}


def notes():
    return list(Note.objects.order_by("position").values_list("position", "text"))


def test_it_keeps_the_notes_of_two_editors_who_opened_the_same_paragraph(client, world, paragraph_form):
    ana, bea = editor(client), editor(type(client)(), "bea")
    fields = [person.get(paragraph_form) for person in (ana, bea)]
    assert ana.post(paragraph_form, with_note(filled_in(fields[0]), "As printed.")).status_code == 302
    shown = bea.post(paragraph_form, with_note(filled_in(fields[1]), "Probably twice."))
    assert shown.status_code == 409
    assert "ana saved this record on" in words(shown) and "The reason given: “Wrote: As printed.”" in words(shown)
    assert bea.post(paragraph_form, filled_in(shown)).status_code == 302
    assert notes() == [(1, "As printed."), (2, "Probably twice.")]


def test_it_keeps_the_note_of_an_editor_who_goes_back_and_saves_again(ana, paragraph_form):
    fields = filled_in(ana.get(paragraph_form))
    assert ana.post(paragraph_form, with_note(fields, "As printed.")).status_code == 302
    shown = ana.post(paragraph_form, with_note(fields, "As printed, twice."))
    assert shown.status_code == 409
    assert "Note “As printed.”" in words(shown)
    instead = filled_in(shown) | chosen(shown, "Note “As printed.”", "mine")
    assert ana.post(paragraph_form, instead).status_code == 302
    assert [text for _, text in notes()] == ["As printed, twice."]


def test_it_stores_one_note_when_the_form_is_posted_twice_at_once(ana, paragraph_form):
    fields = with_note(filled_in(ana.get(paragraph_form)), "As printed.")
    answers = [ana.post(paragraph_form, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert notes() == [(1, "As printed.")]


def test_it_keeps_quotes_empty_values_and_boxes_of_what_it_posts_again(ana, world):
    Name.objects.filter(entry=world.office, text="NOT").update(in_report=False)
    fields = filled_in(ana.get(place(world.office)))
    before = list(world.office.names.order_by("pk").values_list("text", "language", "form", "in_report"))
    meanwhile(world.office, end_year=2019)
    shown = ana.post(place(world.office), fields | {"description": "A <b>“mark”</b> & more."})
    assert ana.post(place(world.office), filled_in(shown)).status_code == 302
    entry = Entry.objects.get(pk=world.office.pk)
    assert (entry.description, entry.end_year) == ("A <b>“mark”</b> & more.", 2019)
    assert list(entry.names.order_by("pk").values_list("text", "language", "form", "in_report")) == before


def test_it_tells_choices_and_boxes_in_words(ana, world):
    fields = filled_in(ana.get(place(world.plan)))
    Name.objects.create(entry=world.plan, text="Plan of Roads", language="es", in_report=False)
    said = words(ana.post(place(world.plan), fields))
    assert "Text: Plan of Roads · Language: Spanish" in said
    assert "When you opened it: (not there)" in said
