"""What all tables of the content have in common: fixtures hold their rows, and name each by its natural key."""

from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models


class ContentQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key: Any) -> models.Model:
        """The row with this natural key."""
        return self.get(**dict(zip(_paths(self.model), key, strict=True)))


class ContentModel(models.Model):
    """A row that readers see."""

    # The fields of the natural key; one that points to other content stands for the natural key of that.
    NATURAL_KEY: tuple[str, ...] = ()

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple:
        """What names the row in fixtures, in every database."""
        return tuple(attrgetter(path.replace("__", "."))(self) for path in _paths(type(self)))


@cache
def _paths(model: type[ContentModel]) -> list[str]:
    """The values of a natural key, as paths of a query."""
    paths = []
    for name in model.NATURAL_KEY:
        related = model._meta.get_field(name).related_model
        paths += [f"{name}__{path}" for path in _paths(related)] if related else [name]
    return paths
