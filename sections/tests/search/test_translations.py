"""Words of another language: every translation counts, and none of a word that only looks alike."""

import pytest
from django.utils.translation import override

from sections.models import Block, Synonym
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db

TEXTS = {2: "Detention is the exception.", 5: "The holding centre is full.", 7: "Nobody was deprived of liberty."}
LEXICON = [
    ("detención", "detention", "Spanish"), ("detención", "holding centre", "Spanish"),
    ("privación de libertad", "deprived of liberty", "Spanish"), ("privación de libertad", "detention", "Spanish"),
    ("traite", "trafficking", "French"), ("traité", "treaty", "French"),
]  # fmt: skip


@pytest.fixture
def world():
    made = make_world()
    for number, text in TEXTS.items():
        first = Block.objects.filter(paragraph__number=number).order_by("position").first()
        Block.objects.filter(pk=first.pk).update(text=text)
    for term, says, language in LEXICON:
        Synonym.objects.create(term=term, says=says, both_ways=False, note=language)
    rebuild()
    return made


def full(q, **given):
    return {hit.number for hit in search(SearchRequest(q, **given)).hits if not hit.partial}


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("detención", {2, 5}),
        ("detenciones", {2, 5}),
        ("privación de libertad", {2, 7}),
        ("detención NOT roads", {2, 5}),
        ("detención OR nothingness", {2, 5}),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "es", "fr"])
def test_all_translations_of_a_word_are_alternatives(world, q, numbers, language):
    with override(language):
        assert full(q) == numbers


def test_the_page_names_all_of_them(world):
    (sentence,) = [one for one in search(SearchRequest("detención")).interpretation if "in English" in one]
    assert "“detention”" in sentence and "“holding centre”" in sentence


def test_a_paragraph_found_by_a_translation_counts_as_found_in_the_text(world):
    assert {hit.match for hit in search(SearchRequest("detención")).hits} == {"text"}


def test_an_accent_tells_words_apart(world):
    Block.objects.filter(paragraph__number=9).update(text="The treaty is in force.")
    Block.objects.filter(paragraph__number=4).update(text="The trafficking goes on.")
    rebuild()
    assert (full("traité"), full("traite")) == ({9}, {4})


def test_a_word_of_english_is_not_taken_for_one_of_another_language(world):
    for term, says, note in (("expulsion", "return", "French"), ("collective expulsion", "holding centre", "")):
        Synonym.objects.create(term=term, says=says, both_ways=False, note=note)
    rebuild()
    results = search(SearchRequest("collective expulsion"))
    assert not any("in English" in sentence for sentence in results.interpretation)
    assert results.full == results.by_names > 0
