"""The connection is lost while a save is committed: nobody knows whether it is stored, and the page says so."""

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client

from sections.models import ArticleLink, Change, Entry
from sections.ops.faults import CommitFailed, fault_of
from sections.tests.support import desk
from sections.tests.support.faults import caused, lost_during_commit, of_postgresql
from sections.tests.support.refused import kept
from sections.tests.support.world import make_world

TYPED = "Mends the roads, “all” of them & <b>more</b>."
STEERING = ("_continue", "_do", "_seen", "decision")

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("migrated"),
]


@pytest.fixture
def ana(transactional_db):
    make_world()
    return desk.editor(Client())


@pytest.fixture
def plan(ana):
    return Entry.objects.get(type="programme")


def unsure(ana, address, fields, is_stored):
    """What the page says that carries all fields of a post whose commit was lost."""
    ana.get(address)  # renews the session, so that the first commit is that of the save
    with lost_during_commit(is_stored) as lost:
        answer = ana.post(address, fields)
    assert lost
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    said = desk.words(answer)
    assert "It is not known whether it was saved" in said
    assert "My recent actions" in said
    assert "othing was saved" not in said
    missing = kept({name: value for name, value in fields.items() if name not in STEERING}, answer)
    assert missing == {}
    return answer


@pytest.mark.parametrize("is_stored", [False, True])
def test_a_form_says_that_nobody_knows_and_saving_again_stores_it_once(ana, plan, is_stored):
    address = desk.place(plan)
    typed = {"description": TYPED, "why": "As the ministry wrote.", "_continue": "1"}
    fields = desk.filled_in(ana.get(address)) | typed
    answer = unsure(ana, address, fields, is_stored)
    assert (Entry.objects.get(pk=plan.pk).description == TYPED) is is_stored
    ana.post(address, desk.filled_in(answer))
    assert Entry.objects.get(pk=plan.pk).description == TYPED
    assert Change.objects.filter(reason="As the ministry wrote.").count() == 1


@pytest.mark.parametrize("is_stored", [False, True])
def test_so_does_an_action_on_several_records(ana, is_stored):
    link = ArticleLink.objects.filter(review="unreviewed").first()
    address = "/admin/sections/articlelink/"
    asked = ana.post(address, {"action": "reject", "_selected_action": link.pk, "index": "0"})
    fields = desk.filled_in(asked) | {"reason": TYPED}
    unsure(ana, address, fields, is_stored)
    assert (ArticleLink.objects.get(pk=link.pk).review == "rejected") is is_stored


@pytest.mark.parametrize("is_stored", [False, True])
def test_so_does_a_page_without_a_form_of_its_own(ana, plan, is_stored):
    address = f"/admin/sections/programme/{plan.pk}/delete/"
    unsure(ana, address, {"post": "yes", "why": TYPED}, is_stored)
    assert Entry.objects.filter(pk=plan.pk).exists() is not is_stored


def named(state=None):
    """What is said of a commit that the database answered with this SQLSTATE, or not at all."""
    cause = of_postgresql(state) if state else OperationalError("server closed the connection unexpectedly")
    return fault_of(caused(CommitFailed(str(cause)), cause)).name


def test_a_database_that_refuses_to_commit_in_words_has_stored_nothing():
    assert [named("53100"), named("40001"), named("25006"), named("55P03")] == ["full", "busy", "read-only", "busy"]
    assert [named(), named("57P01"), named("08006")] == ["unknown"] * 3


def test_a_constraint_that_is_checked_at_the_end_stays_a_constraint(ana, plan):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE sections_name SET entry_id = 999999")
