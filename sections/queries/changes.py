"""What the history says: which rows a change wrote, how each was before, and what happened to one record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from sections.models import (
    ArticleLink,
    Block,
    Change,
    ContentLoad,
    ConventionArticle,
    Entry,
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
OF_PARAGRAPH: Columns = {Note: ("paragraph_id",), ArticleLink: ("paragraph_id",), Subjects: ("paragraph_id",)}


def changes() -> QuerySet[Change]:
    """All changes, the newest first."""
    return Change.objects.select_related("user").order_by("-pk")


def changes_of(parts: Columns, key: int) -> QuerySet[Change]:
    """The changes to rows that belong to a record, the newest first. The record needs no history of its own."""
    touched = [("pk__in", history.values("change")) for history in _history_of(parts, key).values()]
    return changes().filter(Q(*touched, _connector=Q.OR))


def touching(record: Entry | Paragraph | ConventionArticle) -> Q:
    """The condition on changes that they wrote a row which belongs to the record, or links it with another one."""
    target = type(record)._meta.concrete_model
    conditions = []
    for model in tracked_models():
        columns = [field.attname for field in model._meta.fields if field.name in LINKING and _leads_to(field, target)]
        if model._meta.concrete_model is target:
            columns.append("id")
        if columns:
            conditions.append(Q(pk__in=model.history.filter(belongs_to(columns, record.pk)).values("change")))
    if target is Paragraph:
        blocks = Block.objects.filter(paragraph=record.pk).values("pk")
        spans = [model for model in tracked_models() if any(field.name == "block" for field in model._meta.fields)]
        conditions += [Q(pk__in=model.history.filter(block_id__in=blocks).values("change")) for model in spans]
    return Q(*conditions, _connector=Q.OR)


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
    histories = {model: model.history.all() for model in tracked_models()} if parts is None else _history_of(parts, key)
    for model, history in histories.items():
        earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
        rows = history.filter(change__in=list(rows_of)).annotate(earlier=Subquery(earlier.values("history_id")[:1]))
        rows = list(rows.order_by("history_id"))
        before = model.history.in_bulk([row.earlier for row in rows if row.earlier])
        for row in rows:
            row.before = before.get(row.earlier)
            rows_of[row.change_id].append(row)
    return rows_of


def _history_of(parts, key):
    """Of each model the rows of history that belong to a record."""
    return {model: model.history.filter(belongs_to(columns, key)) for model, columns in parts.items()}


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


def belongs_to(columns: Iterable[str], key: int) -> Q:
    """The condition that one of the columns holds the key of a record."""
    return Q(*[(column, key) for column in columns], _connector=Q.OR)
