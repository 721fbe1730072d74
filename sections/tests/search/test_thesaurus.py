"""The thesaurus widens a search and is named in its interpretation."""

import pytest

from sections.models import Synonym
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()


def test_it_finds_what_the_thesaurus_says_otherwise(world):
    results = search(SearchRequest("wanderers"))
    assert 2 in [hit.number for hit in results.hits]
    assert "Also searched for: “travellers”." in results.interpretation


def test_it_names_no_synonym_that_only_inflects_what_was_typed(world):
    Synonym.objects.create(term="traveller", says="travellers")
    assert [row for row in search(SearchRequest("traveller")).interpretation if "Also searched" in row] == []
