"""Which paragraph of a new text is which of the old one, and where words of the old text stand in the new."""

from collections.abc import Sequence
from difflib import SequenceMatcher

HALF = 0.5


def same_paragraphs(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> dict[int, int]:
    """New numbers to old ones, for paragraphs given as (number, words).

    Paragraphs with equal words are the same, in order. Of those that are left between two such, the
    ones most alike are the same, if half of their words are. A paragraph that is new has no old number.
    """
    matcher = SequenceMatcher(None, [words for _, words in old], [words for _, words in new], autojunk=False)
    same = {}
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[old_from:old_to], new[new_from:new_to], strict=True)
            same |= {after[0]: before[0] for before, after in pairs}
        elif tag == "replace":
            same |= _most_alike(old[old_from:old_to], new[new_from:new_to])
    return same


def _most_alike(old, new):
    likeness = []
    for before, earlier in old:
        words = SequenceMatcher(None, b=earlier.split(), autojunk=False)
        for after, later in new:
            words.set_seq1(later.split())
            likeness.append((words.ratio(), -before, -after))
    same: dict[int, int] = {}
    for ratio, before, after in sorted(likeness, reverse=True):
        if ratio >= HALF and -after not in same and -before not in same.values():
            same[-after] = -before
    return same


def nearest_place(
    words: str, at: tuple[int, int], texts: Sequence[str], taken: Sequence[tuple[int, int, int]]
) -> tuple[int, int] | None:
    """Where the words stand in a paragraph's texts, as (index, start), nearest to where they stood; None if nowhere.

    `at` is (index, start) in the old texts; `taken` lists (index, start, end) that other links occupy.
    """
    places = []
    for index, text in enumerate(texts):
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            if not any(index == other and start < stop and end > begin for other, begin, stop in taken):
                places.append((abs(index - at[0]), abs(start - at[1]), index, start))
            start = text.find(words, start + 1)
    return min(places)[2:] if places else None
