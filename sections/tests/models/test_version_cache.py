"""What a process keeps of a report for one content version."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import transaction

from sections.models import Note, Paragraph, Report, cached_per_version, content_changed, kept_report, version_key
from sections.tests.support.world import SYMBOL, make_other_report, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def counted():
    """A kept function of a report and a word, with the arguments of each time that it ran."""
    ran = []

    @cached_per_version(2)
    def function(report, word=""):
        ran.append((report and report.symbol, word))
        return ran[-1]

    function.ran = ran
    return function


def test_it_works_a_value_out_once_for_each_version_report_and_argument(world, counted):
    other = kept_report(make_other_report().symbol)
    for _ in range(3):
        assert counted(kept_report(), "a") == (SYMBOL, "a")
    assert len(counted.ran) == 1
    counted(other, "a")
    counted(other, "b")
    assert counted.ran == [(SYMBOL, "a"), (other.symbol, "a"), (other.symbol, "b")]
    content_changed()
    counted(kept_report(), "a")
    assert len(counted.ran) == 4


def test_of_threads_that_need_the_same_one_reads_and_the_others_wait(world):
    report, ran = kept_report(), []

    @cached_per_version(2)
    def slow(report):
        ran.append(report.symbol)
        sleep(0.3)  # time for the other threads to ask as well
        return object()

    with ThreadPoolExecutor(4) as threads:
        answers = [thread.result() for thread in [threads.submit(slow, report) for _ in range(4)]]
    assert ran == [SYMBOL] and len(set(answers)) == 1


def test_it_reads_again_after_a_failure(world):
    outcomes = [ValueError("the database is locked"), "read"]

    @cached_per_version(2)
    def failing(report):
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with pytest.raises(ValueError):
        failing(kept_report())
    assert failing(kept_report()) == "read"


def test_it_holds_only_the_last_values(world, counted):
    for word in ("a", "b", "c", "a"):
        counted(kept_report(), word)
    assert len(counted.ran) == 4


def test_it_keeps_nothing_before_anything_was_counted(db, counted):
    Report.objects.bulk_create([Report(symbol="XXX/C/EXA/9", title="Of no version")])
    for _ in range(2):
        counted(kept_report())
        assert kept_report().title == "Of no version"
    assert version_key(kept_report()) != version_key(kept_report())
    Report.objects.update(title="Changed")
    assert kept_report().title == "Changed"
    assert len(counted.ran) == 2


def test_it_keeps_nothing_without_a_report(db, counted):
    assert kept_report("nothing") is None
    assert [counted(None), counted(None)] == [(None, "")] * 2
    assert len(counted.ran) == 2


def test_it_asks_for_the_version_where_the_report_came_without_one(world, counted, django_assert_num_queries):
    report = Report.objects.get()
    counted(report)
    with django_assert_num_queries(1):
        counted(report)
    content_changed()
    counted(report)
    assert len(counted.ran) == 2


def test_what_was_rolled_back_is_never_given_to_anybody_else(world, counted):
    with transaction.atomic():
        Note.objects.create(paragraph=Paragraph.objects.get(number=1), text="Never committed.")
        inside = counted(kept_report())
        transaction.set_rollback(True)
    content_changed()
    assert counted(kept_report()) is not inside


def test_the_report_costs_one_query_while_nothing_changes(world, django_assert_num_queries):
    kept_report(SYMBOL.lower())
    with django_assert_num_queries(1):
        assert kept_report(SYMBOL.lower()).symbol == SYMBOL
    Report.objects.get().save()
    with django_assert_num_queries(2):
        assert kept_report(SYMBOL.lower()).symbol == SYMBOL
