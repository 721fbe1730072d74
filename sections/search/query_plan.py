"""What a query asks of the index, before it is ranked; and how each document then matches it."""

from dataclasses import dataclass, field

import numpy as np

from .engine.match_spans import Mark
from .engine.postings import EMPTY
from .engine.scoring import Clause
from .scope import Scope

# As files and the API call them; a citation and a filter find paragraphs without any words.
MATCHES = ("text", "names", "partial", "citation", "filter")
TEXT, NAMES, PARTIAL, CITATION, FILTER = range(len(MATCHES))


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What else was searched for: the words typed, the other names or words, and the key of the entry if it is one."""

    typed: str
    names: tuple[str, ...]
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """Words of a query in a row, by their stems, and what else in the language of the text says what was typed.

    It is not sure where the words may be of the text's own language.
    """

    stems: tuple[str, ...]
    says: tuple[str, ...]
    is_sure: bool = True


@dataclass(slots=True)
class QueryPlan:
    """What to rank by, what to mark, what to leave out, and what to tell the reader."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of the request and of fields in the query
    fields: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)  # typed: name, as typed, values
    unfit: list[tuple[str, str]] = field(default_factory=list)  # names and values of filters that name nothing
    clauses: list[Clause] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    required: list[int] = field(default_factory=list)  # clauses that partial matches meet too
    excluded: np.ndarray = field(default_factory=lambda: EMPTY)  # documents
    exactly: np.ndarray | None = None  # for each document whether it meets a query with operators
    as_typed: np.ndarray | None = None  # and whether it does so by the words as typed
    alternatives: list[Alternatives] = field(default_factory=list)
    corrections: list[tuple[str, str]] = field(default_factory=list)  # (as typed, as corrected)
    translations: list[tuple[str, str]] = field(default_factory=list)  # (as typed, in the language of the text)
    also: list[Translated] = field(default_factory=list)  # further translations
    unframed: list[str] = field(default_factory=list)  # words that only frame the question
    unknown: list[str] = field(default_factory=list)  # what the report does not contain
    entries: list[int] = field(default_factory=list)  # that the query names
    subjects: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # stems searched in subjects, by clause
    stems: list[str] = field(default_factory=list)  # of the words that carry meaning


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
