"""What the history says: which rows a change wrote, how each was before, and what happened to one record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _

from sections.models import (
    ArticleLink,
    Change,
    ContentLoad,
    ConventionArticle,
    Entry,
    FormerAddress,
    Mention,
    Name,
    Note,
    Paragraph,
    Relation,
    ShortForm,
    Subjects,
    tracked_models,
)
from sections.models.history import FormerRow

# The models whose rows belong to a record, each with the columns of its history that hold the record's key.
Columns = dict[type[Model], tuple[str, ...]]

OF_ENTRY: Columns = {
    Entry: ("id",),
    Name: ("entry_id",),
    ShortForm: ("entry_id",),
    Relation: ("source_id", "target_id"),
    Mention: ("entry_id",),
}
# Columns that say what a row belongs to or links, rather than where something was read.
LINKING = {"entry", "source", "target", "paragraph", "article"}
# A paragraph itself never changes and has no history.
OF_PARAGRAPH: Columns = {
    Note: ("paragraph_id",),
    ArticleLink: ("paragraph_id",),
    Subjects: ("paragraph_id",),
    Mention: ("block__paragraph_id",),
}


def changes() -> QuerySet[Change]:
    """All changes, the newest first."""
    return Change.objects.select_related("user", "undoes__undoes").order_by("-pk")


def changes_of(parts: Columns, key: int) -> QuerySet[Change]:
    """The changes that touched a record, the newest first: also those that took a row away from it.

    The record needs no history of its own.
    """
    return changes().filter(touching_any(parts, [key])) if parts else changes().none()


def first_of_items(chosen: QuerySet[Change], is_all: bool = False) -> QuerySet[Change]:
    """Of each item of a list the first change: decisions that a reviewer made in one go are one item.

    `is_all` says that `chosen` leaves no change out, which asks the database for less.
    """
    if is_all:
        return chosen.filter(session=None)
    return changes().filter(pk__in=chosen.order_by().values(item=Coalesce("session_id", "pk")))


def items(chosen: QuerySet[Change], firsts: Iterable[Change]) -> list[list[Change]]:
    """The items that begin with these changes: of each the chosen changes, in the order in which they were made.

    A change within a session begins none, so it is an item alone.
    """
    keys = [first.pk for first in firsts]
    found: dict[int, list[Change]] = {key: [] for key in keys}
    for change in chosen.filter(Q(pk__in=keys) | Q(session__in=keys)).order_by("pk"):
        found[change.pk if change.pk in found else change.session_id].append(change)
    return [item for item in found.values() if item]


def touching_any(parts: Columns, keys: Iterable[int]) -> Q:
    """The condition on changes that they wrote a row which belongs to one of several records, or did so before."""
    histories = _history_of(parts, list(keys)).values()
    touched = [("pk__in", history.order_by().values("change")) for history in histories]
    return Q(("pk__in", []), *touched, _connector=Q.OR)


def touching(record: Entry | Paragraph | ConventionArticle) -> Q:
    """The condition on changes that they wrote a row which belongs to the record or did so before, or links it."""
    target = type(record)._meta.concrete_model
    parts: Columns = {}
    for model in tracked_models():
        columns = [field.attname for field in model._meta.fields if field.name in LINKING and _leads_to(field, target)]
        if model._meta.concrete_model is target:
            columns.append("id")
        if columns:
            parts[model] = tuple(columns)
    if target is Paragraph:
        spans = (model for model in tracked_models() if any(field.name == "block" for field in model._meta.fields))
        parts |= dict.fromkeys(spans, OF_PARAGRAPH[Mention])
    return touching_any(parts, [record.pk])


def _leads_to(field, target):
    return field.related_model is not None and field.related_model._meta.concrete_model is target


def months(limit: int = 24) -> list[tuple[datetime, int]]:
    """The months in which anything was changed, the latest first, each with its number of changes; one query."""
    rows = Change.objects.order_by().annotate(month=TruncMonth("when")).values_list("month")
    return list(rows.annotate(count=Count("pk")).order_by("-month")[:limit])


def last_change() -> Change | None:
    """The newest change that a person made."""
    return changes().exclude(kind__in=Change.BY_SOFTWARE).first()


def loads() -> QuerySet[ContentLoad]:
    """All loads of content, the newest first."""
    return ContentLoad.objects.order_by("-when", "-pk")


def last_loads(limit: int = 20) -> list[ContentLoad]:
    """Of each report its last load, by symbol."""
    newest = ContentLoad.objects.filter(symbol=OuterRef("symbol")).order_by("-when", "-pk").values("pk")
    return list(ContentLoad.objects.filter(pk=Subquery(newest[:1])).order_by("symbol")[:limit])


def rows_of(
    changes: Iterable[Change], parts: Columns | None = None, key: int | None = None
) -> dict[int, list[FormerRow]]:
    """For the key of each change the rows of history that it wrote; with `parts` and a key, those of one record."""
    rows_of: dict[int, list[FormerRow]] = {change.pk: [] for change in changes}
    histories = (
        {model: model.history.all() for model in tracked_models()} if parts is None else _history_of(parts, [key])
    )
    for model, history in histories.items():
        earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
        rows = history.filter(change__in=list(rows_of)).annotate(earlier=Subquery(earlier.values("history_id")[:1]))
        rows = list(rows.order_by("history_id"))
        before = model.history.in_bulk([row.earlier for row in rows if row.earlier])
        for row in rows:
            row.before = before.get(row.earlier)
            rows_of[row.change_id].append(row)
    return rows_of


def _history_of(parts, keys):
    """Of each model the rows of history that belong to one of the records, or did so until they were written."""
    histories = {}
    for model, columns in parts.items():
        history, belongs = model.history.all(), belongs_to_any(columns, keys)
        moving = [column for column in columns if column != "id" and "__" not in column]
        if moving:
            earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
            newest = earlier.order_by("-history_id")
            history = history.filter(id__in=model.history.filter(belongs).order_by().values("id"))
            history = history.annotate(**{f"was_{column}": Subquery(newest.values(column)[:1]) for column in moving})
            belongs |= belongs_to_any([f"was_{column}" for column in moving], keys)
        histories[model] = history.filter(belongs)
    return histories


def belongs_to_any(columns: Iterable[str], keys: list[int]) -> Q:
    """The condition that one of the columns holds the key of one of several records."""
    return Q(*[(f"{column}__in", keys) for column in columns], _connector=Q.OR)


def rows_after(model: type[Model], columns: tuple[str, ...], key: int, last: int) -> list[FormerRow]:
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


def deleted_rows(model: type[Model], **where: Any) -> list[FormerRow]:
    """The last row of history of each deleted record of a model, the newest first."""
    history = model.history.filter(id=OuterRef("id")).order_by("-history_id").values("history_id")
    rows = model.history.filter(**where, history_type="-", history_id=Subquery(history[:1]))
    return list(rows.select_related("change__user").order_by("-history_id"))


class Merged(NamedTuple):
    """An entry that was merged away: its name, the name of the one that stayed, and the change."""

    name: str
    into: str
    change: Change


def merged_away(key: int) -> Merged | None:
    """What happened to a deleted entry if it was a merge; None for one that is there, or was only deleted."""
    row = Entry.history.filter(id=key).select_related("change__user").order_by("-history_id").first()
    if row is None or row.action != "removed" or row.change is None or row.change.kind != Change.Kind.MERGE:
        return None
    led = FormerAddress.history.filter(change=row.change, type=row.type, slug=row.slug).first()
    stays = Entry.objects.filter(pk=led.entry_id).first() if led else None
    return Merged(row.name, stays.name if stays else _("an entry that is deleted now"), row.change)


def belongs_to(columns: Iterable[str], key: int) -> Q:
    """The condition that one of the columns holds the key of a record."""
    return Q(*[(column, key) for column in columns], _connector=Q.OR)
