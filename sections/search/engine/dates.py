"""Days and months as people type them in three languages, in the form in which reports print them. Pure."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from sections.text.english_words import MONTHS

from .numbers import without_points

_SHORT = "jan feb mar apr - jun jul aug sep/sept oct nov dec"
_SPANISH = """
    enero/ene febrero/feb marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre
    diciembre/dic
"""
_FRENCH = "janvier/janv fevrier/fevr mars avril/avr mai juin juillet/juil aout septembre octobre novembre decembre"
_MONTH_OF = {
    form: month
    for forms in (_SHORT, _SPANISH, _FRENCH)
    for month, names in zip_longest(MONTHS, forms.split())
    for form in names.split("/")
}
_NAMES = _MONTH_OF.keys() | {month.casefold() for month in MONTHS}
_BETWEEN = {"de", "del", "of", "du"}  # a month and a number
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|o|a)")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}")


def in_words(text: str) -> str:
    """A date in figures between spaces as "8 August 2010", a number as English groups it, or the text."""
    plain = text.strip(",;")
    if match := _DAY_FIRST.fullmatch(plain):
        day, month, year = map(int, match.groups())
        if month > len(MONTHS):
            day, month = month, day
    elif match := _YEAR_FIRST.fullmatch(plain):
        year, month, day = map(int, match.groups())
    elif _DECIMAL_COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    else:
        return (without_points(plain) if plain.count(".") > 1 else "") or text
    return f"{day} {MONTHS[month - 1]} {year}" if 0 < month <= len(MONTHS) and 0 < day <= 31 else text


def month_at(exacts: Sequence[str], at: int) -> str:
    """The English name of the month that a folded word beside a day or a year is short for or translates, or ""."""
    month = _MONTH_OF.get(exacts[at], "")
    return month if month and any(map(_is_number, _beside(exacts, at))) else ""


def day_at(exacts: Sequence[str], at: int) -> str:
    """The day that an ordinal beside a month is, or ""."""
    match = _ORDINAL.fullmatch(exacts[at])
    return match[1] if match and _NAMES.intersection(_beside(exacts, at)) else ""


def _beside(exacts, at):
    """The words before and after one, without those that stand between a month and a number."""
    before = [exact for exact in exacts[max(at - 2, 0) : at] if exact not in _BETWEEN]
    after = [exact for exact in exacts[at + 1 : at + 3] if exact not in _BETWEEN]
    return (*before[-1:], *after[:1])


def _is_number(exact):
    return exact.isdigit() or bool(_ORDINAL.fullmatch(exact))
