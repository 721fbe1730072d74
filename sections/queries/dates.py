"""Questions about the dates in a report."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from sections.models import DatedEvent, Report


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the dates of it in order; a period stands in its first year."""

    year: int
    dates: tuple[DatedEvent, ...]


def dates(report: Report):
    """The dates that readers see, with their places, in the order of time."""
    order = ("first", "-last", "block__paragraph__number", "block__position", "start")
    return DatedEvent.objects.shown().of(report).with_places().order_by(*order)


def timeline(report: Report) -> list[Year]:
    """The report's dates by year; one query."""
    by_year = groupby(dates(report), key=lambda row: row.first.year)
    return [Year(year, tuple(rows)) for year, rows in by_year]


def counts(years: list[Year]) -> Counter:
    """Number of dates in each year."""
    return Counter({year.year: len(year.dates) for year in years})
