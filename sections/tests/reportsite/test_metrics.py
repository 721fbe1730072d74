"""What is measured of an answer, and which errors of the database are counted."""

import pytest
from django.db import OperationalError
from prometheus_client import REGISTRY

from reportsite import metrics
from reportsite.request_log import Answer
from reportsite.unavailable import answer_to

pytestmark = pytest.mark.django_db


def figure(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def observe():
    return metrics.observer(None)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/convention/", "convention"),
        ("/es/convention/", "convention"),
        ("/fr/search/", "search"),
        ("/static/css/reading.css", "static"),
        ("/wp-login.php", "none"),
        ("/admin/login/", "admin:login"),
    ],
)
def test_it_counts_by_route_and_not_by_address(observe, path, route):
    before = figure("site_requests_total", route=route, status="4xx")
    observe(Answer("GET", path, 404, 100, 0.02, False))
    assert figure("site_requests_total", route=route, status="4xx") == before + 1
    assert figure("site_request_seconds_count", route=route) >= 1


def test_it_tells_answers_of_the_cache_from_those_that_were_made(observe):
    before = [figure("site_page_cache_answers_total", answer=answer) for answer in ("hit", "made")]
    for method, cached in (("GET", True), ("HEAD", True), ("GET", False), ("POST", False)):
        observe(Answer(method, "/", 200, 10, 0.001, cached))
    after = [figure("site_page_cache_answers_total", answer=answer) for answer in ("hit", "made")]
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 1]


def test_it_looks_at_what_the_process_holds(observe):
    observe(Answer("GET", "/", 200, 10, 0.001, False))
    assert figure("site_process_memory_bytes") > 10_000_000


def test_it_counts_a_statement_that_failed_once(observe, rf):
    before = figure("site_database_errors_total", kind="OperationalError")
    error = OperationalError("database is locked")

    def fail(*arguments):
        raise error

    with pytest.raises(OperationalError):
        metrics._count_errors(fail, "SELECT 1", None, False, {})
    assert answer_to(error, rf.get("/")).status_code == 503  # the same error again, on its way out
    assert figure("site_database_errors_total", kind="OperationalError") == before + 1


def test_it_counts_a_database_that_cannot_be_reached(observe, rf):
    before = figure("site_database_errors_total", kind="OperationalError")
    answer_to(OperationalError("unable to open database file"), rf.get("/"))
    assert figure("site_database_errors_total", kind="OperationalError") == before + 1
