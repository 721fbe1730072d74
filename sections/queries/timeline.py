"""The dates and periods in a report, by year."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from sections.models import DatedEvent, Report


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its dates in order; a period stands in its first year."""

    year: int
    events: tuple[DatedEvent, ...]


def events(report: Report) -> QuerySet[DatedEvent]:
    """The dates that readers see, with their places, in chronological order."""
    order = ("first", "-last", "block__paragraph__number", "block__position", "start")
    return DatedEvent.objects.shown().of(report).with_places().order_by(*order)


def timeline(report: Report) -> list[Year]:
    """The report's dates by year; a fixed number of queries."""
    return [Year(year, tuple(rows)) for year, rows in groupby(events(report), key=lambda event: event.first.year)]


def counts(years: list[Year]) -> Counter[int]:
    """Number of dates in each year."""
    return Counter({year.year: len(year.events) for year in years})
