"""Lines of the thesaurus and subjects of paragraphs: refused where they do nothing, and shown before they are saved."""

import pytest

from sections.models import Change, Paragraph, Subjects, Synonym
from sections.tests.support.desk import confirmed, editor, filled_in, words

pytestmark = pytest.mark.django_db
ADD = "/admin/sections/synonym/add/"


@pytest.fixture
def desk(client, world):
    return editor(client)


def entered(desk, term, says, *, both_ways=False, note=""):
    """What comes back for a new line."""
    fields = filled_in(desk.get(ADD)) | {"term": term, "says": says, "note": note}
    fields.pop("both_ways", None)
    return desk.post(ADD, fields | ({"both_ways": "on"} if both_ways else {}))


def line(term, says, **more):
    return Synonym.objects.create(term=term, says=says, **more)


@pytest.mark.parametrize(
    ("term", "says", "refusal"),
    [
        ("travellers", "Traveller", "A search for “travellers” finds “Traveller” already"),
        ("the", "and", "“the” has no word that a search looks for."),
        ("roads", "the", "“the” has no word that a search looks for."),
        ("—", "roads", "“—” has no word that a search looks for."),
        ("Nomads", "travellers", "There is the line “nomad → travellers” already, which says the same."),
        ("nómad", "TRAVELLERS", "There is the line “nomad → travellers” already, which says the same."),
        ("cash", "budget", "There is the line “budget → cash” already, which holds both ways."),
        ("counts", "fact", "There is the line “fact → count”. Let that one hold both ways"),
    ],
)
def test_it_refuses_a_line_that_says_nothing_new(desk, world, term, says, refusal):
    line("nomad", "travellers", both_ways=False)
    line("budget", "cash")
    line("fact", "count", both_ways=False)
    assert refusal in words(entered(desk, term, says))
    assert Synonym.objects.count() == 3


def test_it_shows_what_searches_will_find_before_it_saves(desk, world):
    shown = entered(desk, "wayfarers", "travellers", both_ways=True)
    said = words(shown)
    assert "Paragraphs that a search for “wayfarers” finds: 0 now, 4 when this is saved." in said
    assert "Paragraphs that a search for “travellers” finds: 6 now, 6 when this is saved." in said
    assert "1 The National Office for Travellers" in said
    assert not Synonym.objects.exists()
    assert desk.post(ADD, filled_in(shown)).status_code == 302
    assert Synonym.objects.get().says == "travellers"


@pytest.mark.parametrize(
    ("term", "says", "remark"),
    [
        ("roads", "kangaroo tracks", "No report holds “kangaroo tracks”, so the line finds nothing until one does."),
        ("Travellers Act", "budget", "“Travellers Act” is a name of Travellers Act. Searches for it find that first."),
        ("voyager", "nomad", "There are lines that begin where this one ends: “nomad → travellers”."),
    ],
)
def test_it_remarks_on_what_is_odd_and_lets_it_be_saved(desk, world, term, says, remark):
    line("nomad", "travellers")
    shown = entered(desk, term, says)
    assert remark in words(shown)
    assert desk.post(ADD, filled_in(shown)).status_code == 302
    assert Synonym.objects.filter(term=term).exists()


def test_it_takes_one_word_of_two_other_languages(desk, world):
    line("autobús", "bus", note="Spanish")
    shown = entered(desk, "autobus", "bus", note="French")
    assert desk.post(ADD, filled_in(shown)).status_code == 302
    assert "already, which says the same" in words(entered(desk, "AUTOBUS", "bus", note="Spanish"))


def test_it_saves_at_once_what_no_search_notices(desk, world):
    old = line("travelling", "travels", note="A poor line.")
    address = f"/admin/sections/synonym/{old.pk}/change/"
    assert desk.post(address, filled_in(desk.get(address)) | {"why": "Looked at."}).status_code == 302


def subject_form(desk, number, typed):
    address = f"/admin/sections/paragraph/{Paragraph.objects.get(number=number).pk}/change/"
    return address, filled_in(desk.get(address)) | {"subjects-0-phrases": typed}


def test_it_shows_what_subjects_of_a_paragraph_will_find(desk, world):
    address, fields = subject_form(desk, 8, "ignorance\nTravellers")
    shown = desk.post(address, fields)
    assert "Paragraphs that a search for “ignorance” finds: 0 now, 1 when this is saved." in words(shown)
    assert "8 No other fact is known." in words(shown)
    assert not Subjects.objects.exists()
    assert desk.post(address, filled_in(shown)).status_code == 302
    assert Subjects.objects.get().phrases == ["ignorance", "Travellers"]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("of the", "“of the” has no word that a search looks for."),
        ("Ignorance\nignorance", "“ignorance” and “Ignorance” differ only in case, accents or marks."),
    ],
)
def test_it_refuses_subjects_that_can_do_nothing(desk, world, typed, refusal):
    address, fields = subject_form(desk, 8, typed)
    assert refusal in words(desk.post(address, fields))
    assert not Subjects.objects.exists()


def test_lines_are_deleted_together_once_the_editor_has_said_so_and_come_back(desk, world):
    lines = [line("nomads", "travellers"), line("cash", "budget"), line("lamps", "lanterns")]
    fields = {"action": "delete_selected_lines", "_selected_action": [row.pk for row in lines[:2]], "index": "0"}
    asked = desk.post("/admin/sections/synonym/", fields)
    said = words(asked)
    assert "You selected 2 lines." in said and "nomads" in said and "Nothing is changed yet." in said
    assert Synonym.objects.count() == 3
    desk.post("/admin/sections/synonym/", filled_in(asked) | fields | {"reason": "Of no use."})
    assert list(Synonym.objects.values_list("term", flat=True)) == ["lamps"]
    change = Change.objects.get(reason="Of no use.")
    confirmed(desk, f"/admin/my-actions/{change.pk}/undo/")
    assert set(Synonym.objects.values_list("term", flat=True)) == {"nomads", "cash", "lamps"}
