"""Records what is written past the history, as loading fixtures does: afterwards the differences are found."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from .history import catch_up, current_change, tracked_models


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


@contextmanager
def recording_report(symbol: str) -> Iterator[None]:
    """Like `recording_all`, for the rows that belong to the report of that symbol; looks at no others."""
    rows = {model: model._base_manager.filter(_of_report(model, symbol)) for model in tracked_models()}
    former = {model: set(of_model.values_list("pk", flat=True)) for model, of_model in rows.items()}
    for model, keys in former.items():
        catch_up(model, keys)
    yield
    if not connection.needs_rollback:
        for model, keys in former.items():
            catch_up(model, keys.union(rows[model].values_list("pk", flat=True)), change=current_change())


def _of_report(model, symbol):
    """The condition that a row of a model points to the report, or to a section, paragraph, block or sum of it."""
    ways = {"Report": "", "Section": "report__", "Paragraph": "report__"}
    ways |= dict.fromkeys(("Block", "CheckedSum"), "paragraph__report__")
    targets = [(field.name, field.related_model.__name__) for field in model._meta.fields if field.related_model]
    paths = [(f"{name}__{ways[target]}symbol", symbol) for name, target in targets if target in ways]
    return models.Q(*paths, _connector=models.Q.OR) if paths else models.Q(pk__in=[])
