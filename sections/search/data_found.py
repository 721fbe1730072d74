"""The figures and dates of the report that a query asks for: what each counts or says must hold all that is asked."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from sections.models import DatedEvent, Figure, Report

from .attributes import documents_by_value, gazetteer
from .engine.analysis import pattern_of, short_terms
from .engine.query_tree import Field, Not, Or, Phrase, Query, Word
from .expansion import SYNONYM
from .named_results import address
from .query_plan import QueryPlan
from .scope import Scope

MOST_FOUND = 5  # of each kind


class Datum(NamedTuple):
    """A figure or a date: its number or day as printed, what it is of, when, its paragraph and its stems.

    A datum of a table is said by the row and the column that hold it.
    """

    kind: str  # figure or date
    printed: str
    what: str
    period: str
    paragraph: int
    stems: frozenset[str]


class DataFound(NamedTuple):
    """The figures, the dates and the places that a query asks for, each with its number in all."""

    figures: tuple[Datum, ...] = ()
    figure_count: int = 0
    dates: tuple[Datum, ...] = ()
    date_count: int = 0
    places: tuple[tuple[str, str], ...] = ()  # (value of the filter, name)

    def __bool__(self) -> bool:
        return bool(self.figures or self.dates or self.places)


class _Data(NamedTuple):
    """The data of a report, the places of all among them, and of those with each stem."""

    rows: tuple[Datum, ...]
    everything: frozenset[int]
    by_stem: dict[str, set[int]]

    def with_all(self, stems: Iterable[str]) -> frozenset[int]:
        """Those that have all the stems."""
        return self.everything.intersection(*(self.by_stem.get(stem, ()) for stem in stems))


_read_scopes: WeakKeyDictionary[Scope, _Data] = WeakKeyDictionary()  # as long as the scope


def data_found(query: Query, planned: QueryPlan, scope: Scope, report: Report | None, docs: np.ndarray) -> DataFound:
    """What the report's figures, dates and places say to the query; nothing in a search of all reports.

    Figures and dates are of the paragraphs that meet it with its operators and filters, `docs`.
    """
    if report is None or not planned.clauses:
        return DataFound()
    data = _data(scope)
    places = _meeting(query.tree, data) if query.is_exact else _saying_all(planned, data)
    numbers = set(scope.numbers[docs].tolist()) if places else ()
    found = [data.rows[place] for place in sorted(places) if data.rows[place].paragraph in numbers]
    found.sort(key=lambda datum: (len(datum.stems), datum.paragraph))
    figures = [datum for datum in found if datum.kind == "figure"]
    dates = [datum for datum in found if datum.kind == "date"]
    return DataFound(
        tuple(figures[:MOST_FOUND]), len(figures), tuple(dates[:MOST_FOUND]), len(dates), tuple(_places(query, scope))
    )


def counting(planned: QueryPlan, scope: Scope) -> np.ndarray:
    """The documents with a figure that counts all that is asked for; of one report."""
    data = _data(scope)
    rows = (data.rows[place] for place in _saying_all(planned, data))
    numbers = [datum.paragraph for datum in rows if datum.kind == "figure"]
    return np.flatnonzero(np.isin(scope.numbers, numbers))


def datum_address(datum: Datum, report: Report, language: str) -> str:
    """The address of the paragraph that holds it."""
    return address("paragraph", language, symbol=report.symbol, number=datum.paragraph)


def _saying_all(planned, data):
    """The data whose words say all that is asked for; none where that is nothing."""
    wanted = [frozenset().union(*map(data.with_all, ways)) for ways in _wanted(planned)]
    return data.everything.intersection(*wanted) if wanted else frozenset()


def _wanted(planned):
    """For each thing asked for the ways in which words may say it, as stems."""
    for number, clause in enumerate(planned.clauses):
        if not clause.optional:
            marks = [mark for mark in planned.marks if mark.clause == number and mark.by in ("stem", "exact")]
            yield [mark.words for mark in marks if mark.weight >= SYNONYM]


def _meeting(node, data):
    """The data whose words meet a query with operators; their paragraph decides on what only a text can meet."""
    if isinstance(node, Word):
        fitting = filter(pattern_of(node.pattern).fullmatch, data.by_stem) if node.pattern else [node.stem]
        return frozenset().union(*(data.by_stem.get(stem, ()) for stem in fitting))
    if isinstance(node, Phrase):
        return data.with_all(word.stem for word in node.words)
    if isinstance(node, Field):
        return data.everything
    if isinstance(node, Not):
        return data.everything - (frozenset() if isinstance(node.member, Field) else _meeting(node.member, data))
    members = [_meeting(member, data) for member in node.members]
    return frozenset().union(*members) if isinstance(node, Or) else data.everything.intersection(*members)


def _places(query, scope):
    """The places that the query names, alone or beside other words."""
    labels, by_name = gazetteer(scope).labels, gazetteer(scope).by_name
    words = [part for term in query.terms for part in (term.parts if isinstance(term, Phrase) else (term.exact,))]
    spans = (" ".join(words[at : at + size]) for size in (3, 2, 1) for at in range(len(words) - size + 1))
    named = documents_by_value(scope)["place"]  # in the report, and not rejected by an editor
    found = dict.fromkeys(by_name[span] for span in spans if by_name.get(span) in named)
    return [(slug, labels[slug]) for slug in found][:MOST_FOUND]


def _data(scope):
    if scope not in _read_scopes:
        of_report = {"block__paragraph__report": scope.report}
        figures = Figure.objects.shown().filter(**of_report).in_order()
        rows = figures.values_list("block__paragraph__number", "surface", "unit", "what", "period")
        data = [
            Datum("figure", f"{surface} {unit}", what, period, number, _stems((surface, unit, what, period)))
            for number, surface, unit, what, period in rows
        ]
        events = DatedEvent.objects.shown().filter(**of_report).in_order()
        rows = events.values_list("block__paragraph__number", "surface", "what", "first__year", "last__year")
        data += [
            Datum("date", surface, what, "", number, _stems((surface, what, str(first), str(last))))
            for number, surface, what, first, last in rows
        ]
        by_stem = defaultdict(set)
        for place, datum in enumerate(data):
            for stem in datum.stems:
                by_stem[stem].add(place)
        _read_scopes[scope] = _Data(tuple(data), frozenset(range(len(data))), dict(by_stem))
    return _read_scopes[scope]


def _stems(texts: Iterable[str]) -> frozenset[str]:
    terms = [term for text in texts for term in short_terms(text)]
    return frozenset({term.stem for term in terms} | {term.exact for term in terms})
