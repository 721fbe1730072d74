"""One order of names for desk and registers, the same on every database: without regard to case, accents and marks."""

import unicodedata
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from anyascii import anyascii
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, QuerySet

from sections.text.fold import fold

MARKS = "\"'“‘«("  # that a name may begin with; lists sort by what follows
KEPT = 4096  # letters
ALL = slice(None)
OTHER = "#"  # the group of names that begin with no Latin letter


def sort_key(text: str) -> str:
    """By which a name is sorted: Ł as L, Æ as AE; letters of other scripts come after the Latin ones."""
    key = fold(text).lstrip(MARKS)
    return key if key.isascii() else "".join(map(_latin, key))


def initial(text: str) -> str:
    """The capital under which a register lists the name; OTHER for one that begins with no Latin letter."""
    first = next((letter for letter in sort_key(text) if letter.isalnum()), "")
    return first.upper() if first.isascii() and first.isalpha() else OTHER


@lru_cache(KEPT)
def _latin(letter):
    """The letter without what distinguishes it, if it is a Latin one."""
    is_latin = not letter.isascii() and unicodedata.name(letter, "").startswith("LATIN ")
    return anyascii(letter).lower() if is_latin else letter


def in_order(rows: QuerySet, part: slice = ALL) -> QuerySet | list[Any]:
    """Part of the rows in the order that their query asks for, with its texts in that of names.

    They stay a query where it sorts by no text.
    """
    if not _sorts_texts(rows):
        return rows[part]
    keys = keys_in_order(rows)[part]
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def keys_in_order(rows: QuerySet) -> list[Hashable]:
    """The keys of the rows in the order that their query asks for, with its texts in that of names."""
    columns = rows.query.order_by
    found = list(rows.order_by().values_list("pk", *(column.lstrip("-") for column in columns)))
    for place, column in reversed(list(enumerate(columns, 1))):
        found.sort(key=lambda row, place=place: _key(row[place]), reverse=column.startswith("-"))
    return list(dict.fromkeys(row[0] for row in found))


def _key(value):
    """A key by which values of one column can be compared: those that are empty come first."""
    if value is None:
        return (0,)
    return (1, sort_key(value), value) if isinstance(value, str) else (1, value)


def _sorts_texts(rows):
    """Whether the query sorts by columns only, and by a text among them that is no choice."""
    columns = rows.query.order_by
    if not columns or not all(isinstance(column, str) for column in columns):
        return False
    fields = [_field(rows.model, column.lstrip("-")) for column in columns]
    return any(isinstance(field, CharField) and not field.choices for field in fields)


def _field(model, path):
    """The field at the end of a path; None for an annotation and the primary key."""
    field = None
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field
