"""Text in parts, some of them marked: how a comparison shows differences, and a snippet the words it is quoted for."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\w+|\s+|[^\w\s]")


class TextPart(NamedTuple):
    """Characters of a text; `marked` where they are what the reader is to see."""

    text: str
    marked: bool = False


def joined_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, empty ones left out, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < end and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def text_parts(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> tuple[TextPart, ...]:
    """The characters from `start` to `end` in parts, those within the sorted spans marked; overlaps are marked once."""
    parts, cursor = [], start
    for span_start, span_end in spans:
        low, high = max(span_start, cursor), min(span_end, end)
        if low < high:
            parts += [TextPart(text[cursor:low]), TextPart(text[low:high], marked=True)]
            cursor = high
    return tuple(part for part in (*parts, TextPart(text[cursor:end])) if part.text)


def side_by_side(old: str, new: str) -> tuple[tuple[TextPart, ...], tuple[TextPart, ...]]:
    """The old text and the new one in parts, with the words marked that only one of them has."""
    old_words, new_words = WORD.findall(old), WORD.findall(new)
    left, right = [], []
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if old_end > old_start:
            left.append(TextPart("".join(old_words[old_start:old_end]), tag != "equal"))
        if new_end > new_start:
            right.append(TextPart("".join(new_words[new_start:new_end]), tag != "equal"))
    return tuple(left), tuple(right)
