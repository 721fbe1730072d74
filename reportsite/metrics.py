"""What METRICS_ADDRESS shows: counts and times of requests, and what the processes hold, for Prometheus.

Each process writes its numbers into files in PROMETHEUS_MULTIPROC_DIR, which `reportsite.start` makes; a process of its
own, `reportsite.metrics_server`, adds them up and answers. Where there is no such folder nothing is measured.
"""

import os
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.signals import connection_created
from django.urls import Resolver404, resolve
from django.utils import translation
from prometheus_client import Counter, Gauge, Histogram

from sections.search import service

from .page_cache import PageCache
from .request_log import Answer
from .unavailable import database_failed

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
PAUSE = 5.0  # seconds between two looks at what the process holds

requests = Counter("site_requests", "Requests answered.", ["route", "status"])
seconds = Histogram("site_request_seconds", "From request to response.", ["route"], buckets=BUCKETS)
sent = Counter("site_response_bytes", "Bytes of bodies sent.", ["cached"])
cache_answers = Counter("site_page_cache_answers", "Answers to GET and HEAD, from the page cache or made.", ["answer"])
database_errors = Counter("site_database_errors", "Errors of the database, by kind.", ["kind"])
memory = Gauge("site_process_memory_bytes", "Resident memory.", multiprocess_mode="liveall")
content = Gauge("site_content_version", "The content version last seen.", multiprocess_mode="livemax")
cache_bytes = Gauge("site_page_cache_bytes", "What the cached pages take.", multiprocess_mode="liveall")
unavailable = Gauge(
    "site_database_unavailable_seconds", "How long the database has not answered.", multiprocess_mode="livemax"
)
search_version = Gauge("site_search_version", "The content version of the search index.", multiprocess_mode="liveall")
search_load = Gauge("site_search_load_seconds", "How long reading it took.", multiprocess_mode="liveall")


def observer(page_cache: PageCache | None) -> Callable[[Answer], None]:
    """A function that measures an answer; from now on the errors of the database are counted."""
    connection_created.connect(_watch_connection, dispatch_uid="metrics")
    database_failed.connect(_count_failure, dispatch_uid="metrics")
    looked = -PAUSE

    def observe(answer: Answer) -> None:
        nonlocal looked
        route = _route(answer.path)
        requests.labels(route, f"{answer.status // 100}xx").inc()
        seconds.labels(route).observe(answer.seconds)
        sent.labels("yes" if answer.cached else "no").inc(answer.size)
        if answer.method in ("GET", "HEAD"):
            cache_answers.labels("hit" if answer.cached else "made").inc()
        if time.monotonic() - looked > PAUSE:
            looked = time.monotonic()
            _look(page_cache)

    return observe


@lru_cache(maxsize=4096)
def _route(path):
    """The name of the route that serves the path, the same in each language; "none" for a path without one."""
    if path.startswith(settings.STATIC_URL):
        return "static"
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path).view_name or "unnamed"
        except Resolver404:
            return "none"


def _look(page_cache):
    with open("/proc/self/statm") as file:
        memory.set(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    loaded = service.last_load()
    search_version.set(loaded.version)
    search_load.set(loaded.seconds)
    if page_cache:
        cache_bytes.set(page_cache.size)
        content.set(page_cache.watch.version() or 0)
        unavailable.set(page_cache.watch.seconds_without_answer)


def _watch_connection(connection: Any, **kwargs):
    connection.execute_wrappers.append(_count_errors)


def _count_errors(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        _count(error)
        raise


def _count_failure(error: BaseException, **kwargs):
    """Counts what failed outside a statement: a database that cannot be reached."""
    _count(error)


def _count(error):
    if not getattr(error, "is_counted", False):
        error.is_counted = True
        database_errors.labels(type(error).__name__).inc()
