"""The documents of all reports, one report after the other by symbol: what a search in all reports looks at.

A process holds of each document a few numbers, and the words and postings that recent queries asked for. All others
are read by their key, for all reports in one query.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from threading import Lock

import numpy as np
from cachetools import LRUCache
from django.db import connection
from django.db.models.functions import Collate, Length

from sections.models import SearchPosting, SearchWord
from sections.models.content_version import Version

from .engine.analysis import beginning_of, family, pattern_of
from .engine.links import KINDS, link_code
from .engine.postings import BITS, EMPTY, merged
from .indexer import COLUMNS
from .scope import Scope, Segment

MOST_BYTES = 32_000_000  # of postings that a process keeps
MOST_FORMS = 60  # words that one beginning or stem may stand for
MOST_LIKE = 5_000  # words that a misspelt one is compared with

_postings: LRUCache[tuple[int, str], np.ndarray] = LRUCache(MOST_BYTES, getsizeof=lambda posting: posting.nbytes + 200)
_lock = Lock()


class AllReportsScope(Scope):
    """All documents. `symbols` are those of the reports by primary key."""

    most_named = 20

    def __init__(self, version: Version, segments: Iterable[Segment], symbols: dict[int, str]) -> None:
        segments = sorted(segments, key=lambda segment: (symbols[segment.report], segment.pk))
        starts = np.cumsum([0, *(segment.size for segment in segments)])
        if segments:  # one copy of all columns, of which the segments are parts
            columns = np.concatenate([segment.columns for segment in segments], axis=1)
            ends = zip(starts.tolist(), starts[1:].tolist(), strict=False)
            pairs = zip(segments, ends, strict=True)
            segments = [replace(segment, columns=columns[:, first:last]) for segment, (first, last) in pairs]
            self._columns = columns
        self.symbols = symbols
        self._starts = starts[:-1]
        self._places = {segment.pk: place for place, segment in enumerate(segments)}
        self._texts = hash(tuple((segment.pk, segment.seq) for segment in segments))
        super().__init__(version, None, tuple(segments))

    def column(self, name: str) -> np.ndarray:
        """The numbers of one of COLUMNS, one for each document."""
        return self._columns[COLUMNS.index(name)] if self.segments else EMPTY

    @cached_property
    def words(self) -> "AllReportsWords":
        """The vocabulary of all reports."""
        return AllReportsWords(self)

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, in order; none of an unknown key."""
        return self._read([key])[key]

    def any_posting(self, keys: Iterable[str]) -> np.ndarray:
        """The occurrences of all the keys, in order, each once; at most one query."""
        return merged(list(self._read(keys).values()))

    def frequency(self, key: str) -> int:
        """The number of documents with a key; of one that `links` hold without a query."""
        return self._frequencies.get(link_code(key), 0) if key[0] in KINDS else super().frequency(key)

    @cached_property
    def _frequencies(self):
        codes, counts = np.unique(self.links.codes, return_counts=True)
        return dict(zip(codes.tolist(), counts.tolist(), strict=True))

    def reports_of(self, docs: np.ndarray) -> np.ndarray:
        """The primary key of the report of each of these documents."""
        keys = np.array([segment.report for segment in self.segments], np.int64)
        return keys[np.searchsorted(self._starts, docs, "right") - 1] if docs.size else EMPTY

    def _read(self, keys):
        # What an edit of links cannot change stays valid for the same texts.
        known = {key: (self._texts if key[0] in "wpr" else self.version.content, key) for key in keys}
        with _lock:
            found = {key: _postings[name] for key, name in known.items() if name in _postings}
        missing = [key for key in known if key not in found]
        if missing:
            rows = defaultdict(list)
            stored = SearchPosting.objects.filter(key__in=missing).values_list("key", "segment", "data")
            for key, segment, data in stored:
                if segment in self._places:
                    rows[key].append((self._places[segment], data))
            read = {key: self._joined(sorted(rows[key], key=lambda row: row[0])) for key in missing}
            found |= read
            with _lock:
                small = {known[key]: posting for key, posting in read.items() if posting.nbytes < MOST_BYTES / 4}
                _postings.update(small)
        return {key: found[key] for key in known}

    def _joined(self, rows):
        """The occurrences in segments, given by their places in order, as those of one."""
        if not rows:
            return EMPTY
        places, data = zip(*rows, strict=True)
        first = np.repeat(self._starts[list(places)] << BITS, [len(each) // 4 for each in data])
        return np.frombuffer(b"".join(data), "<u4").astype(np.int64) + first


class AllReportsWords:
    """The words of all reports, by queries."""

    def __init__(self, scope: AllReportsScope) -> None:
        self._scope = scope

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self.counts([word]).get(word, 0)

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Of these words those that documents hold, each with their number."""
        return dict(SearchWord.objects.filter(pk__in=list(words)).values_list("term", "documents"))

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order; of very many the most frequent."""
        return _most_frequent(SearchWord.objects.filter(stem=stem))

    def relatives(self, stem: str) -> list[str]:
        """Other stems of the same family."""
        shared = family(stem)
        stems = SearchWord.objects.filter(family=shared).values_list("stem", flat=True) if shared else ()
        return sorted({*stems} - {stem})

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        return _most_frequent(SearchWord.objects.filter(term__startswith=start))

    def matching(self, pattern: str) -> list[str]:
        """The words that fit a pattern, in order; of very many the most frequent."""
        words = SearchWord.objects.filter(term__startswith=beginning_of(pattern))
        return _most_frequent(words.filter(term__regex=f"^{pattern_of(pattern).pattern}$"))

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words with the same first letter whose length differs by at most the distance, the most frequent ones."""
        lengths = (len(word) - distance, len(word) + distance)
        near = SearchWord.objects.alias(length=Length("term"))
        near = near.filter(term__startswith=word[:1], length__range=lengths)
        return list(_by_frequency(near.values_list("term", "documents"))[:MOST_LIKE])

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem, in order."""
        return self._scope.any_posting([f"w{word}" for word in self.forms(stem)])


def _by_frequency(rows):
    """The most frequent first; those of equal frequency in the same order on every database."""
    by_letter = Collate("term", "C" if connection.vendor == "postgresql" else "BINARY")
    return rows.order_by("-documents", by_letter)


def _most_frequent(rows):
    return sorted(_by_frequency(rows).values_list("term", flat=True)[:MOST_FORMS])
