"""How each hit matches: by the words as typed, only by other words or names for them, or in part."""

import numpy as np

from .engine.scoring import Clause
from .plan import QueryPlan
from .scope import Scope

# As files and the API call them; a citation and a filter find paragraphs without any words.
MATCHES = ("text", "names", "partial", "citation", "filter")
TEXT, NAMES, PARTIAL, CITATION, FILTER = range(len(MATCHES))


def matches(planned: QueryPlan, scope: Scope, docs: np.ndarray, full: np.ndarray) -> np.ndarray:
    """For each of these documents how it matches, as a place in MATCHES; `full` says which meet the whole query."""
    if not planned.clauses:
        return np.full(docs.size, FILTER)
    return np.where(full, np.where(_as_typed(planned, scope)[docs], TEXT, NAMES), PARTIAL)


def absent(planned: QueryPlan) -> list[Clause]:
    """What was asked for that the report does not contain as typed, though in other words or by another name."""
    return [clause for clause in _asked(planned) if clause.variants and not clause.typed_docs.size]


def _asked(planned):
    return [clause for clause in planned.clauses if not clause.optional]


def _as_typed(planned, scope):
    if planned.as_typed is not None:
        return planned.as_typed
    met = np.ones(scope.size, bool)
    for clause in _asked(planned):
        mask = np.zeros(scope.size, bool)
        mask[clause.typed_docs] = True
        met &= mask
    return met
