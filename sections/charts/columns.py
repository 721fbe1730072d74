"""Counts by year as columns along an axis of years."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from .strip import listed

HEIGHT = 96  # of the tallest column, in pixels
HEAD, FOOT = 18, 22


@dataclass(frozen=True, slots=True)
class Column:
    """A year's column: left edge, width and middle in per cent, top and height in pixels, and its count."""

    year: int
    x: str
    width: str
    middle: str
    y: int
    height: int
    count: int
    labelled: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The picture: height, height of the axis, columns of all years from the first to the last, and itself in words."""

    height: int
    axis: int
    columns: list[Column]
    words: str


def columns(counts: Mapping[int, int]) -> Columns | None:
    """A column for each year from the first that counts to the last; None when none does."""
    years = sorted(year for year, count in counts.items() if count)
    if not years:
        return None
    span = range(years[0], years[-1] + 1)
    most = max(counts.values())
    step = 100 / len(span)
    columns_by_year = [_column(year, at, step, counts.get(year, 0), most) for at, year in enumerate(span)]
    fullest = [str(year) for year in years if counts[year] == most]
    values = {"count": sum(counts.values()), "first": span[0], "last": span[-1], "years": listed(fullest), "most": most}
    words = gettext("%(count)s dates from %(first)s to %(last)s; most in %(years)s: %(most)s.") % values
    return Columns(HEAD + HEIGHT + FOOT, HEAD + HEIGHT, columns_by_year, words)


def _column(year, at, step, count, most):
    height = max(round(HEIGHT * count / most), 2) if count else 0
    gap = step * 0.12
    x, width, middle = (f"{part:.3f}%" for part in (at * step + gap, step - 2 * gap, (at + 0.5) * step))
    return Column(year, x, width, middle, HEAD + HEIGHT - height, height, count, year % 5 == 0)
