"""Numbers as people type and remember them: "9.355", "60k", "more than 60,000", "4.7 million", "eleven". Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sections.text.english_words import NUMBERS

_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,3}))?(k|m|bn|)")
_SCALES = {"k": 10**3, "thousand": 10**3, "mil": 10**3, "mille": 10**3}
_SCALES |= dict.fromkeys(("m", "million", "millions", "millon", "millones"), 10**6)
_SCALES |= dict.fromkeys(("bn", "billion", "billions", "milliard", "milliards", "mil millones"), 10**9)
_DIGITS = {word: str(number) for word, number in NUMBERS.items()} | {"hundred": "100"}
_IN_WORDS = {digits: word for word, digits in _DIGITS.items()}
LEAST_UNIT = 100  # to which a number must be rounded to stand for others


class Rounded(NamedTuple):
    """A round number: what it stands for lies from `low` up to `high` and begins with one of these digits."""

    value: int
    low: int
    high: int
    beginnings: tuple[str, ...]

    def stands_for(self, exact: str) -> bool:
        """Whether a folded word is a number that people round or cut to this one."""
        return exact.replace(".", "", 1).isdecimal() and self.low <= float(exact) < self.high


def without_points(exact: str) -> str:
    """A number whose thousands a point parts, without it; "" for any other word."""
    return exact.replace(".", "") if _POINTS.fullmatch(exact) else ""


def grouped(exact: str) -> str:
    """A number in digits as English groups them."""
    whole, point, decimals = exact.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def other_form(exact: str) -> str:
    """A small number in digits for one in words, and the other way; "" for any other word."""
    return _DIGITS.get(exact) or _IN_WORDS.get(exact, "")


def scale_of(exacts: Sequence[str]) -> str:
    """The one or two words that these begin with and that multiply the number before them, or ""."""
    scales = (" ".join(exacts[:count]) for count in (2, 1))
    return next((scale for scale in scales if len(scale) > 1 and scale in _SCALES), "")


def rounded(exact: str, scale: str = "") -> Rounded | None:
    """The round number that a folded word is, with the word for thousands or millions after it; None for others."""
    match = _NUMBER.fullmatch(exact)
    if not match:
        return None
    whole, decimals, letter = match.groups(default="")
    digits, factor = (whole + decimals).lstrip("0"), _SCALES.get(scale or letter, 1)
    zeros = len(digits) - len(digits.rstrip("0"))
    value = int(digits or 0) * factor // 10 ** len(decimals)
    unit = factor * 10**zeros // 10 ** len(decimals)
    if unit < LEAST_UNIT or not value:
        return None
    lead = value // unit
    return Rounded(value, value - unit // 2, value + unit, (str(lead), str(lead - 1 or 9)))
