"""Text is cleaned once on its way into the database, whichever way it takes."""

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from sections.models import ArticleLink, Entry, Figure, Institution, Name, Note, Paragraph, ShortForm, Subjects, Synonym
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db
TYPED = " Ciudad\u00a0Jua\u0301rez\u00ad\u200b\x00 "
CLEAN = "Ciudad Ju\u00e1rez"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Entry, "slug"),
        (Institution, "name"),
        (Entry, "description"),
        (Name, "text"),
        (ShortForm, "text"),
        (ShortForm, "rule"),
        (Synonym, "term"),
        (Synonym, "says"),
        (Synonym, "note"),
        (ArticleLink, "reason"),
    ],
)
def test_it_makes_one_clean_line_of_what_is_typed(model, field):
    expected = CLEAN.lower() if field == "slug" else CLEAN
    assert model._meta.get_field(field).to_python(TYPED) == expected


def test_it_keeps_the_lines_of_a_note():
    assert Note._meta.get_field("text").to_python("one\r\ntwo\u00ad") == "one\ntwo"


def test_it_cleans_what_is_created_changed_loaded_and_looked_for():
    make_world()
    entry = Entry.objects.create(type="institution", slug="juarez", name=TYPED, kind="agency")
    assert entry.name == CLEAN
    assert Entry.objects.get(name=TYPED) == entry
    Entry.objects.filter(pk=entry.pk).update(name=TYPED, description=TYPED)
    Name.objects.bulk_create([Name(entry=entry, text=TYPED)])
    (loaded,) = serializers.deserialize(
        "python", [{"model": "sections.synonym", "fields": {"term": TYPED, "says": TYPED, "note": ""}}]
    )
    loaded.save()
    subjects = Subjects.objects.create(paragraph=Paragraph.objects.get(number=1), phrases=[TYPED, "roads"])
    entry.refresh_from_db()
    subjects.refresh_from_db()
    texts = [entry.name, entry.description, Name.objects.get(entry=entry).text, Synonym.objects.get(term=TYPED).says]
    assert [*texts, *subjects.phrases] == [CLEAN] * 5 + ["roads"]


@pytest.mark.parametrize("symbols", ["—", "...", "🙂", "\u0301", "( )"])
@pytest.mark.parametrize(
    "field", [Entry.name, Name.text, ShortForm.text, Synonym.term], ids=lambda given: str(given.field)
)
def test_a_name_needs_a_letter_or_a_digit(field, symbols):
    with pytest.raises(ValidationError, match="at least one letter or digit"):
        field.field.run_validators(symbols)
    for text in ("INM", "Ñ", "移民", "7", ""):
        field.field.run_validators(text)


def test_other_lines_may_be_a_sign():
    Figure.unit.field.run_validators("%")
