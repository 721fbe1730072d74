"""Finds the numbers in a text that count or measure something, and guesses what of."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sections.text.english_words import NUMBERS

from .dates import dates
from .kinds import kind_and_unit
from .patterns import BOUNDS, CITED, DIGITS, LABEL, NO_COUNT, SCALES, STOP, SYMBOL, WEB, WORD

SENTENCE = re.compile(r"[.;:]\s")
MOST_DIGITS = 15  # of a number, which SQLite keeps exact; it could not read one of more digits again
MOST_BEFORE_POINT, MOST_AFTER_POINT = 16, 4  # digits that are stored, zeros included


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that counts: span, exact value, bound ("about", "over", …), kind, unit and the words counted.

    `period` is the date or period that stands in the same sentence, as printed; empty when none does.
    """

    start: int
    end: int
    surface: str
    value: Decimal
    bound: str
    kind: str
    unit: str
    what: str
    period: str


def numbers(text: str, year: int | None = None) -> list[Counted]:
    """The numbers of a text that count something, in order; dates, citations, symbols and labels are left out.

    So are numbers of more digits than can be stored exactly.
    """
    dated = dates(text, year or 1)
    taken = [(date.start, date.end) for date in dated]
    for pattern in (WEB, CITED, SYMBOL, LABEL):
        taken += [match.span() for match in pattern.finditer(text)]
    spans = [(match.span("number")[0], match.end(), _value(match)) for match in DIGITS.finditer(text)]
    spans += [(*match.span(), Decimal(NUMBERS[match["word"].casefold()])) for match in WORD.finditer(text)]
    return [
        _counted(text, start, end, value, dated)
        for start, end, value in sorted(spans)
        if not (any(low < end and start < high for low, high in taken) or NO_COUNT.match(text, start))
        and _is_storable(value)
    ]


def _value(match):
    return Decimal(re.sub("[, \u00a0\u202f]", "", match["number"])) * SCALES.get(match["scale"], 1)


def _is_storable(value):
    before, _point, after = f"{value:f}".partition(".")
    after = after.rstrip("0")
    digits = len(f"{before}{after}".strip("0"))
    return digits <= MOST_DIGITS and len(before) <= MOST_BEFORE_POINT and len(after) <= MOST_AFTER_POINT


def _counted(text, start, end, value, dated):
    stop = STOP.search(text, end)
    what = text[end : stop.start() if stop else len(text)].strip(" -")
    kind, unit = kind_and_unit(what)
    before = text[max(start - 20, 0) : start]
    bound = next((name for name, pattern in BOUNDS if pattern.search(before)), "")
    return Counted(start, end, text[start:end], value, bound, kind, unit, what, _period(text, start, end, dated))


def _period(text, start, end, dated):
    low = max((match.end() for match in SENTENCE.finditer(text, 0, start)), default=0)
    after = SENTENCE.search(text, end)
    high = after.start() + 1 if after else len(text)
    inside = [date for date in dated if low <= date.start and date.end <= high and date.year_printed]
    before = [date for date in inside if date.end <= start]
    nearest = before[-1:] or inside[:1]
    return nearest[0].surface if nearest else ""
