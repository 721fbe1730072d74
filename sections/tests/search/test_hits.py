"""What hits show of paragraphs that stay in memory."""

import pytest
from cachetools import LRUCache
from django.db import transaction

from sections.models import Mention, Review, Subjects
from sections.search import hits
from sections.search.service import SearchRequest, search

pytestmark = pytest.mark.django_db


def page():
    return [(hit.number, hit.snippet.text, hit.entries) for hit in search(SearchRequest("travellers OR office")).hits]


def test_a_second_page_of_the_same_paragraphs_reads_nothing_but_the_version(world, django_assert_num_queries):
    first = page()
    with django_assert_num_queries(1):
        assert page() == first


def test_no_hit_disappears_where_the_memory_is_smaller_than_a_page(world, monkeypatch):
    first = page()
    assert len(first) > 1
    monkeypatch.setattr(hits, "_cache", LRUCache(1))
    assert page() == first
    assert page() == first


def test_a_decision_on_a_link_is_shown_by_the_next_search(world):
    (number, _, entries), *_ = [row for row in page() if row[2]]
    for mention in Mention.objects.filter(block__paragraph__number=number, entry=entries[0].key):
        mention.review = Review.REJECTED
        mention.save()
    assert {hit_number: shown for hit_number, _, shown in page()}[number] == entries[1:]


def test_what_is_rolled_back_is_not_shown_afterwards(world):
    request = SearchRequest("ramblers")
    paragraph = Mention.objects.first().block.paragraph
    with transaction.atomic():
        Subjects.objects.update_or_create(paragraph=paragraph, defaults={"phrases": ["ramblers"]})
        assert [hit.number for hit in search(request).hits] == [paragraph.number]
        transaction.set_rollback(True)
    assert search(request).hits == ()
