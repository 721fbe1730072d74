"""Whether words stand in a text as they are printed, and if not, which words that do are nearest to them. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from .fold import fold, same_marks, visible

NEAR = 0.6  # of the letters that two groups of words must share to be near one another
WORD = re.compile(r"\S+")
EDGES = ".,;:!?()[]\"'“”‘’"


def stands_in(words: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts holds the words, in these letters; kinds of spaces, hyphens and apostrophes aside."""
    wanted = _plain(words)
    return bool(wanted) and any(wanted in _plain(text) for text in texts)


def nearest(words: str, texts: Iterable[str]) -> str:
    """The words of the texts that are most like these, as printed; "" where none are near."""
    wanted, best, found = fold(words), NEAR, ""
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    lengths = {max(len(wanted.split()) + more, 1) for more in (-1, 0, 1)}
    for text in texts:
        spans = [match.span() for match in WORD.finditer(text)]
        for length in lengths:
            for first, last in zip(spans, spans[length - 1 :], strict=False):
                printed = text[first[0] : last[1]].strip(EDGES)
                matcher.set_seq1(fold(printed))
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, found = matcher.ratio(), " ".join(printed.split())
    return found


def _plain(text):
    return " ".join(same_marks(visible(text).text).split())
