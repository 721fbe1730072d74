"""Connections to PostgreSQL: shared by the threads of a server, and an error within seconds where it is dead."""

import time

import pytest
from django.conf import settings
from django.db import connections

from reportsite import pool
from reportsite.postgresql import base
from reportsite.postgresql.base import BACK_OFF, AllInUse, DatabaseWrapper, Reachability, Unreachable
from sections.tests.support.site import free_port

DATABASE = {"ENGINE": "reportsite.postgresql", "CONN_MAX_AGE": 600, "OPTIONS": {}}


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the time is ahead; a list of one number."""
    ahead, monotonic = [0.0], time.monotonic
    monkeypatch.setattr(base.time, "monotonic", lambda: monotonic() + ahead[0])
    return ahead


def test_of_those_who_ask_for_a_dead_server_the_first_tries_and_the_others_fail_at_once(clock):
    servers = Reachability()
    assert servers.reason_to_wait("default") == ""
    assert servers.failed("default", "refused")
    assert not servers.failed("default", "refused")
    assert [servers.reason_to_wait("default"), servers.reason_to_wait("replica")] == ["refused", ""]
    clock[0] = BACK_OFF
    assert [servers.reason_to_wait("default"), servers.reason_to_wait("default")] == ["", "refused"]
    assert servers.answered("default")
    assert servers.reason_to_wait("default") == ""
    assert not servers.answered("default")


@pytest.fixture
def dead(monkeypatch):
    """A pooled database whose server refuses connections."""
    monkeypatch.setattr(base, "reachability", Reachability())
    options = {"pool": {"min_size": 0, "max_size": 2, "timeout": 0.3, "reconnect_timeout": 0.1, "name": "dead"}}
    told = {
        "ENGINE": "reportsite.postgresql",
        "NAME": "x",
        "HOST": "127.0.0.1",
        "PORT": free_port(),
        "OPTIONS": options,
    }
    told = connections.configure_settings({"default": {}, "dead": told})["dead"]
    wrapper = DatabaseWrapper(told, "dead")
    yield wrapper
    wrapper.close_pool()


def test_a_pool_says_why_its_server_does_not_answer_and_the_next_request_does_not_wait(dead):
    parameters = dead.get_connection_params()
    with pytest.raises(Unreachable, match="Connection refused"):
        dead.get_new_connection(parameters)
    start = time.monotonic()
    with pytest.raises(Unreachable, match="Connection refused"):
        dead.get_new_connection(parameters)
    assert time.monotonic() - start < 0.2


def test_connections_that_are_all_in_use_do_not_make_a_server_dead(dead, monkeypatch):
    monkeypatch.setattr(dead, "_knock", lambda parameters: None)
    with pytest.raises(AllInUse):
        dead.get_new_connection(dead.get_connection_params())
    assert base.reachability.reason_to_wait("dead") == ""


def test_threads_of_a_server_share_connections(monkeypatch):
    databases = {"default": DATABASE | {"OPTIONS": {}}, "replica": DATABASE | {"OPTIONS": {}}}
    monkeypatch.setattr(connections, "settings", databases)
    monkeypatch.setattr(settings, "DATABASE_POOL", {"min_size": 1, "max_size": 6})
    pool.share_connections()
    given = {alias: database["OPTIONS"]["pool"] for alias, database in databases.items()}
    assert {alias: (each["min_size"], each["max_size"], each["timeout"]) for alias, each in given.items()} == {
        "default": (1, 6, 3.0),
        "replica": (1, 6, 1.0),
    }
    assert [database["CONN_MAX_AGE"] for database in databases.values()] == [0, 0]


def test_no_pool_is_made_of_size_0_or_for_sqlite(monkeypatch):
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3"}, "replica": DATABASE | {"OPTIONS": {}}}
    monkeypatch.setattr(connections, "settings", databases)
    monkeypatch.setattr(settings, "DATABASE_POOL", {"min_size": 0, "max_size": 0})
    pool.share_connections()
    assert databases == {"default": {"ENGINE": "django.db.backends.sqlite3"}, "replica": DATABASE | {"OPTIONS": {}}}
