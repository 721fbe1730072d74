"""Questions about the figures in a report: all of them, the years that they speak of, the sums that can be checked."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max, Min, QuerySet

from sections.models import CheckedSum, Figure, Report
from sections.text.fold import fold


def figures(report: Report) -> QuerySet:
    """The figures that readers see, with their places, in the order of reading."""
    return Figure.objects.shown().of(report).with_places().in_order()


def in_order(rows: QuerySet, sort: str) -> QuerySet:
    """The figures as a reader sorts them: by paragraph, or the greatest value first."""
    place = ("block__paragraph__number", "block__position", "start")
    return rows.order_by("-value", *place) if sort == "value" else rows.order_by(*place)


def matching(report: Report, text: str) -> list[int]:
    """Keys of the figures whose words hold every word of the text, accents and case aside."""
    words = fold(text).split()
    fields = Figure.objects.of(report).order_by().values_list("pk", "surface", "unit", "what", "period")
    return [key for key, *held in fields if all(word in fold(" ".join(held)) for word in words)]


def years(report: Report) -> list[int]:
    """The years from the first to the last that the report's figures speak of, the last first."""
    found = Figure.objects.shown().of(report).aggregate(first=Min("first_year"), last=Max("last_year"))
    return list(range(found["last"], found["first"] - 1, -1)) if found["first"] else []


@dataclass(frozen=True, slots=True)
class Sums:
    """The checked sums of a report in order, and how many of them agree, agree once cut off, differ."""

    rows: tuple[tuple[CheckedSum, object], ...]
    agrees: int
    cut: int
    differs: int


def sums(report: Report) -> Sums:
    """Every checked sum with its outcome; a fixed number of queries."""
    rows = tuple((row, row.outcome) for row in CheckedSum.objects.of(report))
    verdicts = Counter(outcome.verdict for _, outcome in rows)
    return Sums(rows, verdicts["agrees"], verdicts["cut"], verdicts["differs"])
