"""Debts are counted exactly enough, whoever counts, and are soon forgotten."""

import sqlite3
import threading

import pytest
from django.db import DatabaseError, connection

from reportsite.shared_rate_counts import Charge, Debts, FileExchange, exchange_in_postgresql
from sections.tests.support.standing_clock import StandingClock


@pytest.fixture
def clock():
    """A clock that stands still; `clock.now` sets it."""
    return StandingClock()


def charge(key="somebody", seconds=1.0, span=10.0):
    return [Charge(key, seconds, span)]


def allowed(debts, count, **more):
    """How many of so many requests at once are not refused."""
    return sum(debts.charge(charge(**more)) is None for _ in range(count))


def alone(sums):
    return sums


def test_it_allows_what_fits_into_the_span_and_then_one_a_second(clock):
    debts = Debts(alone, longest=60, clock=clock)
    assert allowed(debts, 20) == 10
    assert debts.charge(charge()) == (charge()[0], 1.0)
    clock.now += 3
    assert allowed(debts, 20) == 3
    clock.now += 3600
    assert allowed(debts, 20) == 10


def test_it_charges_nothing_for_a_request_that_it_refuses(clock):
    debts = Debts(alone, longest=60, clock=clock)
    both = [*charge("first"), *charge("second", span=2)]
    assert [debts.charge(both) is None for _ in range(5)] == [True, True, False, False, False]
    assert allowed(debts, 20, key="first") == 8


def test_a_cheaper_request_still_passes_where_a_dear_one_waits(clock):
    debts = Debts(alone, longest=60, clock=clock)
    assert allowed(debts, 20, key="budget", span=5) == 5
    assert allowed(debts, 20, key="budget", span=10) == 5


def test_processes_count_together_through_a_file(clock, tmp_path):
    first, second = (
        Debts(FileExchange(tmp_path / "limits", clock), longest=60, interval=0, clock=clock) for _ in range(2)
    )
    assert allowed(first, 8) == 8
    assert allowed(second, 20) <= 3  # it learns of the eight with its first request that counts
    assert allowed(first, 20) <= 1


@pytest.mark.usefixtures("migrated")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_servers_count_together_through_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    first, second = (Debts(exchange_in_postgresql, longest=60, interval=0) for _ in range(2))
    assert allowed(first, 8) == 8
    assert allowed(second, 20) <= 3
    exchange_in_postgresql({"payer": -5.0})
    exchange_in_postgresql({"other": 1.0})
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM limits.debts ORDER BY key")
        assert [key for (key,) in cursor.fetchall()] == ["other", "somebody"]
        cursor.execute("DROP SCHEMA limits CASCADE")


def test_it_shares_no_debt_that_is_paid(clock):
    shared = []
    debts = Debts(lambda sums: shared.append(sums) or sums, longest=60, clock=clock)
    for _ in range(100):
        clock.now += 10
        debts.charge(charge(seconds=0.9))
    assert shared == []
    debts.charge(charge(seconds=0.9))
    assert shared == [{"somebody": pytest.approx(1.8)}]


def test_it_stores_nothing_of_those_who_send_little(clock, tmp_path):
    debts = Debts(FileExchange(tmp_path / "limits", clock), longest=60, interval=0, clock=clock)
    for number in range(50):
        debts.charge(charge(f"reader {number}", seconds=0.2, span=10.0))
    assert not (tmp_path / "limits").exists()


def test_it_shares_the_first_debt_where_every_one_counts(clock, tmp_path):
    first, second = (
        Debts(FileExchange(tmp_path / "limits", clock), longest=60, interval=0, clock=clock, shared_from=0)
        for _ in range(2)
    )
    assert [allowed(each, 1, seconds=0.5) for each in (first, second, first, second)] == [1, 1, 1, 1]
    assert allowed(first, 20, seconds=0.5) + allowed(second, 20, seconds=0.5) <= 17


def test_it_forgets_a_debt_that_is_paid(clock, tmp_path):
    exchange = FileExchange(tmp_path / "limits", clock)
    assert exchange({"long": 9.0, "short": 1.0}) == {"long": 9.0, "short": 1.0}
    clock.now += 2
    assert exchange({"long": 1.0}) == {"long": 8.0}
    with sqlite3.connect(tmp_path / "limits") as file:
        assert file.execute("SELECT key FROM debts").fetchall() == [("long",)]


def test_it_exchanges_only_a_few_times_a_second(clock):
    calls = []
    debts = Debts(lambda sums: calls.append(sums) or sums, longest=60, clock=clock)
    allowed(debts, 5)
    assert calls == [{"somebody": 1.0}]
    clock.now += 0.3
    allowed(debts, 1)
    assert calls == [{"somebody": 1.0}, {"somebody": 5.0}]


@pytest.mark.parametrize("fault", [DatabaseError("gone"), sqlite3.OperationalError("locked"), OSError("full")])
def test_it_counts_alone_where_the_others_cannot_be_reached(clock, fault):
    calls = []

    def exchange(sums):
        calls.append(sums)
        raise fault

    debts = Debts(exchange, longest=60, interval=0, clock=clock)
    assert allowed(debts, 20) == 10
    assert len(calls) == 1  # it pauses
    clock.now += 11
    assert allowed(debts, 20) == 10
    assert len(calls) == 2


def test_it_opens_its_file_again_after_it_was_damaged_and_replaced(clock, tmp_path):
    exchange = FileExchange(tmp_path / "limits", clock)
    (tmp_path / "limits").write_text("This is a letter. " * 100)
    with pytest.raises(sqlite3.Error):
        exchange({"somebody": 1.0})
    (tmp_path / "limits").unlink()
    assert exchange({"somebody": 1.0}) == {"somebody": 1.0}


def test_threads_are_counted_one_by_one(clock):
    debts = Debts(alone, longest=60, clock=clock)
    passed = []
    threads = [threading.Thread(target=lambda: passed.append(allowed(debts, 50, span=100.0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) == 100
