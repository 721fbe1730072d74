"""Known sequences of words, names or terms of the thesaurus, and where a query holds them. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spotted:
    """Words `first` to `last` (not included) of a query, and what the known sequences there mean."""

    first: int
    last: int
    values: tuple[Hashable, ...]


class Sequences:
    """A tree of word sequences, each with the values that it stands for."""

    def __init__(self):
        self._root = ({}, [])

    def add(self, words: Sequence[str], value: Hashable) -> None:
        """Makes a sequence known; the same one may stand for several values."""
        node = self._root
        for word in words:
            node = node[0].setdefault(word, ({}, []))
        if words and value not in node[1]:
            node[1].append(value)

    def spot(self, words: Sequence[str], fits=lambda value, first, last: True) -> list[Spotted]:
        """The longest known sequences, from left to right, none over another; `fits` may refuse a value."""
        found, at = [], 0
        while at < len(words):
            spotted = self._longest(words, at, fits)
            found += [spotted] if spotted else []
            at = spotted.last if spotted else at + 1
        return found

    def _longest(self, words, at, fits):
        node, best = self._root, None
        for place in range(at, len(words)):
            node = node[0].get(words[place])
            if node is None:
                break
            values = tuple(value for value in node[1] if fits(value, at, place + 1))
            if values:
                best = Spotted(at, place + 1, values)
        return best
