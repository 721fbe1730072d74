"""History: what is written to a tracked table is recorded with its change, whichever way it is written."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.signals import ModelSignal, post_delete, post_init, post_save, pre_delete, pre_init, pre_save
from django.dispatch.dispatcher import NONE_ID
from django.test.utils import CaptureQueriesContext

from sections.models import Change, Entry, Law, Synonym, catch_up, changing, create_rows, delete_rows, update_rows
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def terms(count):
    return [Synonym(term=f"term {number}", says=f"word {number}") for number in range(count)]


def recorded(change):
    """The rows of history that belong to a change, as (term, what the report says, kind, user)."""
    rows = Synonym.history.filter(change=change).order_by("history_id")
    return list(rows.values_list("term", "says", "history_type", "history_user__username"))


def test_it_records_rows_written_in_bulk_with_their_change_and_user():
    ana = User.objects.create(username="ana")
    with changing(user=ana) as created:
        create_rows(terms(2))
    rows = list(Synonym.objects.order_by("term"))
    for row in rows:
        row.says = "another word"
    with changing() as updated:
        update_rows(rows, ["says"])
    with changing() as deleted:
        delete_rows(rows[:1])
    assert recorded(created) == [("term 0", "word 0", "+", "ana"), ("term 1", "word 1", "+", "ana")]
    assert recorded(updated) == [("term 0", "another word", "~", None), ("term 1", "another word", "~", None)]
    assert recorded(deleted) == [("term 0", "another word", "-", None)]
    assert Change.objects.count() == 3


def test_it_writes_many_rows_in_as_many_queries_as_few():
    queries = []
    for count in (2, 50):
        with changing(), CaptureQueriesContext(connection) as captured:
            rows = terms(count)
            create_rows(rows)
            update_rows(rows, ["says"])
            delete_rows(rows)
        queries.append(len(captured))
        Synonym.history.all().delete()
    assert queries[0] == queries[1]


def test_it_records_how_a_loaded_row_was_before_its_first_change():
    Synonym.objects.bulk_create(terms(1))
    row = Synonym.objects.get()
    row.says = "another word"
    with changing() as change:
        row.save()
    assert recorded(None) == [("term 0", "word 0", "+", None)]
    assert recorded(change) == [("term 0", "another word", "~", None)]


def test_it_records_what_is_saved_through_a_proxy():
    world = make_world()
    Entry.history.all().delete()
    law = Law.objects.get(pk=world.act.pk)
    law.description = "A law."
    with changing() as change:
        law.save()
    law.delete()
    rows = Entry.history.filter(id=world.act.pk).order_by("history_id")
    assert list(rows.values_list("history_type", "description", "change")) == [
        ("+", "", None),
        ("~", "A law.", change.pk),
        ("-", "A law.", None),
    ]


def test_it_catches_up_with_what_was_written_past_the_history():
    with changing():
        create_rows(terms(3))
    Synonym.objects.filter(term="term 0").update(says="another word")
    Synonym.objects.filter(term="term 1").delete()
    Synonym.objects.bulk_create([Synonym(term="term 3", says="word 3")])
    Synonym.history.filter(term="term 1", history_type="-").delete()
    with changing() as change:
        catch_up(Synonym, change=change)
    assert sorted(recorded(change)) == [
        ("term 0", "another word", "~", None),
        ("term 1", "word 1", "-", None),
        ("term 3", "word 3", "+", None),
    ]
    catch_up(Synonym)
    assert not Synonym.history.filter(change=None).exists()


def test_one_change_leaves_one_row_of_history_of_what_it_writes_twice():
    with changing() as addition:
        rows = terms(2)
        create_rows(rows)
        for says in ("first", "second"):
            rows[0].says = says
            rows[0].save()
        update_rows(rows[1:], ["says"])
    assert sorted(recorded(addition)) == [("term 0", "second", "+", None), ("term 1", "word 1", "+", None)]
    with changing() as edit:
        for says in ("third", "fourth"):
            rows[0].says = says
            update_rows(rows[:1], ["says"])
        rows[0].delete()
    assert sorted(recorded(edit)) == [("term 0", "fourth", "-", None), ("term 0", "fourth", "~", None)]


def test_it_composes_letters_of_a_reason_and_removes_invisible_characters():
    with changing(reason=" Migracio\u0301n\u00ad,  al\u200b sur. ") as change:
        create_rows(terms(1))
    change.refresh_from_db()
    assert change.reason == "Migración, al sur."


@pytest.mark.parametrize("signal", [pre_init, post_init, pre_save, post_save, pre_delete, post_delete])
def test_no_signal_handler_listens_to_every_model(signal: ModelSignal):
    assert [receiver for (_, sender), receiver, *_ in signal.receivers if sender == NONE_ID] == []
