"""Two texts side by side, with the words marked that only one of them has."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a text; `marked` where the other side of the comparison has others."""

    text: str
    marked: bool = False


def side_by_side(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts in pieces, with the words marked that only one of them has."""
    first, second = WORD.findall(old), WORD.findall(new)
    left, right = [], []
    for what, start, end, from_, to in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if end > start:
            left.append(Piece("".join(first[start:end]), what != "equal"))
        if to > from_:
            right.append(Piece("".join(second[from_:to]), what != "equal"))
    return tuple(left), tuple(right)
