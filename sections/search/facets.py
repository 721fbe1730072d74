"""Facets: how the hits divide by Convention part, article, reply, entry, place, year and what they have beside text.

In all reports they divide by report, and not by what only makes sense in one.

A facet is counted over the hits that all other facets' filters let through, its own left out. Within a facet
several chosen values widen the result; different facets narrow one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from sections.models import Report
from sections.text.whole_numbers import whole_number

from .attributes import documents_by_value, gazetteer
from .catalogue import ENTRY_TYPES, Catalogue
from .engine.links import link_code
from .filtering import passing
from .scope import Scope

FACETS = ("part", "article", "reply", *ENTRY_TYPES, "place", "year", "has")
OWN_ORDER = {"part", "reply"}  # in which their values stay
MOST_REPORTS = 100  # that the facet of reports names, those with the most hits


class FacetValue(NamedTuple):
    """A value of a facet: as the address writes it, as people read it, its number of hits, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool = False


class Facet:
    """How the hits divide by one facet. Values get their labels when they are asked for: a page shows few of them."""

    def __init__(
        self, name: str, values: list[str], counts: np.ndarray, chosen: tuple[str, ...], labels: Mapping[str, str]
    ) -> None:
        self.name, self._labels = name, labels
        with_hits = counts.nonzero()[0]
        if name not in OWN_ORDER:
            with_hits = with_hits[(-counts[with_hits]).argsort(kind="stable")]
        ordered = map(values.__getitem__, with_hits.tolist())
        self._counts = dict(zip(ordered, counts[with_hits].tolist(), strict=True))
        self._chosen = dict.fromkeys(chosen)
        self._size = len(self._counts) + len(self._chosen.keys() - self._counts.keys())

    def __len__(self) -> int:
        """The number of values with hits, and of chosen ones without."""
        return self._size

    @property
    def values(self) -> tuple[FacetValue, ...]:
        """All values, those with the most hits first; chosen ones also without hits."""
        return tuple(map(self._value, self._counts | dict.fromkeys(sorted(self._chosen.keys() - self._counts.keys()))))

    @property
    def chosen(self) -> list[FacetValue]:
        """The chosen values, those with the most hits first."""
        return sorted(map(self._value, self._chosen), key=lambda value: (-value.count, value.value.zfill(9)))

    def others(self, limit: int | None = None) -> list[FacetValue]:
        """The values that are not chosen, at most `limit`, those with the most hits first."""
        values = (value for value in self._counts if value not in self._chosen)
        return [self._value(value) for value in islice(values, limit)]

    def _value(self, value):
        # A number may have been typed in another form than its own, such as 07.
        label = self._labels.get(value) or self._labels.get(str(whole_number(value)), value)
        return FacetValue(value, label, self._counts.get(value, 0), value in self._chosen)


@dataclass(frozen=True, slots=True)
class _Table:
    """The values of each document, document by document, so that the cost of counting is that of the hits."""

    starts: np.ndarray  # of each document's values, and one more
    numbers: np.ndarray  # of values; those of a facet are numbered one after the other
    values: dict[str, list[str]]  # by facet, in the order of their numbers

    def counts(self, docs: np.ndarray) -> dict[str, np.ndarray]:
        """For each facet how many of the documents have each of its values."""
        starts = self.starts[docs]
        lengths = self.starts[docs + 1] - starts
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        counts = np.bincount(self.numbers[places], minlength=sum(map(len, self.values.values())))
        by_facet, first = {}, 0
        for name, values in self.values.items():
            by_facet[name] = counts[first : first + len(values)]
            first += len(values)
        return by_facet


_tables: WeakKeyDictionary[Scope, _Table] = WeakKeyDictionary()  # a table lives as long as its scope


def _table(scope, catalogue):
    table = _tables.get(scope)
    if table is None:
        _tables[scope] = table = _read(scope, catalogue)
    return table


def _read(scope, catalogue):
    values, counts, numbers = _of_links(scope, catalogue)
    if scope.report is not None:
        counts, numbers = _with_attributes(scope, catalogue, values, counts, numbers)
    return _Table(np.concatenate([[0], np.cumsum(counts)]), numbers.astype(np.int32), values)


