"""Whole numbers written as ranges: 12, 14–16. Pure."""

import re
from collections.abc import Iterable

from .parts import joined_spans
from .whole_numbers import MOST, whole_number

LONGEST = 2_000  # numbers in one range
MOST_NUMBERS = 20_000  # of a text
_BETWEEN = re.compile(r"[,;\s]+(?![-–—])(?<![-–—]\s)")
_DASH = re.compile(r"\s*[-–—]\s*")


class NotRanges(ValueError):
    """Which part of a text is wrong, in `part`; the message says why, for programmers."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"“{part}” {why}")
        self.part = part


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of numbers without a gap, in order."""
    return [(start, end - 1) for start, end in joined_spans((number, number + 1) for number in numbers)]


def range_words(numbers: Iterable[int]) -> list[str]:
    """Each run of the numbers in words: ["12", "14–16"]."""
    return [str(first) if first == last else f"{first}–{last}" for first, last in runs(numbers)]


def format_ranges(numbers: Iterable[int]) -> str:
    """The numbers in order, runs joined: "12, 14–16"."""
    return ", ".join(range_words(numbers))


def parse_ranges(text: str, most: int = MOST) -> list[int]:
    """The numbers of a text such as "12, 14–16", in order and each once.

    Raises NotRanges for a part that is wrong, or one with which the numbers become too many.
    """
    numbers: set[int] = set()
    for part in filter(None, _BETWEEN.split(text.strip())):
        ends = [whole_number(end, most) for end in _DASH.split(part)]
        if None in ends or len(ends) > 2:
            raise NotRanges(part, "is not a number or a range of numbers.")
        first, last = ends[0], ends[-1]
        if last < first:
            raise NotRanges(part, "is not a range: the smaller number comes first.")
        if last - first >= LONGEST or len(numbers) > MOST_NUMBERS:
            raise NotRanges(part, "has too many numbers.")
        numbers.update(range(first, last + 1))
    return sorted(numbers)
