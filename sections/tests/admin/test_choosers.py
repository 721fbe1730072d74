"""Fields that search for a record show enough of each to choose the right one."""

import pytest

from sections.models import Paragraph, Relation
from sections.tests.support.desk import editor, filled_in, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    return editor(client)


def found(desk, model, field, term):
    """What a field offers for what is typed."""
    asked = {"app_label": "sections", "model_name": model, "field_name": field, "term": term}
    return [each["text"] for each in desk.get("/admin/autocomplete/", asked).json()["results"]]


@pytest.mark.parametrize("term", ["7", "para. 7", "Paragraph 7", "XXX/C/EXA/1 7", "XXX/C/EXA/1, para. 7", "7 roads"])
def test_a_paragraph_is_found_by_its_number_and_shows_its_words(desk, world, term):
    line = "The National Office for Travellers runs the Open Roads Plan under the Travellers Act."
    assert found(desk, "relation", "paragraph", term) == [f"XXX/C/EXA/1, para. 7: {line}"]


@pytest.mark.parametrize("term", ["7 budget", "XXX/C/OTH/1 7", "777777777777777777777777"])
def test_a_paragraph_is_not_found_by_what_does_not_fit(desk, world, term):
    assert found(desk, "relation", "paragraph", term) == []


def test_a_paragraph_shows_the_line_in_which_the_words_stand(desk, world):
    assert found(desk, "relation", "paragraph", "whom") == ["XXX/C/EXA/1, para. 2: Whom to ask."]
    block = Paragraph.objects.get(number=8).blocks.get()
    block.text = "No fact is known of this matter. " * 20 + "But Videgaray was minister. " + "All else is open. " * 20
    block.save()
    (shown,) = found(desk, "relation", "paragraph", "videgaray")
    assert "But Videgaray was minister." in shown
    assert len(shown) < 350


@pytest.mark.parametrize("term", ["4", "article 4", "Art. 4", "leaving", "4 leaving", "XXX/C/EXA/1 4"])
def test_an_article_shows_its_caption_and_is_found_by_it(desk, world, term):
    assert found(desk, "articlelink", "article", term) == ["Article 4: Leaving a country"]


def test_an_entry_shows_its_register_and_kind_and_is_found_by_them(desk, world):
    office = "National Office for Travellers (Institution, agency or institute)"
    assert found(desk, "relation", "target", "travellers") == [office, "Travellers Act (Law, act)"]
    assert found(desk, "relation", "target", "institution") == [office]
    assert found(desk, "relation", "target", "agency travellers") == [office]
    assert found(desk, "relation", "target", "law agency") == []


def test_a_report_and_a_reply_show_what_they_are(desk, world):
    assert found(desk, "relateddocument", "report", "exa") == ["XXX/C/EXA/1 (Examplia)"]
    (shown,) = found(desk, "replysubject", "section", "3")
    assert shown.startswith("XXX/C/EXA/1, ")
    assert "3" in shown


def test_the_chosen_record_shows_the_same(desk, world):
    page = desk.get(place(world.office)).content.decode()
    assert "XXX/C/EXA/1, para. 1: The National Office for Travellers (NOT) applies" in page
    assert "Open Roads Plan (Programme, plan)" in page


def test_the_form_asks_no_more_for_the_words_of_what_is_chosen(desk, world, django_assert_max_num_queries):
    assert Relation.objects.filter(source=world.office).count() == 1
    with django_assert_max_num_queries(40):
        filled_in(desk.get(place(world.office)))


def test_the_list_of_entries_is_searched_by_kind_too(desk, world):
    page = desk.get("/admin/sections/institution/?q=agency").content.decode()
    assert "National Office for Travellers" in page
    assert "National Office for Travellers" not in desk.get("/admin/sections/institution/?q=court").content.decode()
