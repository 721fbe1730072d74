"""The record of changes: what people and commands did, and for each tracked table a history table with former rows.

A change is one action, such as a save, a merge or a relinking. The rows of history that it wrote point to it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .content_version import rows_changed
from .fields import CleanCharField
from .former_rows import FormerRow, OneHistoryManager
from .moments import moment
from .people import join_session, names_of_person
from .review import GeneratedReason

LOCK = 0x7265706F  # an arbitrary number, the same in all processes
PATIENCE = 20  # seconds that a change waits for another one, on PostgreSQL; on SQLite the settings say so
BATCH = 400  # rows per statement
WAIT_FOR_OTHERS = "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)"


class Change(models.Model):
    """One action that changed records: when, by whom, of which kind, and why."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edited")
        DELETE = "delete", _("deleted")
        REVIEW = "review", _("reviewed")
        MERGE = "merge", _("merged")
        MOVE = "move", _("moved names")
        REVERT = "revert", _("reverted")
        RESTORE = "restore", _("restored")
        LINK = "link", _("links found again")
        LOAD = "load", _("loaded from files")
        IMPORT = "import", _("imported")

    when = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="changes_made"
    )
    user_name = models.CharField(max_length=150, blank=True, help_text="Stays when the login is deleted.")
    full_name = models.CharField(max_length=301, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EDIT)
    reason = CleanCharField(max_length=500, blank=True, help_text=_("Why, in a sentence; readers see it."))
    session = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="in_session",
        help_text="Of decisions of a reviewer in one go: the first of them.",
    )  # fmt: skip
    undoes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="undoings", help_text="The change that it undid."
    )
    is_undone = models.BooleanField(
        default=False, help_text="Whether another change undid it, and is not undone itself."
    )

    BY_SOFTWARE = (Kind.LINK, Kind.LOAD, Kind.IMPORT)
    left_history = False  # whether any row of history belongs to it

    class Meta:
        ordering = ["-when", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.when:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The address of its page."""
        return reverse("change", kwargs={"number": self.pk})

    @property
    def person(self) -> str:
        """The name of who made it, also when the login is deleted; "" for a command."""
        names = names_of_person(self.user) if self.user else {"full_name": self.full_name, "user_name": self.user_name}
        return names["full_name"] or names["user_name"]

    @property
    def reason_in_words(self) -> str:
        """The reason that was given; one that the software gives is in the reader's language."""
        if self.reason or self.undoes is None:
            return str(dict(GeneratedReason.choices).get(self.reason, self.reason))
        words = _("Undoes the undoing of %(when)s") if self.undoes.is_undo else _("Undoes the change of %(when)s")
        return words % {"when": moment(self.undoes.when)}

    @property
    def is_reason_given(self) -> bool:
        """Whether a person put the reason into words."""
        return bool(self.reason) and self.is_by_hand and self.reason not in GeneratedReason.values

    @property
    def is_undo(self) -> bool:
        """Whether it undid an action. What undid an undo did an action again."""
        return self.undoes is not None and not self.undoes.is_undo

    @property
    def is_by_hand(self) -> bool:
        """Whether a person made it, rather than a command that loads or links many records."""
        return self.kind not in self.BY_SOFTWARE


_current: ContextVar[Change | None] = ContextVar("change", default=None)


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
        if connection.vendor == "postgresql":  # SQLite itself allows only one writer at a time
            with connection.cursor() as cursor:  # one change waits for the other, so that none reads outdated names
                cursor.execute(WAIT_FOR_OTHERS, [f"{PATIENCE}s", LOCK])
        known = user if user is not None and user.pk else None
        change = Change.objects.create(kind=kind, reason=reason[:500], user=known, **names_of_person(known))
        if kind == Change.Kind.REVIEW and known:
            join_session(change)
        token = _current.set(change)
        try:
            yield change
        finally:
            _current.reset(token)
        if not change.left_history and not transaction.get_rollback():
            change.delete()


def current_change() -> Change | None:
    """The change that this thread is making."""
    return _current.get()


def tracked_models() -> list[type[models.Model]]:
    """The models with a history, in an order in which their rows can be created."""
    return [model for model in apps.get_models() if hasattr(model, "history") and not model._meta.proxy]


class History(HistoricalRecords):
    """The former rows of a model, written through it or through its proxies. Each knows its change."""

    def __init__(self) -> None:
        super().__init__(bases=[FormerRow], history_manager=OneHistoryManager)

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Called for every model that Django prepares."""
        super().finalize(sender, **kwargs)
        if not issubclass(sender, self.cls):
            return
        if sender is not self.cls:
            sender._meta.simple_history_manager_attribute = self.manager_name
            post_save.connect(self.post_save, sender=sender, weak=False)
            post_delete.connect(self.post_delete, sender=sender, weak=False)
            pre_delete.connect(self.pre_delete, sender=sender, weak=False)
        pre_save.connect(_before_write, sender=sender)
        pre_delete.connect(_before_write, sender=sender)

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        """Called after a row is saved or deleted. A row that was saved as it was before leaves no trace."""
        recorded = _newest_of(self.cls, [instance.pk]) if history_type == "~" else {}
        former = recorded.get(instance.pk)
        if former is None or former.history_type == "-" or former.differing(instance):
            _record_rows(self.cls, [(instance, history_type)], _current.get(), recorded)


def _before_write(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Before a row is written or deleted, its history must hold it as it was."""
    if not raw and not instance._state.adding and instance.pk is not None:
        catch_up(instance._meta.concrete_model, [instance.pk])


def _newest_of(model, keys=None):
    """By primary key the newest row of history of each row of a model, or of the rows with these keys."""
    known = {} if keys is None else {"id__in": keys}
    newest = model.history.filter(**known).order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    return {former.id: former for former in model.history.filter(history_id__in=newest).order_by()}


def catch_up(
    model: type[models.Model], keys: Iterable | None = None, change: Change | None = None
) -> dict[Any, FormerRow]:
    """Adds to the history of a model's rows what it lacks; returns by primary key the newest rows of history before.

    Rows that fixtures loaded have no history yet; rows written past their history differ from its newest row. Without
    `keys`, looks at all rows. The added rows of history belong to `change`.
    """
    keys = None if keys is None else list(keys)
    rows = model._base_manager.all() if keys is None else model._base_manager.filter(pk__in=keys)
    recorded = _newest_of(model, keys)
    gone, lacking = dict(recorded), []
    for row in rows.iterator(chunk_size=2000):
        former = gone.pop(row.pk, None)
        if former is None or former.history_type == "-":
            lacking.append((row, "+"))
        elif former.differing(row):
            lacking.append((row, "~"))
    lacking += [(former.instance, "-") for former in gone.values() if former.history_type != "-"]
    _record_rows(model, lacking, change, recorded)
    return recorded


def create_rows(rows: list[models.Model]) -> None:
    """Stores new rows of one model."""
    if rows:
        with _recording(rows, "+") as manager:
            manager.bulk_create(rows, batch_size=BATCH)


def update_rows(rows: list[models.Model], fields: list[str]) -> None:
    """Stores the named fields of rows of one model."""
    if not rows:
        return
    with _recording(rows, "~") as manager:
        columns = [rows[0]._meta.get_field(name).attname for name in fields]
        first = [getattr(rows[0], name) for name in columns]
        if all([getattr(row, name) for name in columns] == first for row in rows):  # as after a decision on many
            manager.filter(pk__in=[row.pk for row in rows]).update(**dict(zip(columns, first, strict=True)))
        else:
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
        recorded = catch_up(model, [row.pk for row in rows]) if kind != "+" else {}
        yield model._default_manager
        _record_rows(model, [(row, kind) for row in rows], _current.get(), recorded)
        rows_changed(model)


def _record_rows(model, rows, change, recorded):
    """Stores rows of history: of each row its values and the kind of its change, "+", "~" or "-".

    What a change writes again takes the place of what it wrote before; `recorded` holds the newest rows of history.
    The library's bulk helpers record creations and updates only, and not rows that are already stored or gone.
    """
    if change is not None and rows:
        change.left_history = True
    common = {"history_date": timezone.now(), "history_user_id": change and change.user_id, "change": change}
    columns = [field.attname for field in model.history.model.tracked_fields]
    history_rows, replaced = [], []
    for row, kind in rows:
        former = recorded.get(row.pk) if kind == "~" and change is not None else None
        if former is not None and former.change_id == change.pk and former.history_type != "-":
            kind = former.history_type
            replaced.append(former.pk)
        values = {name: getattr(row, name) for name in columns}
        history_rows.append(model.history.model(**values, history_type=kind, **common))
    model.history.filter(pk__in=replaced).delete()
    model.history.bulk_create(history_rows, batch_size=BATCH)
