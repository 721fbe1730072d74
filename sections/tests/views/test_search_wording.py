"""Paragraphs with the words typed are told from those with other names for them, on the page and in files."""

import re
from csv import DictReader

import pytest

from sections.models import Synonym
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

from .test_search import numbers, page

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    Synonym.objects.create(term="wanderers", says="travellers")
    rebuild()
    return made


built_world, world = shared_world(build_world)


def test_it_separates_what_says_the_words_from_what_has_other_names_for_them(client, world):
    found = page(client, "wanderers")
    (count,) = re.findall(r"^(\d+) paragraphs? with other words for “wanderers”$", found.h1[0])
    assert "“wanderers” does not occur in the report. Shown instead: paragraphs with “travellers”." in found.words
    assert found.words.count("Found by other words or names only") == int(count) == len(numbers(found))
    both = page(client, "NOT")
    assert re.match(r"\d+ paragraphs?, \d+ more with other words for “NOT”$", both.h1[0])
    lines = client.get("/search.csv", {"q": "NOT"}).content.decode("utf-8-sig").splitlines()
    assert {row["match"] for row in DictReader(lines)} == {"text", "names"}


def test_words_in_quotation_marks_get_no_second_pair(client, world):
    assert page(client, '"stands more"').h1[0].endswith("for “stands more”")
    assert page(client, "“roads” act").h1[0].endswith("for “‘roads’ act”")
    spanish = read(client.get("/es/search/", {"q": '"roads"'}))
    assert spanish.h1[0].endswith("«roads»")
    corrected = page(client, "budgte")
    assert "Search for “budgte” as typed" in corrected.words
