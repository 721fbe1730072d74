"""How hits are ranked: BM25 over fields, proximity and context, the same on every database. Pure.

A query is a list of clauses; each clause is one thing that the reader asks for, with the variants by which a text may
express it. For each document a clause scores by BM25: rare clauses count more than common ones, text more than
footnotes, short paragraphs more than long ones; a clause met only by a weaker variant (another form of the word, a
synonym) counts a fixed share. Clauses that occur near each other in the text add to the score, and so do, a little,
the scores of neighbouring paragraphs. Every document that meets any clause is scored; none is pruned beforehand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import log1p
from typing import NamedTuple

import numpy as np

from .postings import BITS, EMPTY, MASK, NOTE, TEXT, documents, is_first

K1 = 1.1  # how soon further occurrences stop counting
B = 0.3  # how much the length of a paragraph counts
STRONG = 0.9  # the weight from which a variant is the word or the name itself
WEIGHT_STEPS, WEIGHT_BITS = 1000, 10  # resolution of weights
FOOTNOTE_WEIGHT = 0.5
PROXIMITY_WEIGHT = 1.0  # of two adjacent clauses, as a share of the rarer one's weight
DECIMALS = 6  # of a score; documents equal in these stay in the order of the report
NEIGHBOUR_WEIGHT = 0.08
SECTION_WEIGHT = 0.06

ENOUGH = 20  # full matches; where there are fewer, partial matches follow
PARTIAL_SHARE = 0.2  # of the best partial match, which every partial match must reach
SEEDS = 10  # best hits whose neighbours are added where even partial matches are few
REACH = 2  # neighbouring paragraphs before and after
FULL_MATCH = 1e6  # more than any score


class Variant(NamedTuple):
    """One way in which a text may express a clause: its postings, and the share of the score that it earns.

    It `is_typed` if it is what was typed, in any inflection, rather than another word or name for it.
    """

    postings: np.ndarray
    weight: float = 1.0
    is_typed: bool = True


@dataclass(slots=True)
class Clause:
    """One thing asked for. An optional clause adds to the score but need not match."""

    label: str
    variants: list[Variant]
    optional: bool = False
    weight: float = 1.0
    postings: np.ndarray = field(default_factory=lambda: EMPTY)
    docs: np.ndarray = field(default_factory=lambda: EMPTY)
    scores: np.ndarray = field(default_factory=lambda: EMPTY)
    idf: float = 0.0

    def score(self, norms: np.ndarray) -> None:
        """Sets the documents that meet the clause and the score of each; `norms` are relative lengths."""
        if not any(variant.postings.size for variant in self.variants):
            return
        self.postings, weights = _best_weights(self.variants)
        docs, position = self.postings >> BITS, self.postings & MASK
        starts = np.flatnonzero(is_first(docs))
        self.docs = docs[starts]
        field_weights = np.where((position >= NOTE) & (position < TEXT), FOOTNOTE_WEIGHT, 1.0) * weights
        counts = np.add.reduceat(field_weights, starts)
        best = np.maximum.reduceat(weights, starts)
        self.idf = self.weight * _idf(norms.size, self._document_frequency())
        length = 1 - B + B * norms[self.docs]
        self.scores = self.idf * best * counts * (K1 + 1) / (counts + K1 * length)

    @property
    def typed_docs(self) -> np.ndarray:
        """The documents that contain what was typed; one may be there several times."""
        return np.concatenate([EMPTY, *(documents(each.postings) for each in self.variants if each.is_typed)])

    def _document_frequency(self):
        """Documents that meet the clause; synonyms make a word no more common than the word itself."""
        strong = [documents(variant.postings).size for variant in self.variants if variant.weight >= STRONG]
        return max(strong, default=0) or self.docs.size


def _best_weights(variants):
    """All occurrences of the variants in order, each once, with the best weight of each."""
    if len(variants) == 1:
        return variants[0].postings, np.full(variants[0].postings.size, variants[0].weight)
    # With the weight in the lowest bits, sorting puts the best weight of an occurrence last.
    combined = [(each.postings << WEIGHT_BITS) | round(each.weight * WEIGHT_STEPS) for each in variants]
    combined = np.sort(np.concatenate(combined))
    combined = combined[is_first((combined >> WEIGHT_BITS)[::-1])[::-1]]
    return combined >> WEIGHT_BITS, (combined & ((1 << WEIGHT_BITS) - 1)) / WEIGHT_STEPS


def _idf(size, count):
    return log1p((size - count + 0.5) / (count + 0.5))


class ScoredDocument(NamedTuple):
    """A document among the hits and how it matches, a number that the caller gives.

    `explanation` are (label, score) of each clause, of proximity and of context.
    """

    number: int
    score: float
    match: int
    explanation: tuple[tuple[str, float], ...] = ()


@dataclass
class Ranking:
    """All documents that meet any clause, in order of number, with their scores and which clauses they meet."""

    clauses: list[Clause]
    sections: np.ndarray  # of all documents
    docs: np.ndarray
    base: np.ndarray
    proximity: np.ndarray
    context: np.ndarray
    matched: np.ndarray  # the share, by weight, of the clauses that must match
    full: np.ndarray  # whether all of them match

    @cached_property
    def scores(self) -> np.ndarray:
        """The score of each document, rounded so that every machine agrees."""
        return np.round(self.base + self.proximity + self.context, DECIMALS)

    def score_of(self, docs: np.ndarray) -> np.ndarray:
        """The scores of these documents, 0 for one that meets nothing."""
        if not self.docs.size:
            return np.zeros(docs.size)
        places = np.searchsorted(self.docs, docs)
        places[places == self.docs.size] = 0
        return np.where(self.docs[places] == docs, self.scores[places], 0.0)

    def hits(self, required: Iterable[int], excluded: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The documents that are hits, best first, and for each whether it is a full match.

        Full matches come before partial ones, equal scores in the order of the report. `required` clauses must match
        in partial matches too. Where full matches are few, partial matches are hits; where these are few as well and
        nothing is required, so are the paragraphs next to the best hits.
        """
        refused = self._mask(excluded)
        keep = ~refused[self.docs]
        for number in required:
            keep &= self._mask(self.clauses[number].docs)[self.docs]
        full = self.full & keep
        if len(self.clauses) < 2 or full.sum() >= ENOUGH or not keep.any():
            docs = self.docs[full]
        else:
            docs = self.docs[keep & (self.full | (self.matched >= PARTIAL_SHARE * self.matched[keep].max()))]
            if not required and docs.size < ENOUGH:
                neighbours = self._neighbours(docs)
                docs = np.union1d(docs, neighbours[~refused[neighbours]])
        full = self._mask(self.docs[full])[docs]
        order = np.argsort(-(self.score_of(docs) + FULL_MATCH * full), kind="stable")
        return docs[order], full[order]

    def _mask(self, docs):
        mask = np.zeros(self.sections.size, bool)
        mask[docs] = True
        return mask

    def _neighbours(self, docs):
        """The paragraphs just before and after the best of these documents, in the same section."""
        best = docs[np.argsort(-self.score_of(docs), kind="stable")[:SEEDS]]
        near = {
            other
            for doc in best.tolist()
            for other in range(max(doc - REACH, 0), min(doc + REACH + 1, self.sections.size))
            if self.sections[other] == self.sections[doc]
        }
        return np.array(sorted(near - set(docs.tolist())), np.int64)

    def explained(self, docs: np.ndarray, match: np.ndarray, explain: bool = False) -> list[ScoredDocument]:
        """These documents with their scores; with `explain` also why each ranks where it does."""
        explanations = [self._explanation(doc) if explain else () for doc in docs.tolist()]
        rows = zip(docs.tolist(), self.score_of(docs).tolist(), match.tolist(), explanations, strict=True)
        return [ScoredDocument(*row) for row in rows]

    def _explanation(self, doc):
        parts = []
        for clause in self.clauses:
            parts += [(clause.label, clause.scores[at]) for at in np.flatnonzero(clause.docs == doc)]
        for at in np.flatnonzero(self.docs == doc):
            parts += [("proximity", self.proximity[at]), ("neighbouring paragraphs", self.context[at])]
        return tuple((label, round(float(score), 3)) for label, score in parts)


