"""Cuts readable snippets out of a text: the sentence around a name, what matches a query best, the opening. Pure.

A snippet begins and ends at sentences where they fit into its limit, else between words; `cut_before` and `cut_after`
say where an ellipsis stands for the rest of a sentence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from .parts import TextPart, joined_spans, text_parts
from .sentences import sentence_bounds

LIMIT = 360  # characters
OPENING = 300
REACH = 90  # of the words on either side of a place
BEST = 260  # of the snippet that matches a query best, about
REPEATED = 0.08  # of a clause's value in it, for each further occurrence
BREAK = re.compile(r"[.!?;:][\"'”’)]?\s+|\n")  # where it begins or ends: parts of sentences will do
NEXT_WORD = re.compile(r"\s\S")

# Characters that match a clause of a query: start, end, clause and the weight below zero, so that the weightiest of
# equals sorts first. A bare tuple, because a page looks at thousands of them.
Span = tuple[int, int, int, float]


class Snippet(NamedTuple):
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

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each marked part, counted from the first character of the slice."""
        ends = accumulate(len(part.text) for part in self.parts)
        return tuple((end - len(part.text), end) for part, end in zip(self.parts, ends, strict=True) if part.marked)


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


def around(text: str, start: int, end: int, reach: int = REACH) -> Snippet:
    """The characters, marked, with the words before and after them, whether or not these belong to the sentence."""
    first = word_start(text, start - reach, start)
    last = max(word_end(text, end + reach, end), end)
    return Snippet(first, last, text_parts(text, first, last, [(start, end)]), first > 0, last < len(text.rstrip()))


def opening(text: str, limit: int = OPENING) -> Snippet:
    """The first sentences of a text that fit into the limit, or as much of the first as does."""
    whole = [end for _, end in sentence_bounds(text) if end <= limit]
    end = whole[-1] if whole else word_end(text, limit)
    return Snippet(0, end, (TextPart(text[:end]),), cut_after=not whole and end < len(text.rstrip()))


def best_snippet(texts: Sequence[tuple[str, Sequence[Span]]], weights: Mapping[int, float]) -> tuple[int, Snippet]:
    """The snippet that shows most of a query, the earlier of two equals, and the index of its text.

    Each text comes with its spans in order; `weights` are those of the clauses. Where nothing matches it is an opening.
    """
    best, chosen = -1.0, None
    for index, (_, spans) in enumerate(texts):
        values = [-weights.get(clause, 1.0) * minus_weight for _, _, clause, minus_weight in spans]
        for at, (start, *_) in enumerate(spans):
            value = _value_from(spans, values, at)
            if value > best + 1e-9:
                best, chosen = value, (index, at)
            if spans[-1][1] <= start + BEST:
                break  # later windows hold only some of what this one holds
    if chosen is None:
        index = max(range(len(texts[:2])), key=lambda index: min(len(texts[index][0]), 80))  # the first may be a title
        text = texts[index][0]
        return index, _slice(text, 0, word_end(text, BEST), [])
    index, at = chosen
    text, spans = texts[index]
    first, end, *_ = spans[at]
    last = max(high for _, high, *_ in spans[at:] if high <= max(end, first + BEST))
    return index, _slice(text, *_bounds(text, first, last), spans)


def _value_from(spans, values, at):
    """The value of the spans in a snippet that begins here: each clause at its best, repetitions a little."""
    total, best, limit = 0.0, {}, spans[at][0] + BEST
    for place in range(at, len(spans)):
        _, end, clause, _ = spans[place]
        if end > limit:
            break
        total += values[place]
        best[clause] = max(best.get(clause, 0.0), values[place])
    return REPEATED * total + (1 - REPEATED) * sum(best.values())


def _bounds(text, first, last):
    """Where a snippet around these characters begins and ends: at parts of sentences if near, else at words."""
    spare = max(BEST - (last - first), 0)
    start = 0
    if first > spare:
        near = BREAK.search(text, first - spare, first)
        start = near.end() if near else word_start(text, first - spare // 2, first)
    high = max(start + BEST, last)
    if high >= len(text):
        return start, len(text)
    ends = [found.start() + 1 for found in BREAK.finditer(text, last, high + 40)]
    return start, ends[-1] if ends else max(word_end(text, high, last), last)


def _slice(text, start, end, spans):
    end = start + len(text[start:end].rstrip())
    parts = text_parts(text, start, end, joined_spans((low, high) for low, high, _, _ in spans))
    cut_before = start > 0 and not BREAK.search(text, max(start - 3, 0), start)
    return Snippet(start, end, parts, cut_before, end < len(text.rstrip()))


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
    """Where the last word ends that ends at `at` or before, at `earliest` or after it; `at` if none does."""
    if at >= len(text):
        return len(text.rstrip())
    gap = max(text.rfind(space, earliest, at + 1) for space in " \n\t\u00a0")
    return gap if gap >= max(earliest, 1) else at
