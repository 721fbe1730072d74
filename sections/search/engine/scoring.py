"""How hits are ranked: BM25 over fields, nearness and context, the same on every database. Pure.

A query is groups; each group is one thing that the reader asks for, with the ways in which a text may say it.
For each document a group scores by BM25: the rarer the group among all documents the more; text counts more than
footnotes; long paragraphs less; and a group only met by a weaker way (another form of the word, a synonym) a
fixed share of it. Groups that stand near each other in the text add to the score, and so does, a little, what the
paragraphs next to it score. Every document that meets any group is scored: none is left out beforehand.
"""

from dataclasses import dataclass, field
from functools import cached_property
from math import log1p

import numpy as np

from .postings import BITS, EMPTY, MASK, NOTE, TEXT, documents, nearness

K1 = 1.1  # how soon more occurrences stop counting
B = 0.45  # how much the length of a paragraph counts
STRONG = 0.9  # the level from which a way is the word or the name itself
LEVELS, LEVEL_BITS = 1000, 10  # how finely levels are told apart
FOOTNOTE_WEIGHT = 0.5
NEAR_WEIGHT = 0.9  # of two groups side by side, as a share of the rarer one's weight
ORDER_OF_TIES = 6  # decimals of a score; what is equal in these stands in the order of the report


class Way:
    """A way to say what a group asks for: its occurrences, and the share of the score that it gives."""

    def __init__(self, keys: np.ndarray, level: float = 1.0):
        self.keys, self.level = keys, level

    @cached_property
    def documents(self) -> int:
        """The number of documents that say it so."""
        return documents(self.keys).size

    @cached_property
    def levelled(self) -> np.ndarray:
        """The occurrences with the level in their lowest bits, so that sorting puts an occurrence's best level last."""
        return (self.keys << LEVEL_BITS) | round(self.level * LEVELS)


@dataclass(slots=True)
class Group:
    """One thing asked for. A group that is not required adds to the score, and is no condition."""

    label: str
    ways: list[Way]
    required: bool = True
    weight: float = 1.0
    keys: np.ndarray = field(default_factory=lambda: EMPTY)
    docs: np.ndarray = field(default_factory=lambda: EMPTY)
    scores: np.ndarray = field(default_factory=lambda: EMPTY)
    idf: float = 0.0

    def score(self, norms: np.ndarray) -> None:
        """Works out the documents that meet the group and what each scores; `norms` are relative lengths."""
        if not any(way.keys.size for way in self.ways):
            return
        self.keys, levels = _best_levels(self.ways)
        docs, position = self.keys >> BITS, self.keys & MASK
        starts = np.flatnonzero(_changes(docs))
        self.docs = docs[starts]
        worth = np.where((position >= NOTE) & (position < TEXT), FOOTNOTE_WEIGHT, 1.0) * levels
        counts = np.add.reduceat(worth, starts)
        best = np.maximum.reduceat(levels, starts)
        self.idf = self.weight * _idf(norms.size, self._document_frequency())
        length = 1 - B + B * norms[self.docs]
        self.scores = self.idf * best * counts * (K1 + 1) / (counts + K1 * length)

    def _document_frequency(self):
        """Documents that meet the group; synonyms make a word no more common than the word itself."""
        strong = [way.documents for way in self.ways if way.level >= STRONG]
        return max(strong, default=0) or self.docs.size


def _best_levels(ways):
    """All occurrences of the ways in order, each once, and the best level at which each counts."""
    if len(ways) == 1:
        return ways[0].keys, np.full(ways[0].keys.size, ways[0].level)
    both = np.concatenate([way.levelled for way in ways])
    both.sort()
    both = both[_changes((both >> LEVEL_BITS)[::-1])[::-1]]
    return both >> LEVEL_BITS, (both & ((1 << LEVEL_BITS) - 1)) / LEVELS


def _changes(values):
    """For each of the values whether it differs from the one before it."""
    differs = np.empty(values.size, bool)
    differs[:1] = True
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def _idf(size, count):
    return log1p((size - count + 0.5) / (count + 0.5))


@dataclass
class Ranking:
    """All documents that meet any group, in order of number: score, and which of the required groups they meet."""

    docs: np.ndarray
    base: np.ndarray
    near: np.ndarray
    context: np.ndarray
    met: np.ndarray  # the share, by weight, of the required groups
    full: np.ndarray  # whether all are met

    @cached_property
    def scores(self) -> np.ndarray:
        """What each document scores, in so many decimals that every machine agrees."""
        return np.round(self.base + self.near + self.context, ORDER_OF_TIES)

    def score_of(self, docs: np.ndarray) -> np.ndarray:
        """The scores of these documents, 0 for one that meets nothing."""
        if not self.docs.size:
            return np.zeros(docs.size)
        places = np.searchsorted(self.docs, docs)
        places[places == self.docs.size] = 0
        return np.where(self.docs[places] == docs, self.scores[places], 0.0)


def rank(groups: list[Group], norms: np.ndarray, sections: np.ndarray) -> Ranking:
    """Scores every document that meets a group; `norms` and `sections` are columns over all documents."""
    for group in groups:
        group.score(norms)
    docs = _union([group.docs for group in groups], norms.size)
    base, near, met = (np.zeros(docs.size) for _ in range(3))
    count = np.zeros(docs.size, np.int64)
    required = [group for group in groups if group.required]
    total = sum(group.idf or _idf(norms.size, 0) for group in required) or 1.0
    for group in groups:
        places = np.searchsorted(docs, group.docs)
        base[places] += group.scores
        if group.required:
            count[places] += 1
            met[places] += group.idf / total
    for first, second in zip(groups, groups[1:], strict=False):
        found, values = nearness(first.keys, second.keys)
        near[np.searchsorted(docs, found)] += NEAR_WEIGHT * min(first.idf, second.idf) * values
    full = count == len(required)
    return Ranking(docs, base, near, _context(docs, base, sections), met, full)


def _union(arrays, size):
    if len(arrays) < 2:
        return arrays[0] if arrays else EMPTY
    if sum(array.size for array in arrays) * 8 < size:
        return np.unique(np.concatenate(arrays))
    mask = np.zeros(size, bool)
    for array in arrays:
        mask[array] = True
    return np.flatnonzero(mask)


NEIGHBOUR_WEIGHT = 0.06
SECTION_WEIGHT = 0.06


def _context(docs, base, sections):
    """What the paragraphs before and after in the same section score, and the section's mean over its hits."""
    if not docs.size:
        return base
    own = sections[docs]
    extra = np.zeros(docs.size)
    beside = (docs[1:] == docs[:-1] + 1) & (own[1:] == own[:-1])
    extra[1:][beside] += NEIGHBOUR_WEIGHT * base[:-1][beside]
    extra[:-1][beside] += NEIGHBOUR_WEIGHT * base[1:][beside]
    place = np.cumsum(_changes(own)) - 1  # a section's paragraphs stand together
    totals, counts = np.bincount(place, base), np.bincount(place)
    alone = counts[place] < 2
    rest = np.where(alone, 0.0, (totals[place] - base) / np.maximum(counts[place] - 1, 1))
    return extra + SECTION_WEIGHT * rest
