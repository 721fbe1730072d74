"""Mends a word that is found nowhere by the words that are. Pure."""

from collections import Counter
from collections.abc import Iterable


def allowed(word: str) -> int:
    """How many slips a word of this length is mended for."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2


def mend(word: str, known: Iterable[tuple[str, int]]) -> str:
    """The known word that was most likely meant, or "" if none is near; `known` are (word, frequency) pairs.

    Fewer slips win, then the same first letter, then the more frequent word.
    """
    most = allowed(word)
    best, found, letters = None, "", Counter(word)
    for other, count in known:
        if not other.isalpha() or abs(len(other) - len(word)) > most or other == word:
            continue
        if sum((letters - Counter(other)).values()) > most:
            continue
        slips = distance(word, other, most)
        if slips > most:
            continue
        rank = (slips, other[0] != word[0], -count, other)
        if best is None or rank < best:
            best, found = rank, other
    return found


def distance(one: str, two: str, most: int) -> int:
    """The slips between two words: a letter added, left out, changed, or changed round with the next.

    More than `most` is told as `most + 1`.
    """
    before, row = None, list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        new = [at]
        for place, other in enumerate(two, 1):
            slips = min(row[place] + 1, new[-1] + 1, row[place - 1] + (letter != other))
            if before and at > 1 and place > 1 and letter == two[place - 2] and one[at - 2] == other:
                slips = min(slips, before[place - 2] + 1)
            new.append(slips)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return row[-1]
