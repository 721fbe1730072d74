"""What a process keeps of a report for as long as the content stays the same."""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from cachetools import LRUCache
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from .content_version import current_version
from .documents import RelatedDocument
from .report import Report

CACHED_REPORTS = 100
QUESTIONS = ("kind", "symbol", "address", "languages", "date", "held")  # of the list of issues
Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")
OfReport = Callable[Concatenate[Report | None, Arguments], Value]


def cached_per_version(most: int) -> Callable[[OfReport], OfReport]:
    """Makes a function of a report keep its last values, at most `most`, each for one content version.

    The version is read before anything else, so that what is kept under a number is never older than it. What is kept
    is shared by threads, and must not be changed.
    """

    def decorate(function: OfReport) -> OfReport:
        values: LRUCache = LRUCache(most)
        lock, reading = Lock(), Lock()

        def held(key):
            with lock:
                return (values[key],) if key in values else ()

        @wraps(function)
        def of_report(report: Report | None, *arguments: Arguments.args) -> Value:
            version = 0 if report is None else content_version_of(report)
            if not version:  # nothing has been counted yet
                return function(report, *arguments)
            key = version, report.pk, *arguments
            if found := held(key):
                return found[0]
            with reading:  # after an edit one thread reads, the others wait for it
                if found := held(key):
                    return found[0]
                value = function(report, *arguments)
                with lock:
                    values[key] = value
                return value

        return of_report

    return decorate


def kept_report(symbol: str = "") -> Report | None:
    """The report of that symbol, whatever its case, or the default one; None where there is none.

    One query where the process holds it. The same object serves all threads, and must not be changed. With
    it comes `list_document`, the values of the list of issues that editors recorded for it.
    """
    version = current_version().content
    return (_report if version else _report.__wrapped__)(version, symbol)


@lru_cache(maxsize=CACHED_REPORTS)
def _report(version, symbol):
    lists = RelatedDocument.objects.lists_of_issues().filter(report=OuterRef("pk")).with_held()
    first = lists.order_by("kind", "symbol").values(found=JSONObject(**{name: name for name in QUESTIONS}))[:1]
    reports = Report.objects.annotate(list_document=Subquery(first))
    report = reports.with_others().filter(symbol__iexact=symbol).first() if symbol else reports.default()
    if report is not None:
        report.content_version = version
    return report


def version_key(report: Report | None) -> int:
    """The number under which a template may keep what it says of the report's content; without a version a new one."""
    return content_version_of(report) or time.time_ns()


def content_version_of(report: Report | None) -> int:
    """The content version before the report was read, if `kept_report` read it; otherwise the present one."""
    if report is None or report.content_version is None:
        return current_version().content
    return report.content_version
