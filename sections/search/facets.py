"""How the hits divide: by Convention part, article, institution, law and programme.

A facet is counted over the hits that all other facets' filters let through, its own left out. Within a facet
several chosen values widen the result, and facets narrow one another.
"""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext

from .postings import BITS, EMPTY, documents
from .store import Index
from .things import Catalogue

NAMES = ("part", "article", "institution", "law", "programme")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: as the address writes it, as people read it, its number of hits, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet and its values with hits, the most first; chosen values stay even without."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(slots=True)
class _Table:
    """Which values each document has, document by document, so that counting costs what the hits have."""

    starts: np.ndarray  # of each document's values, and one more
    values: np.ndarray
    rows: list[tuple[str, str, str]]  # facet, value, label; the values of a facet stand together
    extents: dict[str, tuple[int, int]]  # the first row of each facet, and the one after its last

    def counts(self, docs):
        starts = self.starts[docs]
        lengths = self.starts[docs + 1] - starts
        if not docs.size or not lengths.any():
            return np.zeros(len(self.rows), np.int64)
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        return np.bincount(self.values[places], minlength=len(self.rows))


def _table(index: Index, things: Catalogue) -> _Table:
    if "facets" not in index.in_language:
        index.in_language["facets"] = _read(index, things)
    return index.in_language["facets"]


def _read(index, things):
    rows, docs, values = [], [EMPTY], [EMPTY]
    for facet, value, label, key in _values(things):
        found = documents(index.posting(key))
        if found.size:
            docs.append(found)
            values.append(np.full(found.size, len(rows)))
            rows.append((facet, value, label))
    docs, values = np.concatenate(docs), np.concatenate(values)
    order = np.argsort(docs, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(docs, minlength=index.size))])
    extents = {}
    for number, (facet, _, _) in enumerate(rows):
        extents[facet] = (extents.get(facet, (number,))[0], number + 1)
    return _Table(starts.astype(np.int64), values[order].astype(np.int32), rows, extents)


def _values(things):
    for number, roman in sorted(things.parts.items()):
        yield "part", str(number), gettext("Part %(roman)s") % {"roman": roman}, f"p{number}"
    for number, article in sorted(things.articles.items()):
        yield "article", str(number), f"{article.kind}: {article.name}", f"a{number}"
    for key, entry in things.entries.items():
        yield entry.type, entry.slug, entry.name, f"e{key}"


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
            made.append(Facet(name, self._facet_values(table, name, counts)))
        return tuple(made)

    def _facet_values(self, table, name, counts):
        chosen = self.chosen.get(name, ())
        values = []
        first, last = table.extents.get(name, (0, 0))
        for at, count in enumerate(counts[first:last].tolist(), first):
            if count:
                _, value, label = table.rows[at]
                values.append(FacetValue(value, label, count, value in chosen))
        missing = set(chosen) - {value.value for value in values}
        values += [FacetValue(value, self._label(name, value), 0, True) for value in sorted(missing)]
        if name == "part":
            return tuple(sorted(values, key=lambda value: (not value.value.isdigit(), value.value.zfill(9))))
        return tuple(sorted(values, key=lambda value: (-value.count, value.value.zfill(9))))

    def _label(self, name, value):
        entry = self.things.by_slug.get((name, value))
        return self.things.entries[entry].name if entry is not None else value
