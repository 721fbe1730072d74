"""Word sequences, such as names or thesaurus terms, and where a query contains them. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """Words `first` to `last` (exclusive) of a query, and the values of the phrase that they form."""

    first: int
    last: int
    values: tuple[Hashable, ...]


class PhraseDictionary:
    """Word sequences with the values that each stands for."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, ...], list[Hashable]] = {}
        self._by_first_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._most_words = 0

    def add(self, words: Sequence[str], value: Hashable) -> None:
        """Adds a phrase; the same phrase may have several values."""
        phrase = tuple(words)
        if phrase and phrase not in self._values:
            self._values[phrase] = []
            self._by_first_word[phrase[0]].append(phrase)
            self._most_words = max(self._most_words, len(phrase))
        if phrase and value not in self._values[phrase]:
            self._values[phrase].append(value)

    def exact(self, words: Sequence[str]) -> tuple[Hashable, ...]:
        """The values of the phrase that consists of just these words."""
        return tuple(self._values.get(tuple(words), ()))

    def longest(
        self, words: Sequence[str], accepts: Callable[[int, int], bool] = lambda first, last: True
    ) -> list[Match]:
        """The longest phrases, from left to right and without overlap; `accepts` may refuse a span of words."""
        matches, at = [], 0
        while at < len(words):
            ends = range(min(at + self._most_words, len(words)), at, -1)
            end = next((end for end in ends if self.exact(words[at:end]) and accepts(at, end)), None)
            if end:
                matches.append(Match(at, end, self.exact(words[at:end])))
            at = end or at + 1
        return matches

    def scattered(self, words: Sequence[str], slop: int = 2) -> Iterator[tuple[tuple[int, ...], tuple[Hashable, ...]]]:
        """Phrases whose words occur in any order with few others between, as (places of the words, values).

        Phrases that occur contiguously are left to `longest`.
        """
        at = {}
        for place, word in enumerate(words):
            at.setdefault(word, place)
        for phrase in [phrase for word in at for phrase in self._by_first_word.get(word, ())]:
            if not at.keys() >= set(phrase):
                continue
            places = sorted({at[word] for word in phrase})
            contiguous = tuple(words[places[0] : places[-1] + 1]) == phrase
            if len(places) > 1 and not contiguous and places[-1] - places[0] < len(places) + slop:
                yield tuple(places), self.exact(phrase)
