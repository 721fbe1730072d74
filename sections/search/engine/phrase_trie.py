"""A trie of word sequences, such as names or thesaurus terms, that finds them in a query. Pure."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` to `last` (exclusive) of a query, and the values of the phrase that they form."""

    first: int
    last: int
    values: tuple[Hashable, ...]


class PhraseTrie:
    """Word sequences with the values that each stands for."""

    def __init__(self) -> None:
        self._root = ({}, [])
        self._by_first_word = {}  # word → (sequence, values) pairs

    def add(self, words: Sequence[str], value: Hashable) -> None:
        """Adds a phrase; the same phrase may have several values."""
        node = self._root
        for word in words:
            node = node[0].setdefault(word, ({}, []))
        if words and value not in node[1]:
            if not node[1]:
                self._by_first_word.setdefault(words[0], []).append((tuple(words), node[1]))
            node[1].append(value)

    def exact(self, words: Sequence[str]) -> tuple[Hashable, ...]:
        """The values of the phrase that consists of just these words."""
        node = self._root
        for word in words:
            node = node[0].get(word)
            if node is None:
                return ()
        return tuple(node[1])

    def longest(
        self, words: Sequence[str], accepts: Callable[[int, int], bool] = lambda first, last: True
    ) -> list[Match]:
        """The longest phrases, from left to right and without overlap; `accepts` may refuse a span of words."""
        matches, at = [], 0
        while at < len(words):
            match = self._longest_at(words, at, accepts)
            matches += [match] if match else []
            at = match.last if match else at + 1
        return matches

    def _longest_at(self, words, at, accepts):
        node, best = self._root, None
        for place in range(at, len(words)):
            node = node[0].get(words[place])
            if node is None:
                break
            if node[1] and accepts(at, place + 1):
                best = Match(at, place + 1, tuple(node[1]))
        return best

    def scattered(self, words: Sequence[str], slop: int = 2) -> Iterator[tuple[tuple[int, ...], tuple[Hashable, ...]]]:
        """Phrases whose words occur in any order with few others between, as (places of the words, values).

        Phrases that occur contiguously are left to `longest`.
        """
        at = {}
        for place, word in enumerate(words):
            at.setdefault(word, place)
        for word in at:
            for sequence, values in self._by_first_word.get(word, ()):
                if len(sequence) < 2 or any(other not in at for other in sequence):
                    continue
                places = tuple(sorted(at[other] for other in set(sequence)))
                contiguous = tuple(words[places[0] : places[-1] + 1]) == sequence
                if len(places) > 1 and not contiguous and places[-1] - places[0] < len(places) + slop:
                    yield places, tuple(values)
