"""The words of the documents that are searched: in memory, or by queries where they are too many to hold."""

from bisect import bisect_left
from collections.abc import Callable

from django.db.models import Sum

from sections.models import SearchTerm

from .engine.analysis import family

MOST_FORMS = 400  # words that one beginning or stem may stand for
MOST_LIKE = 5_000  # words that a misspelt one is compared with, where they are not in memory


class Vocabulary:
    """All words in memory, each with its stem and its number of documents."""

    def __init__(self, words: dict[str, int], stem_of: dict[str, str]) -> None:
        self._words = words
        self._ordered = sorted(words)
        self._forms, self._families = {}, {}
        for word in self._ordered:
            self._forms.setdefault(stem_of[word], []).append(word)
        for stem in self._forms:
            if shared := family(stem):
                self._families.setdefault(shared, []).append(stem)

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self._words.get(word, 0)

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order."""
        return self._forms.get(stem, [])

    def relatives(self, stem: str) -> list[str]:
        """Other stems of the same family."""
        return [other for other in self._families.get(family(stem), ()) if other != stem]

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        first, end = bisect_left(self._ordered, start), bisect_left(self._ordered, start + "\U0010ffff")
        return _most_frequent({word: self._words[word] for word in self._ordered[first:end]})

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words whose length differs by at most the distance, each with its number of documents."""
        return [(other, count) for other, count in self._words.items() if abs(len(other) - len(word)) <= distance]


class StoredVocabulary:
    """The words of segments in the database; `exact_count` counts a word where only a part of a segment is meant."""

    def __init__(self, segments: list[int], exact_count: Callable[[str], int] | None = None) -> None:
        self._rows = SearchTerm.objects.filter(segment__in=segments)
        self._exact_count = exact_count

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self._counts(self._rows.filter(term=word)).get(word, 0)

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order."""
        return _most_frequent(self._counts(self._rows.filter(stem=stem), MOST_FORMS))

    def relatives(self, stem: str) -> list[str]:
        """None: finding them would read all words."""
        return []

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        return _most_frequent(self._counts(self._rows.filter(term__startswith=start), MOST_FORMS))

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words with the same first letter whose length differs by at most the distance, the most frequent ones."""
        near = [row for row in self._rows.filter(term__startswith=word[:1]).values_list("term", flat=True).distinct()
                if abs(len(row) - len(word)) <= distance]  # fmt: skip
        rows = self._rows.filter(term__in=near[:MOST_LIKE])
        return [(other, count) for other, count in self._counts(rows).items() if count > 1]

    def _counts(self, rows, most=None):
        totals = rows.values_list("term").annotate(total=Sum("documents")).order_by("-total", "term")
        counts = dict(totals[:most])
        if self._exact_count is not None:
            counts = {word: count for word in counts if (count := self._exact_count(word))}
        return counts


def _most_frequent(counts):
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:MOST_FORMS])
