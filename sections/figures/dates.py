"""Finds the dates and periods in a text."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sections.text.whole_numbers import whole_number

from .patterns import BEFORE, DAY, LONE_YEAR, MONTH_OF_YEAR, MONTHS, PERIOD, SYMBOL, WEB


class Sense(StrEnum):
    """How a date is meant."""

    ON = "on"
    PERIOD = "period"
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or period: span, first and last day that it means, precision (day, month, year) and sense.

    `year_printed` is False where the year is taken from the text before.
    """

    start: int
    end: int
    surface: str
    first: date
    last: date
    precision: str
    sense: Sense = Sense.ON
    year_printed: bool = True


def dates(text: str, year: int | None = None) -> list[Dated]:
    """The dates and periods of a text in order; `year` is for those without one until the text names a year.

    A day whose year is unknown is left out.
    """
    masked = _without(text, WEB)
    matched = []
    for pattern, read in ((PERIOD, _period), (DAY, _day), (MONTH_OF_YEAR, _month), (LONE_YEAR, _year)):
        for match in pattern.finditer(masked):
            if pattern is LONE_YEAR and _in_symbol(masked, match):
                continue
            year_before = _year_before(masked, match.start(), year)
            if all(match.end() <= other.start or other.end <= match.start() for other in matched):
                dated = read(text, match, year_before)
                matched += [dated] if dated else []
    return sorted(matched, key=lambda dated: dated.start)


def _period(text, match, year):
    if match["year"]:
        ends = _moment(match["year"], None), _moment(match["to"], None)
        printed = True
    else:
        last = _moment(match["last"], year)
        first = _moment(match["first"], last[0].year if last else year)
        ends, printed = (first, last), any(part.isdigit() and len(part) == 4 for part in match["last"].split())
    if None in ends:
        return None
    (first, _, precise), (_, last, also) = ends
    coarser = "year" if "year" in (precise, also) else "month" if "month" in (precise, also) else "day"
    return Dated(match.start(), match.end(), match.group(), first, last, coarser, Sense.PERIOD, printed)


def _day(text, match, year):
    return _single(text, match, _moment(match.group(), year), bool(match["year"]))


def _month(text, match, year):
    return _single(text, match, _moment(match.group(), year), True)


def _year(text, match, year):
    return _single(text, match, _moment(match["year"], year), True)


def _single(text, match, moment, printed):
    if moment is None:
        return None
    before = text[max(match.start() - 30, 0) : match.start()]
    sense = next((Sense(sense) for sense, pattern in BEFORE if pattern.search(before)), Sense.ON)
    return Dated(match.start(), match.end(), match.group(), *moment, sense, printed)


def _moment(words, year):
    """First day, last day and precision of "24 April 2017", "April 2017" or "2017"; None if they are not a date."""
    parts = words.split()
    if len(parts[-1]) == 4 and (printed_year := whole_number(parts[-1])):
        year = printed_year
        parts.pop()
    if year is None:
        return None
    if not parts:
        return date(year, 1, 1), date(year, 12, 31), "year"
    month = MONTHS.index(parts[-1]) + 1
    days = monthrange(year, month)[1]
    if len(parts) == 1:
        return date(year, month, 1), date(year, month, days), "month"
    day = int(parts[0])
    return (date(year, month, day),) * 2 + ("day",) if 1 <= day <= days else None


def _year_before(text, start, year):
    years = [int(match["year"]) for match in LONE_YEAR.finditer(text, 0, start)]
    return years[-1] if years else year


def _in_symbol(text, match):
    return any(symbol.start() < match.start() and match.end() <= symbol.end() for symbol in SYMBOL.finditer(text))


def _without(text, *patterns):
    for pattern in patterns:
        text = pattern.sub(lambda match: "·" * len(match.group()), text)
    return text
