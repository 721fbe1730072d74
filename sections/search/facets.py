"""How the hits divide: by Convention part, article, institution, law and programme.

A facet is counted over the hits that all other facets' filters let through, its own left out. Within a facet
several chosen values widen the result, and facets narrow one another.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext

from .adapter import Index
from .catalogue import Catalogue
from .engine.postings import BITS, EMPTY, documents

NAMES = ("part", "article", "institution", "law", "programme")


class FacetValue(NamedTuple):
    """A value of a facet: as the address writes it, as people read it, its number of hits, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool = False


class Facet:
    """How the hits divide by one facet. Its values are made when they are asked for: a page shows but a few of them."""

    def __init__(self, name: str, rows: "_Rows", counts: np.ndarray, chosen: tuple[str, ...] = ()):
        self.name = name
        self._rows, self._counts = rows, counts
        self._found = counts.nonzero()[0]
        if name != "part":  # the parts stay in their own order
            self._found = self._found[(-counts[self._found]).argsort(kind="stable")]
        self._chosen = tuple(dict.fromkeys(chosen)) if chosen else ()

    def __len__(self) -> int:
        """The number of values with hits, and of chosen ones without."""
        return self._found.size + len(self._without_hits())

    @property
    def values(self) -> tuple[FacetValue, ...]:
        """All values, those with the most hits first; chosen ones stay even without."""
        return (*map(self._value, self._found.tolist()), *map(self._chosen_value, self._without_hits()))

    @property
    def chosen(self) -> list[FacetValue]:
        """The chosen values, those with the most hits first."""
        values = [self._chosen_value(value) for value in self._chosen]
        return sorted(values, key=lambda value: (-value.count, value.value.zfill(9)))

    def others(self, most: int | None = None) -> list[FacetValue]:
        """The values that are not chosen, at most so many, those with the most hits first."""
        if not self._chosen:
            return [self._value(at) for at in self._found[:most].tolist()]
        return [value for value in map(self._value, self._found.tolist()) if not value.chosen][:most]

    def _value(self, at):
        value, label = self._rows.values[at]
        return FacetValue(value, label, int(self._counts[at]), value in self._chosen)

    def _chosen_value(self, value):
        at = self._rows.places.get(value)
        return FacetValue(value, value, 0, True) if at is None else self._value(at)

    def _without_hits(self):
        if not self._chosen:
            return ()
        places = ((value, self._rows.places.get(value)) for value in self._chosen)
        return sorted(value for value, at in places if at is None or not self._counts[at])


class _Rows:
    """The values of a facet with their labels, in the order in which those of equal count stand."""

    def __init__(self, values: list[tuple[str, str]]):
        self.values = values
        self.places = {value: at for at, (value, _) in enumerate(values)}


@dataclass(slots=True)
class _Table:
    """Which values each document has, document by document, so that counting costs what the hits have."""

    starts: np.ndarray  # of each document's values, and one more
    numbers: np.ndarray  # of values; those of a facet are numbered one after the other
    facets: dict[str, _Rows]
    size: int

    def counts(self, docs) -> dict[str, np.ndarray]:
        """For each facet how many of the documents have each of its values."""
        starts = self.starts[docs]
        lengths = self.starts[docs + 1] - starts
        counts = np.zeros(self.size, np.int64)
        if docs.size and lengths.any():
            before = np.cumsum(lengths) - lengths
            places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
            counts = np.bincount(self.numbers[places], minlength=self.size)
        divided, first = {}, 0
        for name, rows in self.facets.items():
            divided[name] = counts[first : first + len(rows.values)]
            first += len(rows.values)
        return divided


def _table(index: Index, things: Catalogue) -> _Table:
    return index.once("facets", lambda: _read(index, things))


def _read(index, things):
    facets, docs, numbers, count = {}, [EMPTY], [EMPTY], 0
    for facet in NAMES:
        values = sorted(_values(things, facet), key=lambda row: row[0].zfill(9))
        facets[facet] = _Rows([(value, label) for value, label, _ in values])
        for number, (_, _, key) in enumerate(values, count):
            found = documents(index.posting(key))
            docs.append(found)
            numbers.append(np.full(found.size, number))
        count += len(values)
    docs, numbers = np.concatenate(docs), np.concatenate(numbers)
    order = np.argsort(docs, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(docs, minlength=index.size))])
    return _Table(starts.astype(np.int64), numbers[order].astype(np.int32), facets, count)


def _values(things, facet):
    """Value, label and the index's key of each value of a facet."""
    if facet == "part":
        for number, roman in things.parts.items():
            yield str(number), gettext("Part %(roman)s") % {"roman": roman}, f"p{number}"
    elif facet == "article":
        for number, article in things.articles.items():
            yield str(number), f"{article.kind}: {article.name}", f"a{number}"
    else:
        for key, entry in things.entries.items():
            if entry.type == facet:
                yield entry.slug, entry.name, f"e{key}"


def key_of(things: Catalogue, facet: str, value: str) -> str | None:
    """The index's key for a facet's value, None for a value that there is not."""
    if facet in ("part", "article", "reply"):
        known = {"part": things.parts, "article": things.articles}.get(facet)
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
        if number is None or (known is not None and number not in known):
            return None
        return f"{facet[0]}{number}"
    entry = things.by_slug.get((facet, value))
    return None if entry is None else f"e{entry}"


class Filters:
    """The chosen values as sets of documents, one for each facet."""

    def __init__(self, index: Index, things: Catalogue, chosen: dict[str, tuple[str, ...]]):
        self.index, self.things, self.chosen = index, things, chosen
        self.masks = {name: self._mask(name, values) for name, values in chosen.items() if values}

    def _mask(self, name, values):
        mask = np.zeros(self.index.size, bool)
        for value in values:
            key = key_of(self.things, name, value)
            if key:
                mask[self.index.posting(key) >> BITS] = True
        return mask

    def keep(self, docs: np.ndarray, but: str = "") -> np.ndarray:
        """For each document whether all filters let it through, those of one facet left out."""
        kept = np.ones(docs.size, bool)
        for name, mask in self.masks.items():
            if name != but:
                kept &= mask[docs]
        return kept

    def facets(self, docs: np.ndarray) -> tuple[Facet, ...]:
        """All facets over the documents that the query found, before any filter."""
        table = _table(self.index, self.things)
        plain = table.counts(docs[self.keep(docs)] if self.masks else docs)
        made = []
        for name in NAMES:
            counts = table.counts(docs[self.keep(docs, but=name)]) if name in self.masks else plain
            made.append(Facet(name, table.facets[name], counts[name], self.chosen.get(name, ())))
        return tuple(made)
