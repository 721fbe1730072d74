"""Facets: how the hits divide by Convention part, article, institution, law and programme; in all reports by report.

A facet is counted over the hits that all other facets' filters let through, its own left out. Within a facet
several chosen values widen the result; different facets narrow one another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from django.utils.translation import gettext

from sections.models import Report

from .catalogue import ENTRY_TYPES, Catalogue
from .engine.links import link_code
from .engine.postings import BITS
from .scope import Scope

FACETS = ("part", "article", *ENTRY_TYPES)
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
        self, name: str, values: list[str], counts: np.ndarray, chosen: tuple[str, ...], label: Callable[[str], str]
    ) -> None:
        self.name, self._label = name, label
        with_hits = counts.nonzero()[0]
        if name != "part":  # the parts stay in their own order
            with_hits = with_hits[(-counts[with_hits]).argsort(kind="stable")]
        self._counts = {
            values[at]: count for at, count in zip(with_hits.tolist(), counts[with_hits].tolist(), strict=True)
        }
        self._chosen = dict.fromkeys(chosen)

    def __len__(self) -> int:
        """The number of values with hits, and of chosen ones without."""
        return len(self._counts.keys() | self._chosen.keys())

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
        count = self._counts.get(value, 0)
        return FacetValue(value, self._label(value), count, value in self._chosen)


def _label(catalogue, name, value):
    """How people read a value; a value that does not exist is read as written."""
    key = catalogue.posting_key(name, value)
    if key is None:
        return value
    if name == "part":
        return gettext("Part %(roman)s") % {"roman": catalogue.parts[int(key[1:])]}
    item = catalogue.articles[int(key[1:])] if name == "article" else catalogue.entries[int(key[1:])]
    return f"{item.kind}: {item.name}" if name == "article" else item.name


@dataclass(frozen=True, slots=True)
class _Table:
    """The values of each document, document by document, so that the cost of counting is that of the hits."""

    starts: np.ndarray  # of each document's values, and one more
    numbers: np.ndarray  # of values; those of a facet are numbered one after the other
    values: dict[str, list[str]]  # by facet, in the order in which those of equal count appear

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
    numbers = {"part": catalogue.parts, "article": catalogue.articles}
    values = {name: [str(number) for number in sorted(known)] for name, known in numbers.items()}
    values |= {
        name: sorted((slug for type_, slug in catalogue.by_slug if type_ == name), key=_order) for name in ENTRY_TYPES
    }
    keys = [catalogue.posting_key(name, value) for name in FACETS for value in values[name]]
    codes = np.array([link_code(key) for key in keys], np.uint32)
    by_code, links = codes.argsort(), scope.links
    places = np.minimum(np.searchsorted(codes, links.codes, sorter=by_code), max(codes.size - 1, 0))
    numbers = by_code[places].astype(np.int32) if codes.size else np.zeros(links.codes.size, np.int32)
    ends = links.ends
    known = codes[numbers] == links.codes if codes.size else np.zeros(links.codes.size, bool)
    if not known.all():  # links to what the catalogue does not have, such as an entry made a moment ago
        ends, numbers = np.concatenate([[0], np.cumsum(known)])[ends], numbers[known]
    return _Table(np.concatenate([[0], ends]), numbers, values)


def _order(slug):
    return slug.zfill(9)


def apply_filters(
    scope: Scope, catalogue: Catalogue, chosen: Mapping[str, tuple[str, ...]], docs: np.ndarray
) -> tuple[np.ndarray, tuple[Facet, ...]]:
    """For each document whether all filters let it through, and all facets over the documents."""
    passes = {name: _passing(scope, catalogue, name, values)[docs] for name, values in chosen.items() if values}
    table, facets = _table(scope, catalogue), []
    keep = _all(docs, passes)
    counts = table.counts(docs[keep])
    for name in FACETS:
        others = {other: passing for other, passing in passes.items() if other != name}
        own = table.counts(docs[_all(docs, others)]) if name in passes else counts
        label = partial(_label, catalogue, name)
        facets.append(Facet(name, table.values[name], own[name], chosen.get(name, ()), label))
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
    return Facet("report", [symbols[at] for at in best], counts[best], (), lambda symbol: labels.get(symbol, symbol))


def _all(docs, passes):
    return np.logical_and.reduce([np.ones(docs.size, bool), *passes.values()])


def _passing(scope, catalogue, name, values):
    """For every document whether it has one of the values."""
    mask = np.zeros(scope.size, bool)
    for value in values:
        if key := catalogue.posting_key(name, value):
            mask[scope.posting(key) >> BITS] = True
    return mask
