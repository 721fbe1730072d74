"""What a search looks at: the documents of one report, or of all, numbered from 0 in the order of the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from sections.models import SearchPosting
from sections.models.content_version import Version

from .engine.postings import EMPTY, cut, documents, joined, merged, unpack
from .indexer import COLUMNS
from .vocabulary import StoredVocabulary, Vocabulary

MOST_POSTINGS = 4_096  # that are kept of segments too large to hold; they take from a few bytes to 2 MB each


@dataclass(frozen=True)
class Segment:
    """A segment as a process holds it. Two with the same key and seq hold the same texts; links may differ.

    A small index holds all postings. Otherwise they are read when needed, and `changed` has the seq of those that were
    rewritten since the process first read the segment.
    """

    pk: int
    seq: int
    columns: np.ndarray = field(compare=False)  # a row for each of COLUMNS
    postings: Mapping[str, np.ndarray] | None = field(default=None, compare=False)
    terms: Mapping[str, tuple[str, int]] | None = field(default=None, compare=False)  # stem and documents by word
    read_at: int = field(default=0, compare=False)
    changed: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def size(self) -> int:
        """The number of documents."""
        return self.columns.shape[1]

    @cached_property
    def ranges(self) -> list[tuple[int, int, int]]:
        """For each report in the segment: primary key, first document, document after its last."""
        reports = self.columns[COLUMNS.index("report")]
        starts = [0, *(np.flatnonzero(np.diff(reports)) + 1).tolist(), self.size]
        rows = ((int(reports[first]), first, end) for first, end in zip(starts, starts[1:], strict=False))
        return [row for row in rows if row[0]]

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


@dataclass(frozen=True)
class Part:
    """The documents of a segment from `first` until before `end`."""

    segment: Segment
    first: int
    end: int

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the segment."""
        return self.first == 0 and self.end == self.segment.size

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, the documents numbered from 0."""
        occurrences = self.segment.posting(key)
        return occurrences if self.is_whole else cut(occurrences, self.first, self.end)

    def column(self, name: str) -> np.ndarray:
        """The numbers of a column, one for each document."""
        return self.segment.columns[COLUMNS.index(name), self.first : self.end]


class Scope:
    """The documents of one report, or of all for the report None; all that it answers keeps to them.

    `lengths` are in words, `paragraphs` and `sections` primary keys, `numbers` those of paragraphs; one for each
    document. Nothing of it changes.
    """

    def __init__(self, version: Version, report: int | None, parts: tuple[Part, ...]) -> None:
        self.version, self.report = version, report
        self._parts = parts
        self.size = sum(part.end - part.first for part in parts)
        self.lengths, self.paragraphs = self.column("length"), self.column("paragraph")
        self.sections, self.numbers = self.column("section"), self.column("number")

    def column(self, name: str) -> np.ndarray:
        """The numbers of one of COLUMNS, one for each document."""
        return _concatenated([part.column(name) for part in self._parts])

    @cached_property
    def norms(self) -> np.ndarray:
        """The length of each document over the mean length."""
        return self.lengths / max(self.lengths.mean(), 1.0) if self.size else self.lengths.astype(float)

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, in order; none of an unknown key."""
        return _posting(self._parts, key)

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem, in order."""
        return self._words.stem_posting(stem)

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        return self._words.vocabulary.count(word)

    def forms(self, stem: str) -> list[str]:
        """The words that have the stem, in order."""
        return self._words.vocabulary.forms(stem)

    def relatives(self, stem: str) -> list[str]:
        """Other stems of the same family; none where the words are too many to hold."""
        return self._words.vocabulary.relatives(stem)

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, in order; of very many the most frequent."""
        return self._words.vocabulary.beginning(start)

    def like(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Words of about the same length with their numbers of documents, to correct a misspelt one."""
        return self._words.vocabulary.like(word, distance)

    @cached_property
    def _words(self):
        return _words(self._parts)


def _posting(parts, key):
    if len(parts) == 1:
        return parts[0].posting(key)
    arrays = [part.posting(key) for part in parts]
    return joined(arrays, [part.end - part.first for part in parts]) if arrays else EMPTY


def _concatenated(arrays):
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else EMPTY


class _Words:
    """The vocabulary of texts and the occurrences of their stems, which no edit of links changes."""

    def __init__(self, parts) -> None:
        self._parts = parts
        self._stems = {}
        self._is_held = all(part.segment.terms is not None for part in parts)
        self.vocabulary = self._held() if self._is_held else self._stored()

    def _held(self):
        words, stem_of = {}, {}
        for part in self._parts:
            for word, (stem, count) in part.segment.terms.items():
                count = count if part.is_whole else documents(part.posting(f"w{word}")).size
                if count:
                    words[word] = words.get(word, 0) + count
                    stem_of[word] = stem
        return Vocabulary(words, stem_of)

    def _stored(self):
        is_whole = all(part.is_whole for part in self._parts)
        return StoredVocabulary([part.segment.pk for part in self._parts], None if is_whole else self._count)

    def _count(self, word):
        return documents(_posting(self._parts, f"w{word}")).size

    def stem_posting(self, stem):
        occurrences = self._stems.get(stem)
        if occurrences is None:
            occurrences = merged([_posting(self._parts, f"w{form}") for form in self.vocabulary.forms(stem)])
            if self._is_held:  # so there are no more of them than of the words in memory
                self._stems[stem] = occurrences
        return occurrences


@lru_cache(256)
def _words(parts):
    return _Words(parts)