def rank(clauses: list[Clause], norms: np.ndarray, sections: np.ndarray) -> Ranking:
    """Scores every document that meets a clause; `norms` and `sections` are columns over all documents."""
    meets_any = np.zeros(norms.size, bool)
    for clause in clauses:
        clause.score(norms)
        meets_any[clause.docs] = True
    docs = np.flatnonzero(meets_any)
    base, proximity, matched = (np.zeros(docs.size) for _ in range(3))
    count = np.zeros(docs.size, np.int64)
    conditions = [clause for clause in clauses if not clause.optional]
    total = sum(clause.idf or _idf(norms.size, 0) for clause in conditions) or 1.0
    for clause in clauses:
        places = np.searchsorted(docs, clause.docs)
        base[places] += clause.scores
        if not clause.optional:
            count[places] += 1
            matched[places] += clause.idf / total
    for first, second in pairwise(clauses):
        near, values = nearness(first.postings, second.postings)
        proximity[np.searchsorted(docs, near)] += PROXIMITY_WEIGHT * min(first.idf, second.idf) * values
    full = count == len(conditions)
    return Ranking(clauses, sections, docs, base, proximity, _context(docs, base, sections), matched, full)


def nearness(first: np.ndarray, second: np.ndarray, most: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Documents with both postings within `most` words, and the reciprocal of the least distance.

    The reverse order counts half.
    """
    docs, values = [], []
    for one, two, weight in ((first, second, 1.0), (second, first, 0.5)):
        places = np.searchsorted(two, one, "right")
        inside = places < two.size
        apart = two[places[inside]] - one[inside]
        near = apart <= most
        docs.append(one[inside][near] >> BITS)
        values.append(weight / apart[near])
    docs, values = np.concatenate(docs), np.concatenate(values)
    order = np.lexsort((values, docs))
    docs, values = docs[order], values[order]
    best = is_first(docs[::-1])[::-1]  # the last of each document
    return docs[best], values[best]


def _context(docs, base, sections):
    """A share of the scores of neighbouring paragraphs in the same section, and of the section's mean over its hits."""
    own = sections[docs]
    extra = np.zeros(docs.size)
    adjacent = (docs[1:] == docs[:-1] + 1) & (own[1:] == own[:-1])
    extra[1:][adjacent] += NEIGHBOUR_WEIGHT * base[:-1][adjacent]
    extra[:-1][adjacent] += NEIGHBOUR_WEIGHT * base[1:][adjacent]
    place = np.cumsum(is_first(own)) - 1  # a section's paragraphs are contiguous
    totals, counts = np.bincount(place, base), np.bincount(place)
    alone = counts[place] < 2
    rest = np.where(alone, 0.0, (totals[place] - base) / np.maximum(counts[place] - 1, 1))
    return extra + SECTION_WEIGHT * rest
