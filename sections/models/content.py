"""What all tables of the content have in common: fixtures hold their rows, and name each by its natural key."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import models


class KnownKeys:
    """Rows by their natural keys, and the keys by the rows' primary keys, both within a model."""

    def __init__(self) -> None:
        self.rows: dict[tuple[type[models.Model], tuple], models.Model] = {}
        self.keys: dict[tuple[type[models.Model], Any], tuple] = {}

    def add(self, row: models.Model, key: tuple) -> None:
        """Notes a row under its key."""
        model = type(row)
        self.rows[model, key], self.keys[model, row.pk] = row, key


_known: ContextVar[KnownKeys | None] = ContextVar("known natural keys", default=None)


@contextmanager
def knowing_natural_keys() -> Iterator[None]:
    """Within, no natural key is looked up twice: for loading, where many rows point to few, and no key changes."""
    token = _known.set(KnownKeys())
    try:
        yield
    finally:
        _known.reset(token)


class ContentQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key: Any) -> models.Model:
        """The row with this natural key."""
        known = _known.get()
        row = known.rows.get((self.model, key)) if known else None
        if row is None:
            row = self.get(**dict(zip(_paths(self.model), key, strict=True)))
            if known:
                known.add(row, key)
        return row


class ContentModel(models.Model):
    """A row that readers see."""

    # The fields of the natural key; one that points to other content stands for the natural key of that.
    NATURAL_KEY: tuple[str, ...] = ()

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple:
        """What names the row in fixtures, in every database."""
        return tuple(value for name in self.NATURAL_KEY for value in self._part_of_key(name))

    def _part_of_key(self, name):
        field = self._meta.get_field(name)
        if not field.related_model:
            return (getattr(self, name),)
        known = _known.get()
        key = known.keys.get((field.related_model, getattr(self, field.attname))) if known else None
        return getattr(self, name).natural_key() if key is None else key


@cache
def _paths(model: type[ContentModel]) -> list[str]:
    """The values of a natural key, as paths of a query."""
    paths = []
    for name in model.NATURAL_KEY:
        related = model._meta.get_field(name).related_model
        paths += [f"{name}__{path}" for path in _paths(related)] if related else [name]
    return paths
