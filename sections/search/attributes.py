"""What a paragraph has besides its words: the places and years that it names, figures, tables, references to annexes.

The index holds none of this; it is read from the tables once for each report and content version.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
from django.db.models import F
from django.utils.translation import get_language, gettext_lazy

from sections.models import Block, DatedEvent, Figure, Place, PlaceMention, Reference
from sections.text.fold import fold
from sections.text.whole_numbers import whole_number

from .scope import Scope

ATTRIBUTES = ("place", "year", "has")
HAVING = {
    "figures": gettext_lazy("Figures"),
    "table": gettext_lazy("A table"),
    "annex": gettext_lazy("A reference to an annex"),
}
# What people type after "has:" in the languages of the site, without accents.
HAVING_WORDS = {
    "figures": "figures figure numbers cifras cifra datos chiffres chiffre",
    "table": "table tables tabla tablas cuadro cuadros tableau tableaux",
    "annex": "annex annexes anexo anexos annexe",
}
MOST_YEARS = 30  # of a period that counts for each of its years


class Gazetteer:
    """The places in one language: their names, what people call them, and which lie within which."""

    def __init__(self, language: str) -> None:
        rows = list(Place.objects.order_by("slug"))
        self.labels = {place.slug: place.translated("name") for place in rows}
        by_key = {place.pk: place for place in rows}
        self.around: dict[str, tuple[str, ...]] = {}  # a place and those that it lies in
        self.by_name: dict[str, str] = {}
        for place in rows:
            around, outer = [], place
            while outer is not None and outer.slug not in around:
                around.append(outer.slug)
                outer = by_key.get(outer.within_id)
            self.around[place.slug] = tuple(around)
            translated = (names.get("name", "") for names in place.translations.values())
            for name in (place.name, place.slug, *place.names, *translated):
                self.by_name.setdefault(fold(name), place.slug)


@lru_cache(maxsize=6)
def _gazetteer(content, language):
    return Gazetteer(language)


def gazetteer(scope: Scope) -> Gazetteer:
    """The places as of the version of the scope, in the reader's language."""
    return _gazetteer(scope.version.content, get_language())


def attribute_value(scope: Scope, name: str, typed: str) -> str | None:
    """The value of an attribute that somebody typed, None for an unknown one."""
    key = fold(typed)
    if name == "has":
        return next((value for value, words in HAVING_WORDS.items() if key in words.split()), None)
    if name == "year":
        year = whole_number(typed, 9999)
        return str(year) if year else None
    return gazetteer(scope).by_name.get(key)


Documents = dict[str, np.ndarray]  # by value of an attribute, in order
_read_scopes: WeakKeyDictionary[Scope, dict[str, Documents]] = WeakKeyDictionary()  # as long as the scope


def documents_by_value(scope: Scope) -> dict[str, Documents]:
    """For each attribute the documents of each value, of the one report of the scope."""
    if scope not in _read_scopes:
        doc_of = dict(zip(scope.paragraphs.tolist(), range(scope.size), strict=True))
        read = {}
        for name in ATTRIBUTES:
            found = defaultdict(set)
            for paragraph, value in _pairs(scope, name, block__paragraph__report=scope.report):
                if paragraph in doc_of:
                    found[value].add(doc_of[paragraph])
            read[name] = {value: np.array(sorted(docs), np.int64) for value, docs in found.items()}
        _read_scopes[scope] = read
    return _read_scopes[scope]


def documents_with(scope: Scope, name: str, value: str) -> np.ndarray:
    """The documents with a value of an attribute; in all reports by a query of its own."""
    if scope.report is not None:
        return documents_by_value(scope)[name].get(value, np.array([], np.int64))
    paragraphs = {paragraph for paragraph, found in _pairs(scope, name) if found == value}
    return np.flatnonzero(np.isin(scope.paragraphs, list(paragraphs)))


def _pairs(scope, name, **restriction) -> Iterator[tuple[int, str]]:
    """Primary keys of paragraphs with the values that each has."""
    if name == "place":
        around = gazetteer(scope).around
        rows = PlaceMention.objects.shown().filter(**restriction).order_by()
        for paragraph, slug in rows.values_list("block__paragraph", "place__slug"):
            yield from ((paragraph, outer) for outer in around.get(slug, (slug,)))
    elif name == "year":
        dates = DatedEvent.objects.shown().filter(**restriction).order_by()
        yield from _years(dates.values_list("block__paragraph", "first__year", "last__year"))
        figures = Figure.objects.shown().filter(first_year__isnull=False, **restriction).order_by()
        yield from _years(figures.values_list("block__paragraph", "first_year", "last_year"))
    else:
        figures = Figure.objects.shown().filter(**restriction).order_by().values_list("block__paragraph")
        yield from ((paragraph, "figures") for (paragraph,) in figures.distinct())
        annexes = Reference.objects.filter(kind=Reference.Kind.ANNEX, **restriction).order_by()
        yield from ((paragraph, "annex") for (paragraph,) in annexes.values_list("block__paragraph").distinct())
        inside = {key.removeprefix("block__"): value for key, value in restriction.items()}
        tables = Block.objects.filter(kind=Block.Kind.TABLE, **inside).order_by()
        yield from ((paragraph, "table") for (paragraph,) in tables.values_list(F("paragraph")).distinct())


def _years(rows: Iterable[tuple[int, int, int | None]]):
    for paragraph, first, last in rows:
        for year in range(first, min(last or first, first + MOST_YEARS) + 1):
            yield paragraph, str(year)
