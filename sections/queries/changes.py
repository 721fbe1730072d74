"""Questions to the record of changes: which rows a change left, how each was before, what happened to one record."""

from collections.abc import Iterable
from dataclasses import dataclass

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

# By which columns of each model's history the rows that belong to an entry are found.
OF_ENTRY = {
    Entry: ("id",),
    Name: ("entry_id",),
    ShortForm: ("entry_id",),
    Relation: ("source_id", "target_id"),
    Mention: ("entry_id",),
}
OF_PARAGRAPH = {Note: ("paragraph_id",), ArticleLink: ("paragraph_id",), Subjects: ("paragraph_id",)}


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to one row: the row of history it left, and the one before it, or None."""

    model: type[Model]
    row: Model
    before: Model | None

    @property
    def key(self) -> int:
        return self.row.id

    @property
    def kind(self) -> str:
        """`added`, `changed` or `removed`."""
        return {"+": "added", "~": "changed", "-": "removed"}[self.row.history_type]

    @property
    def fields(self) -> list[str]:
        """The names of the fields that it changed; all of a row that was added or removed."""
        names = [field.attname for field in type(self.row).tracked_fields if not field.primary_key]
        if self.kind != "changed" or self.before is None:
            return names
        return [name for name in names if getattr(self.row, name) != getattr(self.before, name)]


def changes() -> QuerySet:
    """All changes, the newest first."""
    return Change.objects.select_related("user").order_by("-pk")


def steps(found: Iterable[Change], only: dict | None = None, key: int | None = None) -> dict[int, list[Step]]:
    """For each change's key what it did, row by row; with `only` and a key, to what belongs to that record alone."""
    keys = [change.pk for change in found]
    made: dict[int, list[Step]] = {key: [] for key in keys}
    for model in tracked_models() if only is None else only:
        rows = model.history.model.objects.filter(change__in=keys)
        if only is not None:
            rows = rows.filter(_belongs(only[model], key))
        rows = list(_with_before(model, rows).order_by("history_id"))
        before = model.history.model.objects.in_bulk([row.before for row in rows if row.before])
        for row in rows:
            made[row.change_id].append(Step(model, row, before.get(row.before)))
    return made


def changes_of(only: dict, key: int) -> QuerySet:
    """The changes that touched what belongs to a record, the newest first."""
    touched = Q(pk__in=[])
    for model, columns in only.items():
        touched |= Q(pk__in=model.history.model.objects.filter(_belongs(columns, key)).values("change"))
    return changes().filter(touched)


def rows_until(model: type[Model], columns: tuple[str, ...], key: int, last: int) -> list[Model]:
    """The rows of a model that belonged to a record once the change of key `last` was made, as rows of history."""
    history = model.history.model.objects
    ids = history.filter(_belongs(columns, key)).values("id")
    standing, closed = {}, set()
    for row in history.filter(id__in=ids).order_by("history_id"):
        if row.change_id is not None and row.change_id > last:
            closed.add(row.id)
        elif row.id not in closed:
            standing[row.id] = row
    return [
        row
        for row in standing.values()
        if row.history_type != "-" and any(getattr(row, column) == key for column in columns)
    ]


def deleted_rows(model: type[Model], **where) -> list[Model]:
    """The last row of history of each record of a model that is there no more, the newest first."""
    history = model.history.model.objects
    newest = history.filter(id=OuterRef("id")).order_by("-history_id").values("history_id")[:1]
    rows = history.filter(**where, history_type="-", history_id=Subquery(newest)).select_related("change__user")
    return list(rows.order_by("-history_id"))


def _belongs(columns, key):
    found = Q()
    for column in columns:
        found |= Q(**{column: key})
    return found


def _with_before(model, rows):
    earlier = model.history.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    return rows.annotate(before=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
