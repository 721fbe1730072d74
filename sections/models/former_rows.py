"""The rows of history: what a row of another table was, and how such rows are asked for."""

from functools import cache
from typing import Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext
from simple_history.manager import HistoryManager


class OneHistoryManager(HistoryManager):
    """A manager whose class is made once; the library's is made anew each time that a history is asked for."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


class FormerRow(models.Model):
    """A row of history: a row of another table as a change left it, or as it was last before the change removed it."""

    change = models.ForeignKey("sections.Change", models.SET_NULL, null=True, blank=True, related_name="+")

    before: Self | None = None  # the row of history before this one; `queries.changes.rows_of` finds it

    class Meta:
        abstract = True

    @property
    def action(self) -> str:
        """What the change did to the row: `added`, `changed` or `removed`."""
        return {"+": "added", "~": "changed", "-": "removed"}[self.history_type]

    @property
    def words(self) -> str:
        """The row as it was, in words."""
        return _in_words(self.instance)

    @classmethod
    def columns(cls) -> list[str]:
        """The names of the recorded columns without the primary key."""
        return [field.attname for field in cls.tracked_fields if not field.primary_key]

    @property
    def changed_columns(self) -> list[str]:
        """The names of the columns that the change wrote; all of them if it added or removed the row."""
        return self.differing(self.before) if self.action == "changed" and self.before else self.columns()

    @property
    def is_idle(self) -> bool:
        """Whether the row was stored without a change; its `before` must be known."""
        return self.action == "changed" and self.before is not None and not self.changed_columns

    def differing(self, other: models.Model) -> list[str]:
        """The names of the columns in which a stored row, or another row of history, holds something else."""
        return [name for name in self.columns() if getattr(self, name) != getattr(other, name)]


def _in_words(row):
    """A row as it was, with deleted records that it names as they were last; only its kind where nothing tells them."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        _give_deleted(row)
    try:
        return str(row)
    except ObjectDoesNotExist:
        return gettext("%(record)s of a record that no longer exists") % {"record": row._meta.verbose_name}


def _give_deleted(row):
    """Gives a row the deleted records that it refers to, as history has them."""
    for field in row._meta.concrete_fields:
        model, key = field.related_model, getattr(row, field.attname)
        if key is not None and hasattr(model, "history") and not model._base_manager.filter(pk=key).exists():
            former = model.history.filter(id=key).order_by("-history_id").first()
            if former is not None:
                setattr(row, field.name, former.instance)
