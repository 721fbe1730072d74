"""Spelling correction: the known word that a misspelt one most likely stands for. Pure."""

from collections.abc import Iterable


def max_distance(word: str) -> int:
    """How many edits away a correction of this word may be; 0 for one that is never corrected."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2


def correct(word: str, known: Iterable[tuple[str, int]]) -> str:
    """The best correction, "" if there is none; `known` are (word, frequency) pairs.

    Fewer edits win, then the same first letter, then the more frequent word.
    """
    limit, letters = max_distance(word), set(word)
    candidates = []
    for other, count in known:
        # An edit takes away one letter and adds one, so most words need not be compared letter by letter.
        if len(letters.difference(other)) > limit or len(set(other) - letters) > limit:
            continue
        edits = distance(word, other, limit)
        if 0 < edits <= limit and other.isalpha():
            candidates.append((edits, other[0] != word[0], -count, other))
    return min(candidates, default=("",))[-1]


def distance(one: str, two: str, limit: int) -> int:
    """The edits between two words: a letter inserted, deleted, replaced, or swapped with the next (Damerau).

    More than `limit` counts as `limit + 1`.
    """
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    earlier, row = [], list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        new = [at]
        for place, other in enumerate(two, 1):
            edits = min(row[place] + 1, new[-1] + 1, row[place - 1] + (letter != other))
            if earlier and place > 1 and letter == two[place - 2] and one[at - 2] == other:
                edits = min(edits, earlier[place - 2] + 1)
            new.append(edits)
        if min(new) > limit:
            return limit + 1
        earlier, row = row, new
    return row[-1]
