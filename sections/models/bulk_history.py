"""Writes many rows of a tracked model at once together with their history, which Django's bulk writes do not record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from .content_version import rows_changed
from .history import BATCH, catch_up, current_change, record_rows, tracked_models


def create_rows(rows: list[models.Model]) -> None:
    """Stores new rows of one model."""
    if rows:
        model = _model(rows)
        bulk_create_with_history(rows, model, batch_size=BATCH, custom_historical_attrs=_change())
        rows_changed(model)


def update_rows(rows: list[models.Model], fields: list[str]) -> None:
    """Stores the named fields of rows of one model."""
    if rows:
        model = _model(rows)
        catch_up(model, [row.pk for row in rows])
        bulk_update_with_history(rows, model, fields, batch_size=BATCH, custom_historical_attrs=_change())
        rows_changed(model)


def delete_rows(rows: list[models.Model]) -> None:
    """Deletes rows of one model to which no other row points."""
    if rows:
        model = _model(rows)
        keys = [row.pk for row in rows]
        catch_up(model, keys)
        record_rows(model, [(row, "-") for row in rows], current_change())
        stored = model._default_manager.filter(pk__in=keys)
        stored._raw_delete(stored.db)
        rows_changed(model)


def _model(rows: list[models.Model]) -> type[models.Model]:
    return rows[0]._meta.concrete_model


def _change() -> dict[str, Any]:
    """What each new row of history holds besides the row. A signal does this where rows are saved one by one."""
    change = current_change()
    if change is not None:
        change.left_history = True
    return {"change": change}


@contextmanager
def recording_all() -> Iterator[None]:
    """Within, rows may be written past their history, as `loaddata` does; afterwards the differences are recorded.

    If all tracked tables were empty, nothing is recorded: these rows were never different.
    """
    filled = [model for model in tracked_models() if model._base_manager.exists()]
    for model in filled:
        catch_up(model)
    yield
    if filled and not (connection.in_atomic_block and connection.needs_rollback):
        for model in tracked_models():
            catch_up(model, change=current_change())