def _of_links(scope, catalogue):
    """The values that the links of the index have, how many of them each document has, and their numbers."""
    known = {"part": catalogue.parts, "article": catalogue.articles}
    values = {name: [str(number) for number in sorted(numbers)] for name, numbers in known.items()}
    values |= {
        name: sorted((slug for type_, slug in catalogue.by_slug if type_ == name), key=_number) for name in ENTRY_TYPES
    }
    keys = [catalogue.posting_key(name, value) for name in values for value in values[name]]
    codes, links = np.array([link_code(key) for key in keys], np.uint32), scope.links
    if not codes.size:
        return values, np.zeros(scope.size, np.int64), np.zeros(0, np.int64)
    by_code, ends = codes.argsort(), links.ends
    places = np.minimum(np.searchsorted(codes, links.codes, sorter=by_code), codes.size - 1)
    numbers = by_code[places]
    known = codes[numbers] == links.codes
    if not known.all():  # links to what the catalogue does not have, such as an entry made a moment ago
        ends, numbers = np.concatenate([[0], np.cumsum(known)])[ends], numbers[known]
    return values, np.diff(ends, prepend=0), numbers


def _with_attributes(scope, catalogue, values, counts, numbers):
    """Adds to the values those that only one report has; gives the counts and numbers of all, document by document."""
    docs, numbers, first = [np.repeat(np.arange(scope.size), counts)], [numbers], sum(map(len, values.values()))
    for name, by_value in {"reply": _replies(scope, catalogue), **documents_by_value(scope)}.items():
        values[name] = sorted(by_value, key=_latest_first if name == "year" else _number)
        for number, value in enumerate(values[name], first):
            docs.append(by_value[value])
            numbers.append(np.full(by_value[value].size, number))
        first += len(values[name])
    docs, numbers = np.concatenate(docs), np.concatenate(numbers)
    return np.bincount(docs, minlength=scope.size), numbers[docs.argsort(kind="stable")]


def _replies(scope, catalogue):
    """The documents of each reply, by its number."""
    number_of = {key: place.reply for key, place in catalogue.places.items() if place.reply}
    replies = np.array([number_of.get(key, 0) for key in scope.sections.tolist()], np.int64)
    return {str(number): np.flatnonzero(replies == number) for number in np.unique(replies).tolist() if number}


def _number(value):
    return value.zfill(9)


def _latest_first(value):
    return -int(value)


def apply_filters(
    scope: Scope, catalogue: Catalogue, chosen: Mapping[str, tuple[str, ...]], docs: np.ndarray
) -> tuple[np.ndarray, tuple[Facet, ...]]:
    """For each document whether all filters let it through, and all facets over the documents."""
    passes = {name: passing(scope, catalogue, name, values)[docs] for name, values in chosen.items() if values}
    table, facets = _table(scope, catalogue), []
    keep = _all(docs, passes)
    counts = table.counts(docs[keep])
    labels = catalogue.labels | {"place": gazetteer(scope).labels}
    for name in filter(table.values.__contains__, FACETS):
        others = {other: passing for other, passing in passes.items() if other != name}
        own = table.counts(docs[_all(docs, others)]) if name in passes else counts
        facets.append(Facet(name, table.values[name], own[name], chosen.get(name, ()), labels.get(name, {})))
    if scope.report is None:
        facets.insert(0, _reports(scope, docs[keep]))
    return keep, tuple(facets)


def _reports(scope, docs):
    """The reports with the most hits; none is ever chosen here, as a search in one report is another search."""
    keys, counts = np.unique(scope.reports_of(docs), return_counts=True)
    symbols = [scope.symbols[key] for key in keys.tolist()]
    best = sorted(range(len(symbols)), key=lambda at: (-counts[at], symbols[at]))[:MOST_REPORTS]
    reports = Report.objects.filter(pk__in=keys[best].tolist()).only("symbol", "state_party", "translations")
    labels = {report.symbol: f"{report.translated('state_party')}, {report.symbol}" for report in reports}
    return Facet("report", [symbols[at] for at in best], counts[best], (), labels)


def _all(docs, passes):
    return np.logical_and.reduce([np.ones(docs.size, bool), *passes.values()])
