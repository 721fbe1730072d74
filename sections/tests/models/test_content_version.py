"""The content version: which changes it counts, and that its numbers never return."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sections.editing.review import Decision, decide_links, state_of
from sections.models import (
    Change,
    ContentVersion,
    Mention,
    Name,
    Note,
    Paragraph,
    Review,
    content_changed,
    create_rows,
    current_version,
    delete_rows,
    update_rows,
)
from sections.models.content_version import consistent_read
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def counted(act):
    """Which of the two numbers an act raises."""
    before = current_version()
    act()
    after = current_version()
    return after.content > before.content, after.names > before.names


def test_a_change_raises_the_number_and_names_only_when_they_are_among_it():
    assert counted(content_changed) == (True, False)
    assert counted(lambda: content_changed(names=True)) == (True, True)
    version = current_version()
    assert version.content == version.names


def test_it_counts_saves_and_deletions_of_what_readers_see(world):
    name = Name(entry=world.office, text="Wayfarers Bureau")
    assert counted(name.save) == (True, True)
    assert counted(name.delete) == (True, True)
    note = Note(paragraph=Paragraph.objects.get(number=2), text="See also reply 3.")
    assert counted(note.save) == (True, False)
    assert counted(Change().save) == (False, False)


def test_it_counts_changes_of_editors_only_where_readers_see_their_names(django_user_model, settings):
    editor = django_user_model.objects.create_user("vesna")
    assert counted(editor.save) == (False, False)
    settings.CHANGES_NAME_EDITORS = True
    assert counted(lambda: editor.save(update_fields=["last_login"])) == (False, False)
    assert counted(editor.save) == counted(editor.delete) == (True, False)


def test_it_counts_a_deletion_with_all_that_goes_with_it_once(world):
    with CaptureQueriesContext(connection) as queries:
        assert counted(world.report.delete) == (True, True)
    counts = [query for query in queries if query["sql"].startswith('UPDATE "sections_contentversion"')]
    assert len(counts) == 2  # the deletion, and its removal from the search index


def test_it_counts_bulk_writes(world):
    names = [Name(entry=world.office, text=text) for text in ("Bureau", "Wayfarers")]
    assert counted(lambda: create_rows(names)) == (True, True)
    assert counted(lambda: update_rows(names, ["text"])) == (True, True)
    assert counted(lambda: delete_rows(names)) == (True, True)
    assert counted(lambda: delete_rows([])) == (False, False)


def test_confirming_a_link_changes_no_names(world):
    mention = Mention.objects.filter(review=Review.UNREVIEWED).first()
    assert counted(lambda: decide_links(Mention, [mention.pk], Decision.CONFIRM, state_of(mention))) == (True, False)


def test_a_number_that_was_rolled_back_never_returns():
    with transaction.atomic():
        lost = content_changed()
        transaction.set_rollback(True)
    assert content_changed() > lost


def test_it_grows_where_the_clock_is_behind(monkeypatch):
    before = content_changed()
    monkeypatch.setattr("time.time_ns", lambda: 0)
    assert content_changed() == before + 1


def test_it_counts_from_nothing_where_the_row_is_missing():
    ContentVersion.objects.all().delete()
    assert current_version() == (0, 0)
    number = content_changed()
    assert current_version() == (number, number)


def test_a_consistent_read_inside_a_transaction_is_that_transaction():
    with transaction.atomic(), consistent_read():
        number = content_changed()
        assert current_version().content == number
    assert current_version().content == number
