"""The index as a process remembers it: read once for each version, and shared by all its threads."""

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils.translation import get_language

from sections.models import SearchPosting, SearchState, SearchTerm

from .engine.analysis import family
from .engine.postings import EMPTY, merged, unpack
from .indexer import COLUMNS

SMALL = 20_000  # documents; up to here a process holds all postings
MOST_WORDS = 300_000  # up to here it holds all the words
MOST_BYTES = 256 << 20  # of postings, where it can't hold them all
MOST_FORMS = 400  # words that one beginning may stand for


class Index:
    """One version of the index: the occurrences of any key, the vocabulary, and the columns of the documents."""

    def __init__(self, version: str, size: int):
        self.version, self.size = version, size
        self.cache = {}  # what other modules keep for as long as the version holds
        self._by_language = {}
        self._lock, self._making = threading.Lock(), threading.RLock()
        self._postings, self._bytes = OrderedDict(), 0
        self._stemmed = {}
        self.is_small = size <= SMALL
        if self.is_small:
            self._postings.update(_all_postings())
        self.columns = {name: self._column(name) for name in COLUMNS}

    @property
    def in_language(self) -> dict:
        """What other modules keep that holds words or addresses, which differ with the language of the reader."""
        return self._by_language.setdefault(get_language(), {})

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` makes for the reader's language, kept while the version holds; threads wait for the first."""
        kept = self.in_language
        if name not in kept:
            with self._making:
                if name not in kept:
                    kept[name] = make()
        return kept[name]

    def _column(self, name):
        rows = SearchPosting.objects.filter(key=name).order_by("shard").values_list("data", flat=True)
        pieces = [np.frombuffer(data, COLUMNS[name]) for data in rows]
        return np.concatenate(pieces).astype(np.int64) if pieces else EMPTY

    @cached_property
    def norms(self) -> np.ndarray:
        """The length of each document over the mean length."""
        lengths = self.columns["#length"]
        return lengths / max(lengths.mean(), 1.0) if lengths.size else lengths.astype(float)

    def posting(self, key: str) -> np.ndarray:
        """The occurrences of a key, in order; of an unknown key none."""
        found = self._postings.get(key)
        if found is not None or self.is_small:
            return EMPTY if found is None else found
        rows = list(SearchPosting.objects.filter(key=key).order_by("shard").values_list("shard", "data"))
        found = unpack(rows) if rows else EMPTY
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key, found):
        if key in self._postings:
            return
        self._postings[key] = found
        self._bytes += found.nbytes + 200
        while self._bytes > MOST_BYTES and len(self._postings) > 1:
            self._bytes -= self._postings.popitem(last=False)[1].nbytes + 200

    @cached_property
    def words(self) -> dict[str, int] | None:
        """Every word with its number of documents; None where there are too many to hold."""
        if SearchTerm.objects.count() > MOST_WORDS:
            return None
        rows = SearchTerm.objects.order_by("term").values_list("term", "stem", "documents")
        words = {}
        for term, stem, documents in rows:
            words[term] = documents
            self._stemmed.setdefault(stem, []).append(term)
        return words

    @cached_property
    def _ordered(self):
        return sorted(self.words or ())

    def forms(self, stem: str) -> list[str]:
        """The words of the index that have the stem."""
        if self.words is None and stem not in self._stemmed:
            rows = SearchTerm.objects.filter(stem=stem).order_by("-documents", "term")
            self._stemmed[stem] = sorted(rows.values_list("term", flat=True)[:MOST_FORMS])
        return self._stemmed.get(stem, [])

    @cached_property
    def _families(self):
        families = {}
        for stem in self._stemmed if self.words is not None else ():
            if shared := family(stem):
                families.setdefault(shared, []).append(stem)
        return families

    def relatives(self, stem: str) -> list[str]:
        """Other stems of the same family; none where the words are too many to hold."""
        return [other for other in self._families.get(family(stem), ()) if other != stem]

    def beginning(self, start: str) -> list[str]:
        """The words of the index that begin so, in order."""
        if self.words is None:
            rows = SearchTerm.objects.filter(term__startswith=start).order_by("-documents", "term")
            return sorted(rows.values_list("term", flat=True)[:MOST_FORMS])
        first = bisect_left(self._ordered, start)
        found = []
        for word in self._ordered[first:]:
            if not word.startswith(start):
                break
            found.append(word)
        return sorted(sorted(found, key=lambda word: -self.words[word])[:MOST_FORMS])

    def count(self, word: str) -> int:
        """The number of documents that hold the word in this form."""
        if self.words is not None:
            return self.words.get(word, 0)
        row = SearchTerm.objects.filter(pk=word).values_list("documents", flat=True).first()
        return row or 0

    def like(self, word: str, apart: int) -> list[tuple[str, int]]:
        """Words of about the same length with their numbers of documents, for mending a misspelt one."""
        if self.words is not None:
            return [(each, count) for each, count in self.words.items() if abs(len(each) - len(word)) <= apart]
        rows = SearchTerm.objects.filter(term__startswith=word[:1], documents__gt=1).order_by("-documents")
        rows = rows.values_list("term", "documents")[:20_000]
        return [(each, count) for each, count in rows if abs(len(each) - len(word)) <= apart]

    def stem_posting(self, stem: str) -> np.ndarray:
        """The occurrences of all forms of a stem."""
        key = f"s{stem}"
        found = self._postings.get(key)
        if found is None:
            found = merged([self.posting(f"w{form}") for form in self.forms(stem)])
            with self._lock:
                self._keep(key, found)
        return found


def _all_postings():
    grouped = {}
    rows = SearchPosting.objects.exclude(key__startswith="#").order_by("key", "shard")
    for key, shard, data in rows.values_list("key", "shard", "data"):
        grouped.setdefault(key, []).append((shard, data))
    return {key: unpack(shards) for key, shards in grouped.items()}


_held: dict[tuple, Index] = {}
_reading = threading.Lock()


def current_version() -> tuple[str, int]:
    """The index's version and its number of documents; an index never made has the version ""."""
    with connection.cursor() as cursor:  # asked for every request, so without what a queryset costs
        cursor.execute(f"SELECT version, documents FROM {SearchState._meta.db_table} WHERE id = 1")
        return cursor.fetchone() or ("", 0)


def index() -> Index:
    """The index in its present version; one query where the process holds it already."""
    version, size = current_version()
    found = _held.get(version)
    if found is None:
        with _reading:
            found = _held.get(version) or _read()
    return found


def _read():
    """Reads the index, again if an edit came in between."""
    while True:
        version, size = current_version()
        with transaction.atomic():
            made = Index(version, size)
            made.words  # noqa: B018  (reads the vocabulary in the same transaction)
        if current_version()[0] == version:
            break
    while len(_held) > 1:
        _held.pop(next(iter(_held)))
    _held[version] = made
    return made
