"""Finds the dates and periods in a text."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sections.text.english_words import MONTHS
from sections.text.whole_numbers import whole_number

from .patterns import BEFORE, DAY, LONE_YEAR, MONTH_OF_YEAR, PERIOD, SYMBOL, WEB


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or period: span, first and last day that it means, and precision (day, month, year).

    `sense` is how it is meant: on, period, since, until, before. `year_printed` is False where the year is taken from
    the text before.
    """

    start: int
    end: int
    surface: str
    first: date
    last: date
    precision: str
    sense: str
    year_printed: bool


def dates(text: str, year: int | None = None) -> list[Dated]:
    """The dates and periods of a text in order; `year` is for those without one until the text names a year.

    A day whose year is unknown is left out.
    """
    masked = WEB.sub(lambda address: "·" * len(address.group()), text)
    found: list[Dated] = []
    for pattern in (PERIOD, DAY, MONTH_OF_YEAR, LONE_YEAR):
        for match in pattern.finditer(masked):
            if pattern is LONE_YEAR and _in_symbol(masked, match):
                continue
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                read = _period if pattern is PERIOD else _single
                dated = read(text, match, _year_before(masked, match.start(), year))
                found += [dated] if dated else []
    return sorted(found, key=lambda dated: dated.start)


def _period(text, match, year):
    first_words, last_words = match["first"] or match["year"], match["last"] or match["to"]
    last = _moment(last_words, year)
    first = _moment(first_words, last[0].year if last else year)
    if first is None or last is None:
        return None
    precision = next(name for name in ("year", "month", "day") if name in (first[2], last[2]))
    printed = any(part.isdigit() and len(part) == 4 for part in last_words.split())
    return Dated(match.start(), match.end(), match.group(), first[0], last[1], precision, "period", printed)


def _single(text, match, year):
    moment = _moment(match.group(), year)
    if moment is None:
        return None
    before = text[max(match.start() - 30, 0) : match.start()]
    sense = next((sense for sense, pattern in BEFORE if pattern.search(before)), "on")
    return Dated(match.start(), match.end(), match.group(), *moment, sense, bool(match["year"]))


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
