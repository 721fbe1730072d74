"""Cuts readable snippets out of a text: the sentence around a name, the stretch around words, the opening. Pure.

A snippet begins and ends at sentences where they fit into its limit, else between words; `cut_before` and `cut_after`
say where an ellipsis stands for the rest of a sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .parts import TextPart, text_parts
from .sentences import sentence_bounds

LIMIT = 360  # characters
OPENING = 300
NEXT_WORD = re.compile(r"\s\S")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A slice of a text from `start` to `end` in parts, and whether either end breaks a sentence."""

    start: int
    end: int
    parts: tuple[TextPart, ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        """The slice as one string."""
        return "".join(part.text for part in self.parts)


def snippets(text: str, spans: Iterable[tuple[int, int]], limit: int = LIMIT) -> list[Snippet]:
    """The sentences around the spans, in order; a sentence with several spans comes once, with each marked."""
    bounds = sentence_bounds(text)
    remaining = sorted(set(spans))
    cut = []
    while remaining:
        start, end, *is_cut = _window(text, bounds, *remaining[0], limit)
        inside = [span for span in remaining if span[1] <= end]
        remaining = [span for span in remaining if span[1] > end]
        cut.append(Snippet(start, end, text_parts(text, start, end, inside), *is_cut))
    return cut


def opening(text: str, limit: int = OPENING) -> Snippet:
    """The first sentences of a text that fit into the limit, or as much of the first as does."""
    whole = [end for _, end in sentence_bounds(text) if end <= limit]
    end = whole[-1] if whole else word_end(text, limit)
    return Snippet(0, end, (TextPart(text[:end]),), cut_after=not whole and end < len(text.rstrip()))


def _window(text, bounds, start, end, limit):
    """Start and end of the sentences that hold the characters, within the limit, and whether either end cuts one."""
    low = max((first for first, _ in bounds if first <= start), default=0)
    high = min((last for _, last in bounds if last >= end), default=len(text))
    if high - low <= limit:
        return low, high, False, False
    spare = max(limit - (end - start), 0) // 2
    first = low if start - spare <= low else word_start(text, start - spare, start)
    last = high if end + spare >= high else max(word_end(text, end + spare, end), end)
    return first, last, first > low, last < high


def word_start(text: str, at: int, latest: int) -> int:
    """Where the first word begins that starts at `at` or later; `latest` if none does before it."""
    if at <= 0:
        return 0
    gap = NEXT_WORD.search(text, max(at - 1, 0), latest + 1)
    return gap.start() + 1 if gap else latest


def word_end(text: str, at: int, earliest: int = 0) -> int:
    """Where the last word ends that ends at `at` or before, after `earliest`; `at` if none does."""
    if at >= len(text):
        return len(text.rstrip())
    gap = max(text.rfind(space, earliest, at + 1) for space in " \n\t\u00a0")
    return gap if gap > earliest else at
