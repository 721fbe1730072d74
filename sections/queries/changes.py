"""What the history says: which rows a change wrote, how each was before, and what happened to one record."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from sections.models import (
    ArticleLink,
    Change,
    Entry,
    Mention,
    Name,
    Note,
    Relation,
    ShortForm,
    Subjects,
    tracked_models,
)

# The models whose rows belong to a record, each with the columns of its history that hold the record's key.
Columns = dict[type[Model], tuple[str, ...]]

OF_ENTRY: Columns = {
    Entry: ("id",),
    Name: ("entry_id",),
    ShortForm: ("entry_id",),
    Relation: ("source_id", "target_id"),
    Mention: ("entry_id",),
}
# A paragraph itself never changes and has no history.
OF_PARAGRAPH: Columns = {Note: ("paragraph_id",), ArticleLink: ("paragraph_id",), Subjects: ("paragraph_id",)}


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to one row: the row of history it wrote, and the one before that, or None."""

    model: type[Model]
    row: Model
    before: Model | None

    @property
    def key(self) -> int:
        """The primary key of the row."""
        return self.row.id

    @property
    def kind(self) -> str:
        """`added`, `changed` or `removed`."""
        return {"+": "added", "~": "changed", "-": "removed"}[self.row.history_type]

    @property
    def fields(self) -> list[str]:
        """The names of the columns that changed; all of them if the row was added or removed."""
        names = [field.attname for field in type(self.row).tracked_fields if not field.primary_key]
        if self.kind != "changed" or self.before is None:
            return names
        return [name for name in names if getattr(self.row, name) != getattr(self.before, name)]


def changes() -> QuerySet[Change]:
    """All changes, the newest first."""
    return Change.objects.select_related("user").order_by("-pk")


def changes_of(parts: Columns, key: int) -> QuerySet[Change]:
    """The changes to rows that belong to a record, the newest first. The record needs no history of its own."""
    rows = [model.history.filter(belongs_to(columns, key)).values("change") for model, columns in parts.items()]
    return changes().filter(reduce(or_, (Q(pk__in=changes) for changes in rows)))


def steps(changes: Iterable[Change], parts: Columns | None = None, key: int | None = None) -> dict[int, list[Step]]:
    """For the key of each change what it did, row by row; with `parts` and a key, to one record only."""
    steps_of: dict[int, list[Step]] = {change.pk: [] for change in changes}
    for model in tracked_models() if parts is None else parts:
        rows = model.history.filter(change__in=list(steps_of))
        if parts is not None:
            rows = rows.filter(belongs_to(parts[model], key))
        earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        rows = rows.annotate(before=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
        rows = list(rows.order_by("history_id"))
        before = model.history.in_bulk([row.before for row in rows if row.before])
        for row in rows:
            steps_of[row.change_id].append(Step(model, row, before.get(row.before)))
    return steps_of


def rows_after(model: type[Model], columns: tuple[str, ...], key: int, last: int) -> list[Model]:
    """The rows of a model that belonged to a record after the change with the key `last`, as rows of history."""
    ever = model.history.filter(belongs_to(columns, key)).values("id")
    newest, changed_later = {}, set()
    for row in model.history.filter(id__in=ever).order_by("history_id"):
        if row.change_id is not None and row.change_id > last:
            changed_later.add(row.id)
        elif row.id not in changed_later:
            newest[row.id] = row
    return [
        row
        for row in newest.values()
        if row.history_type != "-" and any(getattr(row, column) == key for column in columns)
    ]


def deleted_rows(model: type[Model], **where: Any) -> list[Model]:
    """The last row of history of each deleted record of a model, the newest first."""
    history = model.history.filter(id=OuterRef("id")).order_by("-history_id").values("history_id")
    rows = model.history.filter(**where, history_type="-", history_id=Subquery(history[:1]))
    return list(rows.select_related("change__user").order_by("-history_id"))


def belongs_to(columns: tuple[str, ...], key: int) -> Q:
    """The condition that one of the columns holds the key of a record."""
    return reduce(or_, (Q(**{column: key}) for column in columns))
