"""Two texts side by side, with the words marked that only one of them has."""

import re
from difflib import SequenceMatcher

from .parts import TextPart

WORD = re.compile(r"\w+|\s+|[^\w\s]")


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
