"""The record of changes: what people and commands did, and for each tracked table a history table with former rows.

A change is one action, such as a save, a merge or a relinking. The rows of history that it wrote point to it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from .content_version import rows_changed
from .fields import CleanCharField

LOCK = 0x7265706F  # an arbitrary number, the same in all processes
BATCH = 400  # rows per statement


class Change(models.Model):
    """One action that changed records: when, by whom, of which kind, and why."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edited")
        REVIEW = "review", _("reviewed")
        MERGE = "merge", _("merged")
        MOVE = "move", _("moved names")
        REVERT = "revert", _("reverted")
        RESTORE = "restore", _("restored")
        LINK = "link", _("linked anew")
        LOAD = "load", _("loaded from files")
        IMPORT = "import", _("imported")

    when = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="changes_made"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EDIT)
    reason = CleanCharField(max_length=500, blank=True, help_text="Why, in a sentence; readers see it.")

    left_history = False  # whether any row of history belongs to it

    class Meta:
        ordering = ["-when", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.when:%Y-%m-%d %H:%M}"

    @property
    def is_by_hand(self) -> bool:
        """Whether a person made it, rather than a command that loads or links many records."""
        return self.kind not in (self.Kind.LINK, self.Kind.LOAD, self.Kind.IMPORT)


class FormerRow(models.Model):
    """What a row of history holds besides the former row: the change that wrote it."""

    change = models.ForeignKey(Change, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


_current: ContextVar[Change | None] = ContextVar("change", default=None)


def current_change() -> Change | None:
    """The change that is being made, or None outside of any."""
    return _current.get()


@contextmanager
def changing(kind: str = Change.Kind.EDIT, reason: str = "", user: AbstractBaseUser | None = None) -> Iterator[Change]:
    """One transaction and its change, to which all history written in it belongs. Nested in another, yields that one.

    A change that left no history is deleted at the end.
    """
    if (outer := _current.get()) is not None:
        with transaction.atomic():
            yield outer
        return
    with transaction.atomic():
        _wait_for_others()
        known = user if user is not None and user.pk else None
        change = Change.objects.create(kind=kind, reason=reason[:500], user=known)
        token = _current.set(change)
        try:
            yield change
        finally:
            _current.reset(token)
        if not change.left_history and not transaction.get_rollback():
            change.delete()


def _wait_for_others() -> None:
    """Lets one change follow the other, so that none reads names or links that another is about to change.

    SQLite itself allows only one writer at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


_tracked: list[type[models.Model]] = []


def tracked_models() -> list[type[models.Model]]:
    """The models with a history, in an order in which their rows can be created."""
    return list(_tracked)


class History(HistoricalRecords):
    """The former rows of a model, written through it or through its proxies. Each knows its change."""

    def __init__(self) -> None:
        super().__init__(bases=[FormerRow], get_user=lambda **kwargs: getattr(_current.get(), "user", None))

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Called for every model that Django prepares."""
        super().finalize(sender, **kwargs)
        if not issubclass(sender, self.cls):
            return
        if sender is self.cls:
            _tracked.append(sender)
        else:
            sender._meta.simple_history_manager_attribute = self.manager_name
            post_save.connect(self.post_save, sender=sender, weak=False)
            post_delete.connect(self.post_delete, sender=sender, weak=False)
            pre_delete.connect(self.pre_delete, sender=sender, weak=False)
        pre_save.connect(_before_write, sender=sender)
        pre_delete.connect(_before_write, sender=sender)


def _before_write(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Before a row is written or deleted, its history must hold it as it was."""
    if not raw and not instance._state.adding and instance.pk is not None:
        catch_up(instance._meta.concrete_model, [instance.pk])


def _set_change(history_instance: models.Model, **kwargs: Any) -> None:
    """Sets the change of a row of history before the row is stored."""
    change = history_instance.change = _current.get()
    if change is not None:
        change.left_history = True


pre_create_historical_record.connect(_set_change)


def catch_up(model: type[models.Model], keys: Iterable | None = None, change: Change | None = None) -> int:
    """Adds to the history of a model's rows what it lacks, and returns the number of rows of history added.

    Rows that fixtures loaded have no history yet; rows written past their history differ from its newest row. Without
    `keys`, looks at all rows. The added rows of history belong to `change`.
    """
    rows, history = model._base_manager.all(), model.history.all()
    if keys is not None:
        keys = list(keys)
        rows, history = rows.filter(pk__in=keys), history.filter(id__in=keys)
    recorded = {key: (kind, values) for key, kind, *values in _newest(model, history)}
    lacking = []
    for row in rows.iterator(chunk_size=2000):
        kind, values = recorded.pop(row.pk, ("-", None))
        if kind == "-":
            lacking.append((row, "+"))
        elif values != [getattr(row, name) for name in _columns(model)]:
            lacking.append((row, "~"))
    for key, (kind, values) in recorded.items():
        if kind != "-":
            lacking.append((model(pk=key, **dict(zip(_columns(model), values, strict=True))), "-"))
    _record_rows(model, lacking, change)
    return len(lacking)


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


def create_rows(rows: list[models.Model]) -> None:
    """Stores new rows of one model."""
    if rows:
        with _recording(rows, "+") as manager:
            manager.bulk_create(rows, batch_size=BATCH)


def update_rows(rows: list[models.Model], fields: list[str]) -> None:
    """Stores the named fields of rows of one model."""
    if rows:
        with _recording(rows, "~") as manager:
            manager.bulk_update(rows, fields, batch_size=BATCH)


def delete_rows(rows: list[models.Model]) -> None:
    """Deletes rows of one model to which no other row points."""
    if rows:
        with _recording(rows, "-") as manager:
            stored = manager.filter(pk__in=[row.pk for row in rows])
            stored._raw_delete(stored.db)


@contextmanager
def _recording(rows, kind):
    """Gives the manager by which rows of one model are written, and records what was done to them."""
    model = rows[0]._meta.concrete_model
    with transaction.atomic(savepoint=False):
        if kind != "+":
            catch_up(model, [row.pk for row in rows])
        yield model._default_manager
        _record_rows(model, [(row, kind) for row in rows], current_change())
        rows_changed(model)


def _record_rows(model, rows, change):
    """Stores rows of history: of each row its values and the kind of its change, "+", "~" or "-".

    The library's bulk helpers record creations and updates only, and not rows that are already stored or gone.
    """
    if change is not None and rows:
        change.left_history = True
    common = {"history_date": timezone.now(), "history_user_id": change and change.user_id, "change": change}
    history_rows = [
        model.history.model(**{name: getattr(row, name) for name in _columns(model)}, history_type=kind, **common)
        for row, kind in rows
    ]
    model.history.bulk_create(history_rows, batch_size=BATCH)


def _newest(model, history):
    """The newest row of history of each key, as (key, kind of change, *values)."""
    newest = history.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    rows = model.history.filter(history_id__in=newest).order_by()
    return rows.values_list("id", "history_type", *_columns(model))


def _columns(model):
    return [field.attname for field in model.history.model.tracked_fields]
