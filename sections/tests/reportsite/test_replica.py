"""Which database a request reads: decided by who asks, by what they do, and by what the databases answer."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from reportsite import replica
from reportsite.replica import CONTENT_VERSION, PRIMARY, REPLICA, ReplicaMiddleware, Router, Source, reading_from
from sections.models import Entry, content_version

COOKIE = {settings.SESSION_COOKIE_NAME: "somebody"}


class Databases:
    """Stands for both databases: which of them answer, and which version the replica holds."""

    def __init__(self, monkeypatch):
        self.down, self.version = set(), 7
        monkeypatch.setitem(connections.settings, REPLICA, connections.settings[PRIMARY])
        monkeypatch.setattr(content_version, "_seen", {PRIMARY: 7})
        monkeypatch.setattr(replica, "_answers", lambda alias: alias not in self.down)
        monkeypatch.setattr(replica, "_version_of_replica", self.version_of_replica)
        monkeypatch.setattr(replica, "_in_transaction", lambda alias: False)

    def version_of_replica(self):
        if REPLICA in self.down:
            raise OperationalError("no answer")
        return self.version

    def see(self, version):
        content_version._seen[PRIMARY] = version


@pytest.fixture
def databases(monkeypatch):
    return Databases(monkeypatch)


def where():
    return Router().db_for_read(Entry)


def served(request, *views):
    """What the views told, which are run in turn, and the version that the answer is said to have."""
    views = iter(views or [lambda request: where()])

    def get_response(request):
        try:
            return HttpResponse(next(views)(request))
        except Exception as error:
            answer = middleware.process_exception(request, error)
            if answer is None:
                raise
            return answer

    middleware = ReplicaMiddleware(get_response)
    return middleware(request).content.decode(), request.META.get(CONTENT_VERSION)


def get(path="/", **cookies):
    request = RequestFactory().get(path)
    request.COOKIES |= cookies
    return request


def fails(alias):
    def view(request):
        assert where() == alias
        raise OperationalError("lost")

    return view


def test_readers_read_from_the_replica_and_are_told_its_version(databases):
    assert served(get()) == (REPLICA, 7)
    assert where() == PRIMARY  # outside of a request


@pytest.mark.parametrize(
    "request_",
    [
        RequestFactory().post("/"),
        RequestFactory().delete("/"),
        get("/admin/"),
        get("/admin/review/"),
        get("/", **COOKIE),
    ],
    ids=["a form", "a deletion", "the desk", "the review desk", "a page for an editor"],
)
def test_editors_read_from_the_primary(databases, request_):
    assert served(request_) == (PRIMARY, None)


def test_without_a_replica_everybody_reads_from_the_primary():
    assert served(get()) == (PRIMARY, None)


def test_who_writes_reads_from_the_primary_from_then_on(databases):
    def view(request):
        before = where()
        Router().db_for_write(Entry)
        return f"{before} {where()}"

    assert served(get(), view) == (f"{REPLICA} {PRIMARY}", 7)


def test_sessions_are_never_read_from_the_replica_and_writing_one_changes_nothing(databases):
    with reading_from(Source(REPLICA, 7)):
        assert Router().db_for_read(Session) == Router().db_for_write(Session) == PRIMARY
        assert where() == REPLICA


def test_a_replica_that_lags_serves_nobody_while_the_primary_answers(databases):
    databases.see(8)
    assert served(get()) == (PRIMARY, None)
    databases.down = {PRIMARY}
    assert served(get()) == (REPLICA, 7)


def test_a_request_leaves_the_replica_when_another_thread_sees_a_newer_version(databases):
    def view(request):
        before = where()
        databases.see(8)
        return f"{before} {where()}"

    assert served(get(), view) == (f"{REPLICA} {PRIMARY}", 7)


def test_a_consistent_read_stays_where_it_began(databases, monkeypatch):
    monkeypatch.setattr(replica, "_in_transaction", lambda alias: True)
    with reading_from(Source(REPLICA, 7)):
        databases.see(8)
        assert where() == REPLICA


def test_where_the_replica_is_down_readers_read_from_the_primary(databases):
    databases.down = {REPLICA}
    assert served(get()) == (PRIMARY, None)


def test_where_the_primary_is_down_editors_can_still_read(databases):
    databases.down = {PRIMARY}
    assert served(get("/", **COOKIE)) == (REPLICA, 7)
    databases.down = {PRIMARY, REPLICA}
    assert served(get("/", **COOKIE)) == (PRIMARY, None)


def test_a_view_whose_replica_fails_is_run_again_on_the_primary(databases):
    assert served(get(), fails(REPLICA), lambda request: where()) == (PRIMARY, None)


def test_a_view_whose_primary_fails_is_run_again_on_the_replica(databases):
    databases.see(8)
    assert served(get(), fails(PRIMARY), lambda request: where()) == (REPLICA, 7)


def test_a_view_is_run_twice_at_most(databases):
    with pytest.raises(OperationalError, match="lost"):
        served(get(), fails(REPLICA), fails(PRIMARY))


def test_another_error_is_no_reason_to_run_a_view_again(databases):
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        served(get(), view)


def test_a_form_is_never_sent_twice(databases):
    with pytest.raises(OperationalError, match="lost"):
        served(RequestFactory().post("/"), fails(PRIMARY))
