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
        self._starting = {}  # sequences with their values by first word

    def add(self, words: Sequence[str], value: Hashable) -> None:
        """Makes a sequence known; the same one may stand for several values."""
        node = self._root
        for word in words:
            node = node[0].setdefault(word, ({}, []))
        if words and value not in node[1]:
            if not node[1]:
                self._starting.setdefault(words[0], []).append((tuple(words), node[1]))
            node[1].append(value)

    def scattered(self, words: Sequence[str], skip: int = 2) -> list[tuple[tuple[int, ...], tuple[Hashable, ...]]]:
        """Sequences of several words that stand among the words in any order, with few others between them.

        Each comes as the places of its words and its values; those that stand there in one piece are `spot`'s.
        """
        at = {}
        for place, word in enumerate(words):
            at.setdefault(word, place)
        found = []
        for sequence, values in self._by_first_of(at):
            places = tuple(sorted(at[word] for word in set(sequence)))
            whole = tuple(words[places[0] : places[-1] + 1]) == sequence
            if len(places) > 1 and not whole and places[-1] - places[0] < len(places) + skip:
                found.append((places, values))
        return found

    def _by_first_of(self, at):
        """Sequences all of whose words are among those given."""
        for word in at:
            for sequence, values in self._starting.get(word, ()):
                if len(sequence) > 1 and all(other in at for other in sequence):
                    yield sequence, tuple(values)

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
