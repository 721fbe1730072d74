"""Writes many rows at once and keeps their history, which the database's own bulk writes would leave out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.db.models import Max
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone

from .history import current_change, tracked_models
from .versions import rows_changed

BATCH = 400


def create_rows(rows: list[models.Model]) -> None:
    """Stores new rows of one model."""
    if rows:
        model = rows[0]._meta.concrete_model
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        _keep(model, [(row, "+") for row in rows], current_change())
        rows_changed(model)


def update_rows(rows: list[models.Model], fields: list[str]) -> None:
    """Stores the named fields of rows of one model."""
    if rows:
        model = rows[0]._meta.concrete_model
        catch_up(model, [row.pk for row in rows])
        model._default_manager.bulk_update(rows, fields, batch_size=BATCH)
        _keep(model, [(row, "~") for row in rows], current_change())
        rows_changed(model)


def delete_rows(rows: list[models.Model]) -> None:
    """Removes rows of one model; for models that no other row points to."""
    if rows:
        model = rows[0]._meta.concrete_model
        keys = [row.pk for row in rows]
        catch_up(model, keys)
        _keep(model, [(row, "-") for row in rows], current_change())
        found = model._default_manager.filter(pk__in=keys)
        found._raw_delete(found.db)
        rows_changed(model)


@contextmanager
def recording_all() -> Iterator[None]:
    """Within, rows may be written past their history, as `loaddata` does: what differs afterwards is recorded.

    Into empty tables everything can be written; what was never otherwise needs no history.
    """
    before = [model for model in tracked_models() if model._base_manager.exists()]
    for model in before:
        catch_up(model)
    yield
    if before and not (connection.in_atomic_block and connection.needs_rollback):
        for model in tracked_models():
            catch_up(model, change=current_change())


def catch_up(model: type[models.Model], keys: Iterable | None = None, change: models.Model | None = None) -> int:
    """Writes into the history of a model's rows what it lacks, and returns how much that was.

    It lacks rows as they were loaded from fixtures, and all that was written past it. Without keys, of all rows. What
    is written belongs to the change, if one is given.
    """
    rows, former = model._base_manager.all(), model.history.model.objects.all()
    if keys is not None:
        keys = list(keys)
        rows, former = rows.filter(pk__in=keys), former.filter(**{f"{model._meta.pk.attname}__in": keys})
    latest = {row[0]: row for row in _latest(model, former)}
    missing = []
    for row in rows.iterator(chunk_size=2000):
        known = latest.pop(row.pk, None)
        if known is None or known[1] == "-":
            missing.append((row, "+"))
        elif known[2:] != tuple(_values(model, row)):
            missing.append((row, "~"))
    for key, kind, *values in latest.values():
        if kind != "-":
            gone = model(**dict(zip(_names(model), values, strict=True)))
            gone.pk = key
            missing.append((gone, "-"))
    _keep(model, missing, change)
    return len(missing)


def _latest(model, former):
    """The newest row of history for each key: key, kind of change, then the values."""
    newest = former.order_by().values(model._meta.pk.attname).annotate(newest=Max("history_id")).values("newest")
    rows = model.history.model.objects.filter(history_id__in=newest)
    return rows.order_by().values_list(model._meta.pk.attname, "history_type", *_names(model))


def _names(model):
    return [field.attname for field in model.history.model.tracked_fields]


def _values(model, row):
    return [getattr(row, name) for name in _names(model)]


def _keep(model, rows, change):
    if not rows:
        return
    if change is not None:
        change.left_history = True
    history, now = model.history.model, timezone.now()
    names = _names(model)
    user = change.user_id if change else None
    history.objects.bulk_create(
        [
            history(
                **{name: getattr(row, name) for name in names},
                history_date=now,
                history_type=kind,
                history_user_id=user,
                change=change,
            )
            for row, kind in rows
        ],
        batch_size=BATCH,
    )


def _before_write(sender, instance, raw=False, **kwargs):
    """Before a single row is written: its history must hold how it stood."""
    if raw or instance._state.adding or instance.pk is None:
        return
    model = instance._meta.concrete_model
    if model in tracked_models():
        catch_up(model, [instance.pk])


pre_save.connect(_before_write)
pre_delete.connect(_before_write)
