"""The catalogue of names: what an edit makes it read again, and that no edit leaves a former name in it."""

import pytest
from django.utils.translation import override

from sections.models import ConventionArticle, Entry, Name, Section, Synonym
from sections.search.catalogue import catalogue
from sections.search.engine.analysis import stem
from sections.search.service import SearchRequest, search
from sections.search.snapshot import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def thesaurus(world):
    return Synonym.objects.create(term="penniless", says="poor")


def names(world):
    return catalogue(current(world.report.pk))


def found(q):
    return [hit.number for hit in search(SearchRequest(q)).hits]


def test_an_edit_of_a_name_leaves_thesaurus_headings_and_other_entries_as_they_were(world, thesaurus):
    before = names(world)
    Name.objects.create(entry=world.office, text="Wayfarers Bureau")
    after = names(world)
    assert after is not before and after.names is not before.names
    for part in ("synonyms", "places", "articles"):
        assert getattr(after, part) is getattr(before, part)
    changed = [key for key, item in after.entries.items() if item is not before.entries.get(key)]
    assert changed == [world.office.pk]


def test_an_edit_of_the_thesaurus_leaves_the_names_as_they_were(world, thesaurus):
    before = names(world)
    thesaurus.says = "needy"
    thesaurus.save()
    after = names(world)
    assert after.names is before.names and after.places is before.places
    assert after.synonyms.exact((stem("penniless"),)) == ("needy",)
    assert before.synonyms.exact((stem("penniless"),)) == ("poor",)


def test_each_kind_of_name_is_found_as_soon_as_it_is_saved_and_lost_when_it_changes(world, thesaurus):
    rows = {
        Name.objects.create(entry=world.office, text="Zephyr"): "text",
        world.office: "name",
        thesaurus: "term",
        Section.objects.filter(report=world.report).exclude(kind="reply").first(): "title",
        ConventionArticle.objects.first(): "subject",
    }
    for row, field in rows.items():
        for word in ("quokka", "wombat"):
            setattr(row, field, f"The {word} of all")
            row.save()
            assert names(world).knows(word)
        assert not names(world).knows("quokka"), field


def test_a_deleted_name_is_not_found(world):
    name = Name.objects.create(entry=world.office, text="Quokkas")
    assert found("quokkas")
    name.delete()
    assert not names(world).knows(stem("quokkas"))
    Entry.objects.filter(pk=world.plan.pk).get().delete()
    assert world.plan.pk not in names(world).entries


def test_each_language_has_captions_and_addresses_of_its_own(world):
    article = ConventionArticle.objects.first()
    article.translations = {"es": {"subject": "Palabra zarigüeya"}}
    article.save()
    english = names(world)
    with override("es"):
        spanish = names(world)
    assert english.articles[article.number].name == article.subject
    assert spanish.articles[article.number].name == "Palabra zarigüeya"
    assert english.articles[article.number].url != spanish.articles[article.number].url
    assert spanish.knows(stem("zarigueya")) and not english.knows(stem("zarigueya"))
    assert spanish.synonyms is english.synonyms
