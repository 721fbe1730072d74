"""The thesaurus widens a search and is named in its interpretation."""

import pytest

from sections.models import Block, Synonym
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()


built_world, world = shared_world(build_world)


def test_it_finds_what_the_thesaurus_says_otherwise(world):
    results = search(SearchRequest("wanderers"))
    assert 2 in [hit.number for hit in results.hits]
    assert "“wanderers” does not occur in the report." in results.interpretation
    assert "Shown instead: paragraphs with “travellers”." in results.interpretation


def test_it_tells_paragraphs_with_the_words_typed_from_those_with_other_names_for_them(world):
    results = search(SearchRequest("wanderers"))
    assert (results.full, results.by_names) == (len(results.hits), len(results.hits))
    assert {hit.match for hit in results.hits} == {"names"}
    Synonym.objects.create(term="travellers", says="vehicle")
    rebuild()
    results = search(SearchRequest("travellers"))
    assert results.full > results.by_names
    assert {hit.match for hit in results.hits} == {"text", "names"} and results.hits[0].match == "text"
    assert not any("Shown instead" in sentence for sentence in results.interpretation)


@pytest.mark.parametrize("q", ["National Office for Travellers", "NOT", "Oficina Nacional de Viajeros"])
def test_a_name_counts_as_typed_only_where_the_text_has_it_so(world, q):
    for hit in search(SearchRequest(q)).hits:
        text = "\n".join(Block.objects.filter(paragraph__number=hit.number).values_list("text", flat=True))
        assert hit.match in ("text", "names")
        assert (hit.match == "text") == (q.casefold() in text.casefold())


def test_words_that_stand_only_apart_are_not_said_to_be_absent(world):
    Synonym.objects.create(term="leaving budget", says="runs")
    rebuild()
    results = search(SearchRequest("leaving budget"))
    assert results.by_names == results.full > 0
    assert results.interpretation == (
        "No paragraph contains all of these words.",
        "Shown instead: paragraphs with “runs”.",
    )


def test_a_query_with_operators_separates_them_too(world):
    results = search(SearchRequest("wanderers AND office"))
    assert results.by_names == results.full and {hit.match for hit in results.hits} <= {"names"}
    assert {hit.match for hit in search(SearchRequest("travellers AND act")).hits} >= {"text"}


def test_it_names_no_synonym_that_only_inflects_what_was_typed(world):
    Synonym.objects.create(term="traveller", says="travellers")
    assert [row for row in search(SearchRequest("traveller")).interpretation if "Also searched" in row] == []
