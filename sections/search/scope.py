"""What a search looks at: the documents of one report, numbered from 0 in the order of the text."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import inf

import numpy as np
from django.db.models import Sum
from django.db.models.functions import Length

from sections.models import SearchPosting, SearchTerm
from sections.models.content_version import Version

from .engine.analysis import beginning_of, family, pattern_of
from .engine.links import Links
from .engine.postings import EMPTY, documents, joined, merged, unpack
from .indexer import COLUMNS

MOST_POSTINGS = 4_096  # that are kept of segments too large to hold; they take from a few bytes to 2 MB each
MOST_FORMS = 400  # words that one beginning or stem may stand for
MOST_LIKE = 5_000  # words that a misspelt one is compared with, where they are not in memory


@dataclass(frozen=True)
class Segment:
    """A segment as a process holds it. Two with the same key and seq hold the same texts; links may differ.

    A small report holds all postings. Otherwise they are read when needed, and `changed` has the seq of those that were
    rewritten since the process first read the segment.
    """

    pk: int
    seq: int
    report: int = field(compare=False)
    columns: np.ndarray = field(compare=False)  # a row for each of COLUMNS
    links: Links = field(compare=False)
    postings: Mapping[str, np.ndarray] | None = field(default=None, compare=False)
    terms: Mapping[str, tuple[str, int]] | None = field(default=None, compare=False)  # stem and documents by word
    read_at: int = field(default=0, compare=False)
    changed: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def size(self) -> int:
        """The number of documents."""
        return self.columns.shape[1]

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, in order; none of an unknown key."""
        if self.postings is not None:
            return self.postings.get(key, EMPTY)
        return _stored_posting(self.pk, key, self.changed.get(key, self.read_at))


@lru_cache(MOST_POSTINGS)
def _stored_posting(segment, key, seq):
    """A posting; `seq` only tells its versions apart, so that one read before an edit is never taken for a later."""
    data = SearchPosting.objects.filter(segment=segment, key=key).values_list("data", flat=True).first()
    return unpack(data) if data else EMPTY


class Scope:
    """The documents of one report; all that it answers keeps to them. `AllReportsScope` answers for all reports.

    `lengths` are in words, `paragraphs` and `sections` primary keys, `numbers` those of paragraphs; one for each
    document. Nothing of it changes.
    """

    most_named: float = inf  # entries with a word in their names, up to which the word finds them

    def __init__(self, version: Version, report: int | None, segments: tuple[Segment, ...]) -> None:
        self.version, self.report = version, report
        self.segments = segments
        self.size = sum(segment.size for segment in segments)
        self.lengths, self.paragraphs = self.column("length"), self.column("paragraph")
        self.sections, self.numbers = self.column("section"), self.column("number")

    def column(self, name: str) -> np.ndarray:
        """The numbers of one of COLUMNS, one for each document."""
        columns = [segment.columns[COLUMNS.index(name)] for segment in self.segments]
        return columns[0] if len(columns) == 1 else np.concatenate([EMPTY, *columns])

    @property
    def is_held(self) -> bool:
        """Whether all postings are in memory."""
        return all(segment.postings is not None for segment in self.segments)

    @cached_property
    def norms(self) -> np.ndarray:
        """The length of each document over the mean length."""
        return self.lengths / max(self.lengths.mean(), 1.0) if self.size else self.lengths.astype(float)

    @cached_property
    def links(self) -> Links:
        """The entries, articles and parts of each document."""
        return Links.joined([segment.links for segment in self.segments])

    @cached_property
    def words(self) -> "Words | StoredWords":
        """The vocabulary of the documents; an edit of links does not change it."""
        return _words(self.segments)

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, in order; none of an unknown key."""
        return _posting(self.segments, key)

    def any_posting(self, keys: Iterable[str]) -> np.ndarray:
        """The occurrences of all the keys, in order, each once."""
        return merged([self.posting(key) for key in keys])

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem, in order."""
        return self.words.stem_posting(stem)

    def reports_of(self, docs: np.ndarray) -> np.ndarray:
        """The primary key of the report of each of these documents."""
        return np.full(docs.size, self.report or 0, np.int64)

    def frequency(self, key: str) -> int:
        """The number of documents with a key."""
        return documents(self.posting(key)).size


