"""What is taken for a misspelling, and what the page says of words that the report does not have."""

import pytest
from django.utils.translation import override

from sections.models import Block
from sections.search.engine import dictionary
from sections.search.engine.dictionary import Dictionary
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    words = "The city has nine strips, shelters for children and a programme of voting."
    Block.objects.filter(paragraph__number=8).update(text=words)
    rebuild()
    return made


built_world, world = shared_world(build_world)


@pytest.mark.parametrize("word", ["cite", "ninety", "script", "shelves", "vetting", "line", "organisation", "labours"])
def test_no_word_of_the_dictionary_is_corrected_into_another(world, word):
    assert search(SearchRequest(word)).corrections == ()


@pytest.mark.parametrize(("typed", "word"), [("chidlren", "children"), ("sheltres", "shelters"), ("sttrips", "strips")])
def test_a_misspelling_is_corrected(world, typed, word):
    assert search(SearchRequest(typed)).corrections == ((typed, word),)


def test_words_of_other_languages_count_where_they_are_used(tmp_path):
    words = Dictionary(tmp_path)
    assert words.has("pensons", language="fr") and words.has("arresto", language="es")
    assert not words.has("pensons", ["pensons", "for", "everybody"])
    assert words.has("privacion", ["privacion", "libertad"])
    assert not words.has("pensons" * 9) and not words.has("")


def test_the_dictionary_reads_the_word_lists_once_and_then_its_files(tmp_path, monkeypatch):
    folder = tmp_path / "dictionary"
    assert Dictionary(folder).has_english("children")
    kept = sorted(folder.iterdir())
    assert len(kept) == 3
    kept[0].write_bytes(kept[0].read_bytes()[:5000])  # a disk that was full
    assert Dictionary(folder).has_english("children")
    monkeypatch.setattr(dictionary, "_folded", None)
    assert Dictionary(folder).has_english("children")
    assert not Dictionary(folder).has_english("chidlren")
    assert sorted(folder.iterdir()) == kept


def test_the_dictionary_needs_no_place_for_files(tmp_path):
    (tmp_path / "file").touch()
    assert Dictionary(tmp_path / "file" / "dictionary").has_english("labours")


@pytest.mark.parametrize("q", ["chidlren", "cite", "<script>", "votng", "p. 4", "section 7", "nothing", "ninety-four"])
@pytest.mark.parametrize("language", ["en-gb", "es"])
def test_no_sentence_contradicts_another_or_the_results(world, q, language):
    with override("en-gb"):
        results = search(SearchRequest(q))
    absent = [one for one in results.interpretation if "does not occur" in one and "these are results" not in one]
    for _, correction in results.corrections:
        assert not any(f"“{correction}”" in sentence for sentence in absent)
    assert not any("“4”" in sentence or "“7”" in sentence for sentence in absent)


def test_a_correction_that_the_report_does_not_have_is_not_said_to_have_results(world):
    Block.objects.filter(paragraph__number=8).update(text="Nothing of the kind.")
    rebuild()
    results = search(SearchRequest("leavng countri"))
    assert not any("these are results for “country”" in one for one in results.interpretation if results.count == 0)


def test_a_page_number_leads_to_the_paragraph_and_says_that_there_are_no_pages(world):
    results = search(SearchRequest("p. 4"))
    assert [target.label for target in results.targets] == ["Paragraph 4"] and not results.leads_to
    assert results.interpretation[0] == "The text on this site has no page numbers; cite its paragraphs instead."
    assert "There is no paragraph 300" in " ".join(search(SearchRequest("pág. 300")).interpretation)


def test_a_number_that_only_a_paragraph_has_is_said_to_be_one(world):
    sentence = "The number 7 is not in the text; for paragraph 7 type “para 7”."
    assert sentence in search(SearchRequest("section 7")).interpretation
