"""A paragraph has no history of its own: its notes, subjects and article links have."""

import pytest
from django.contrib.auth.models import User

from sections.editing.revert import revert, undo
from sections.models import ArticleLink, Note, Paragraph, Subjects, changing
from sections.presenters.changes import changes_in_words
from sections.queries.changes import OF_PARAGRAPH, changes_of
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    make_world()
    return Paragraph.objects.get(number=4)


def beside(paragraph):
    """The notes, subjects and reviews of article links beside a paragraph."""
    notes = Note.objects.filter(paragraph=paragraph).order_by("position").values_list("text", flat=True)
    subjects = Subjects.objects.filter(paragraph=paragraph).values_list("phrases", flat=True)
    links = ArticleLink.objects.filter(paragraph=paragraph).order_by("article__number")
    return list(notes), list(subjects), list(links.values_list("article__number", "review"))


def test_the_last_change_of_a_paragraph_is_that_of_what_stands_beside_it(paragraph):
    assert changes_of(OF_PARAGRAPH, paragraph.pk).first() is None
    ana = User.objects.create(username="ana")
    with changing(reason="A misprint.", user=ana):
        Note.objects.create(paragraph=paragraph, text="As printed.")
    with changing(reason="Elsewhere."):
        Note.objects.create(paragraph=Paragraph.objects.get(number=5), text="As printed.")
    last = changes_of(OF_PARAGRAPH, paragraph.pk).first()
    assert (last.user, last.reason) == (ana, "A misprint.")
    (entry,) = changes_in_words([last], True, OF_PARAGRAPH, paragraph.pk)
    assert [sentence.words for sentence in entry.sentences] == ["ana wrote a note on paragraph 4."]
    assert [thing.words for thing in entry.things] == ["Paragraph 4"]


def test_it_reverts_what_stands_beside_a_paragraph(paragraph):
    with changing():
        Note.objects.create(paragraph=paragraph, text="As printed.")
        Subjects.objects.create(paragraph=paragraph, phrases=["street lamps"])
    before = beside(paragraph)
    with changing() as first:
        Note.objects.create(paragraph=paragraph, text="Another note.", position=2)
        Subjects.objects.get(paragraph=paragraph).delete()
    with changing():
        note = Note.objects.get(text="As printed.")
        note.text = "As printed; probably twice."
        note.save()
    undone = revert(OF_PARAGRAPH, paragraph.pk, first.pk - 1, "Both were wrong.")
    assert (beside(paragraph), undone.left_out) == (before, [])
    undo(undone.change)
    assert beside(paragraph)[0] == ["As printed; probably twice.", "Another note."]
