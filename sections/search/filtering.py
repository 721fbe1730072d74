"""Which documents a filter lets through, and which values of it people may mean."""

import re
from collections.abc import Mapping

import numpy as np

from .attributes import ATTRIBUTES, attribute_value, documents_with
from .catalogue import Catalogue
from .engine.postings import BITS
from .scope import Scope

MOST_NUMBERS = 50  # of a range such as article:16-22
_RANGE = re.compile(r"\s*([0-9]{1,4})\s*[-–—]\s*([0-9]{1,4})\s*")
NUMBERED = {"article", "reply", "part", "year"}


def passing(scope: Scope, catalogue: Catalogue, name: str, values: tuple[str, ...]) -> np.ndarray:
    """For every document whether it has one of the values."""
    mask = np.zeros(scope.size, bool)
    for value in values:
        if name in ATTRIBUTES:
            mask[documents_with(scope, name, value)] = True
        elif key := catalogue.posting_key(name, value):
            mask[scope.posting(key) >> BITS] = True
    return mask


def field_values(scope: Scope, catalogue: Catalogue, name: str, typed: str) -> tuple[str, ...]:
    """The values of a filter for what is typed after a field: a name, a number or a range; none for an unknown one."""
    if name in NUMBERED and (match := _RANGE.fullmatch(typed)):
        first, last = sorted(map(int, match.groups()))
        numbers = range(first, min(last, first + MOST_NUMBERS) + 1)
        return tuple(value for number in numbers if (value := _value(scope, catalogue, name, str(number))))
    value = _value(scope, catalogue, name, typed)
    return (value,) if value else ()


def unfit_values(scope: Scope, catalogue: Catalogue, filters: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Name and value of each filter that names nothing in the scope."""
    return [
        (name, value)
        for name, values in filters.items()
        for value in values
        if not _fits(scope, catalogue, name, value)
    ]


def _fits(scope, catalogue, name, value):
    if not _value(scope, catalogue, name, value):
        return False
    return name != "reply" or scope.posting(catalogue.posting_key(name, value)).size > 0


def _value(scope, catalogue, name, typed):
    return attribute_value(scope, name, typed) if name in ATTRIBUTES else catalogue.field_value(name, typed)
