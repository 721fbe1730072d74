"""Measures of a ranking against judged paragraphs. Grades: 3 squarely answers, 2 clearly relevant, 1 marginal."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2


@dataclass(frozen=True)
class Scores:
    """How well a ranking, or the mean of several, does: each measure from 0 to 1, `unanswered` as a count."""

    ndcg: float
    reciprocal: float
    recall: float
    unanswered: int
    queries: int = 1


def scores(ranking: Sequence[int], grades: dict[int, int]) -> Scores:
    """The scores of one ranking, which holds paragraph numbers, the best first."""
    return Scores(ndcg(ranking, grades), reciprocal(ranking, grades), recall(ranking, grades), int(not ranking))


def mean(many: Sequence[Scores]) -> Scores:
    """The mean of each measure, and the sum of the unanswered."""
    count = len(many) or 1
    return Scores(
        sum(one.ndcg for one in many) / count,
        sum(one.reciprocal for one in many) / count,
        sum(one.recall for one in many) / count,
        sum(one.unanswered for one in many),
        len(many),
    )


def ndcg(ranking, grades, depth=10):
    """Normalised discounted cumulative gain: gain 2^grade - 1, discount log2(place + 1)."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(number, 0) for number in ranking[:depth]]) / best if best else 0.0


def reciprocal(ranking, grades):
    """One divided by the place of the first relevant paragraph; 0 when there is none."""
    return next((1 / place for place, number in enumerate(ranking, 1) if number in grades), 0.0)


def recall(ranking, grades, depth=20):
    """The share of the relevant paragraphs among the first; those that can't fit in there are not missed."""
    return len(set(ranking[:depth]) & grades.keys()) / min(depth, len(grades))


def _gain(grades):
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
