"""Cuts readable passages out of text: the sentence around a name, the opening of a paragraph. Knows no model.

A sentence ends at a full stop, question mark or exclamation mark that a space and a capital, digit or
opening quotation mark follow, unless the stop belongs to an abbreviation or an initial; and at a line break,
which only the text of a table holds. A sentence longer than the limit is cut at words on both sides.
"""

import re
from dataclasses import dataclass

LIMIT = 360
END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-zà-ÿ])|\n")
ABBREVIATED = re.compile(
    r"(?:\b(?:Nos?|arts?|paras?|pp?|vols?|eds?|Mrs?|Ms|Drs?|St|vs|cf|e\.g|i\.e|approx)|(?<![^\W_])[A-Z])$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a passage; `marked` where they are what the passage is quoted for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a text from `start` to `end`, in pieces; `cut_before` and `cut_after` tell a broken sentence."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        """The slice as one string."""
        return "".join(piece.text for piece in self.pieces)


def passages(text: str, spans: list[tuple[int, int]], limit: int = LIMIT) -> list[Passage]:
    """The sentences around the spans, in order; a sentence with several spans comes once, with each marked."""
    bounds = sentence_bounds(text)
    left = sorted(set(spans))
    made = []
    while left:
        low, high, cut_before, cut_after = _window(text, bounds, left[0], limit)
        inside = [span for span in left if span[1] <= high]
        left = [span for span in left if span[1] > high]
        made.append(Passage(low, high, tuple(_pieces(text, low, high, inside)), cut_before, cut_after))
    return made


def opening(text: str, limit: int = 300) -> Passage:
    """The first sentences of a text that fit into the limit, or as much of the first as does."""
    bounds = sentence_bounds(text)
    fitting = [end for _, end in bounds if end <= limit]
    if fitting:
        end = fitting[-1]
        return Passage(0, end, (Piece(text[:end]),))
    end = _word_end(text, limit)
    return Passage(0, end, (Piece(text[:end]),), cut_after=end < len(text.rstrip()))


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the space between them."""
    bounds, start = [], 0
    for found in END.finditer(text):
        if found.group() != "\n" and ABBREVIATED.search(text, start, found.start()):
            continue
        bounds.append((start, found.end()))
        start = found.end()
    bounds.append((start, len(text)))
    return [_stripped(text, *pair) for pair in bounds if text[slice(*pair)].strip()]


def _window(text, bounds, span, limit):
    start, end = span
    low = max((first for first, _ in bounds if first <= start), default=0)
    high = min((last for _, last in bounds if last >= end), default=len(text))
    if high - low <= limit:
        return low, high, False, False
    spare = max(limit - (end - start), 0) // 2
    from_here = low if start - spare <= low else _word_start(text, start - spare, start)
    to_here = high if end + spare >= high else max(_word_end(text, end + spare, end), end)
    return from_here, to_here, from_here > low, to_here < high


def _pieces(text, low, high, spans):
    at = low
    for start, end in spans:
        start = max(start, at)
        if start >= end:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if at < high:
        yield Piece(text[at:high])


def _word_start(text, at, latest):
    gap = re.compile(r"\s\S").search(text, max(at - 1, 0), latest + 1)
    return gap.start() + 1 if gap else latest


def _word_end(text, at, earliest=0):
    if at >= len(text):
        return len(text.rstrip())
    gap = max((text.rfind(space, earliest, at + 1) for space in " \n\t\u00a0"), default=-1)
    return gap if gap > earliest else at


def _stripped(text, start, end):
    slice_ = text[start:end]
    return start + len(slice_) - len(slice_.lstrip()), end - (len(slice_) - len(slice_.rstrip()))
