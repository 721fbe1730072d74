"""What a person decided, and what readers see: one rule, the same for a row and for a query."""

import pytest

from sections.models import ArticleLink, Basis, Entry, Mention, Review, shown_links
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


built_world, world = shared_world(make_world)


def states(model):
    """A row of the model in every state of basis and review, with whether a person decided on it."""
    row = model.objects.first()
    model.objects.exclude(pk=row.pk).delete()
    for basis in Basis:
        for review in Review:
            row.basis, row.review = basis, review
            row.save()
            yield row, review != Review.UNREVIEWED or (model is Mention and basis == Basis.EDITOR)


@pytest.mark.parametrize("model", [Mention, ArticleLink])
def test_a_query_and_a_row_agree_on_what_a_person_decided(model):
    for row, expected in states(model):
        assert (row.is_decided, model.objects.decided().exists()) == (expected, expected), (row.basis, row.review)


@pytest.mark.parametrize("model", [Mention, ArticleLink])
def test_a_query_and_a_row_agree_on_what_readers_see(model):
    for row, _ in states(model):
        expected = row.review != Review.REJECTED
        assert (row.is_shown, model.objects.shown().exists()) == (expected, expected), row.review


def test_the_path_to_a_link_tells_what_readers_see_as_the_link_itself_does():
    for row, _ in states(Mention):
        entries = Entry.objects.filter(shown_links("mentions"), mentions__isnull=False)
        assert list(entries) == ([row.entry] if row.is_shown else [])
