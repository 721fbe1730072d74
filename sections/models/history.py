"""The record of changes: what people and commands did, and beside each tracked table one of all its former rows.

A change is one act, such as a save, a merge or a relinking; the rows that it left in the history tables point to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

LOCK = 0x7265706F  # an arbitrary number, the same in all processes


class Change(models.Model):
    """One act that changed records: when, by whom, of which kind, and why."""

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
    reason = models.CharField(max_length=500, blank=True, help_text="Why, in a sentence; readers see it.")

    @property
    def is_by_hand(self) -> bool:
        """Whether a person made it, record by record; not a command, with all that a file or a text held."""
        return self.kind not in (self.Kind.LINK, self.Kind.LOAD, self.Kind.IMPORT)

    left_history = False  # whether any row of history belongs to it

    class Meta:
        ordering = ["-when", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.when:%Y-%m-%d %H:%M}"


class FormerRow(models.Model):
    """What the history tables hold besides the row: the change that left it."""

    change = models.ForeignKey(Change, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


_current: ContextVar[Change | None] = ContextVar("change", default=None)


def current_change() -> Change | None:
    """The change that is being made, or None outside of any."""
    return _current.get()


@contextmanager
def changing(kind: str = Change.Kind.EDIT, reason: str = "", user=None) -> Iterator[Change]:
    """One transaction, and the change to which all history written in it belongs; within another, that other.

    A change that left no history is removed again.
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
    """Lets changes go one after the other, so that none reads names or links that another is about to change.

    SQLite has but one writer at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def tracked_models() -> list[type[models.Model]]:
    """The models whose former rows are kept, in the order in which rows of them can be made."""
    return list(_tracked)


def keep_history() -> HistoricalRecords:
    """The `history` of a model, each of whose rows knows its change."""
    records = HistoricalRecords(bases=[FormerRow], get_user=lambda **kwargs: getattr(_current.get(), "user", None))
    _kept.append(records)
    return records


def track(model: type[models.Model], *proxies: type[models.Model]) -> None:
    """Counts a model among the tracked ones, and keeps the history of what is saved by way of its proxies too."""
    _tracked.append(model)
    records = next(records for records in _kept if records.cls is model)
    for proxy in proxies:
        proxy._meta.simple_history_manager_attribute = "history"
        for signal, name in ((post_save, "post_save"), (post_delete, "post_delete"), (pre_delete, "pre_delete")):
            signal.connect(getattr(records, name), sender=proxy, weak=False)


_kept: list[HistoricalRecords] = []
_tracked: list[type[models.Model]] = []


def _belong(sender, history_instance, **kwargs):
    """Gives a row of history its change as it is made."""
    change = history_instance.change = _current.get()
    if change is not None:
        change.left_history = True


pre_create_historical_record.connect(_belong)