def _posting(segments, key):
    return joined([segment.posting(key) for segment in segments], [segment.size for segment in segments])


@lru_cache(256)
def _words(segments):
    return (Words if all(segment.terms is not None for segment in segments) else StoredWords)(segments)


class Words:
    """All words of some segments in memory, each with its stem and its number of documents."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self._segments, self._counts, self._postings = segments, Counter(), {}
        self._forms, self._families = defaultdict(list), defaultdict(list)
        stem_of = {}
        for segment in segments:
            for word, (stem, count) in segment.terms.items():
                self._counts[word] += count
                stem_of[word] = stem
        self._ordered = sorted(self._counts)
        for word in self._ordered:
            self._forms[stem_of[word]].append(word)
        for stem in self._forms:
            if shared := family(stem):
                self._families[shared].append(stem)

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self._counts[word]

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Of these words those that documents hold, each with their number."""
        return {word: self._counts[word] for word in words if word in self._counts}

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order."""
        return self._forms.get(stem, [])

    def relatives(self, stem: str) -> list[str]:
        """Other stems of the same family."""
        return [other for other in self._families.get(family(stem), ()) if other != stem]

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        first, end = bisect_left(self._ordered, start), bisect_left(self._ordered, start + "\U0010ffff")
        return _most_frequent({word: self._counts[word] for word in self._ordered[first:end]})

    def matching(self, pattern: str) -> list[str]:
        """The words that fit a pattern, in order."""
        fits = pattern_of(pattern)
        return [word for word in self._ordered if fits.fullmatch(word)]

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words whose length differs by at most the distance, each with its number of documents."""
        return [(other, count) for other, count in self._counts.items() if abs(len(other) - len(word)) <= distance]

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem, in order."""
        if stem in self._forms and stem not in self._postings:
            self._postings[stem] = _merged_postings(self._segments, self._forms[stem])
        return self._postings.get(stem, EMPTY)


class StoredWords:
    """The words of some segments in the database, by queries: they are too many to hold."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self._segments = segments
        self._rows = SearchTerm.objects.filter(segment__in=[segment.pk for segment in segments])

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self.counts([word]).get(word, 0)

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Of these words those that documents hold, each with their number."""
        return _counts(self._rows.filter(term__in=list(words)))

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order."""
        return _most_frequent(_counts(self._rows.filter(stem=stem), MOST_FORMS))

    def relatives(self, stem: str) -> list[str]:
        """None: finding them would read all words."""
        return []

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        return _most_frequent(_counts(self._rows.filter(term__startswith=start), MOST_FORMS))

    def matching(self, pattern: str) -> list[str]:
        """The words that fit a pattern, in order; of very many the most frequent."""
        rows = self._rows.filter(term__startswith=beginning_of(pattern), term__regex=f"^{pattern_of(pattern).pattern}$")
        return _most_frequent(_counts(rows, MOST_FORMS))

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words with the same first letter whose length differs by at most the distance, the most frequent ones."""
        lengths = (len(word) - distance, len(word) + distance)
        near = self._rows.alias(length=Length("term")).filter(term__startswith=word[:1], length__range=lengths)
        return [(other, count) for other, count in _counts(near, MOST_LIKE).items() if count > 1]

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem, in order."""
        return _merged_postings(self._segments, self.forms(stem))


def _counts(rows, most=None):
    """The number of documents of each word, the most frequent first."""
    return dict(rows.values_list("term").annotate(total=Sum("documents")).order_by("-total", "term")[:most])


def _most_frequent(counts):
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:MOST_FORMS])


def _merged_postings(segments, words):
    return merged([_posting(segments, f"w{word}") for word in words])
