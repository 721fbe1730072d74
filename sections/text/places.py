"""Places of a report as people write them in addresses: 94, 92-94, 92,95-97, 137(b), 100(1)(item-2). Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from .ranges import runs
from .whole_numbers import whole_number

MOST_PARTS = 50  # numbers and ranges in one address
_DASHES = re.compile(r"[‐‑‒–—―−]")
_PARTS = re.compile(r"[0-9]+(?:-[0-9]+)?(?:[,;+][0-9]+(?:-[0-9]+)?)*")
_ITEM = re.compile(r"([0-9]+)((?:\((?:[a-z]{1,20}|[0-9]{1,3}|item-?[0-9]{1,3})\))+|[a-z]{1,4}\)?)")
_STEP = re.compile(r"item-?[0-9]+|[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """First and last numbers of runs of paragraphs in order, or one paragraph and the names of an item in it."""

    runs: tuple[tuple[int, int], ...]
    item: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The place as its address is written."""
        numbers = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in self.runs)
        return numbers + "".join(f"({name})" for name in self.item)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "WrittenPlace":
        """The place of the paragraphs of these numbers."""
        return cls(tuple(runs(numbers)))

    @property
    def size(self) -> int:
        """The number of paragraphs, whether the report has them or not."""
        return sum(last - first + 1 for first, last in self.runs)


def parse_place(text: str) -> WrittenPlace | None:
    """The place that the text writes, whatever its dashes, spaces and order; None for what is no place.

    Numbers that overlap or follow one another are joined: "92-94,94,95" is 92 to 95.
    """
    text = "".join(_DASHES.sub("-", normalize("NFC", text)).casefold().split())
    if _PARTS.fullmatch(text):
        return _ranges(re.split("[,;+]", text))
    match = _ITEM.fullmatch(text)
    number = whole_number(match[1]) if match else None
    if match is None or number is None:
        return None
    names = tuple(re.sub(r"item-?", "item-", name) for name in _STEP.findall(match[2]))
    return WrittenPlace(((number, number),), names)


def _ranges(parts):
    if len(parts) > MOST_PARTS:
        return None
    ends = [[whole_number(end) for end in part.split("-")] for part in parts]
    if any(end is None for pair in ends for end in pair):
        return None
    pairs = sorted((min(pair), max(pair)) for pair in ends)
    joined = [list(pairs[0])]
    for first, last in pairs[1:]:
        if first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return WrittenPlace(tuple((first, last) for first, last in joined))
