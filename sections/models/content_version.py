"""The content version: one row that counts every change readers can see, in the transaction of the change.

Whatever keeps something in memory compares only these numbers. They grow, and are microseconds of the clock where
possible: a number that was rolled back, or lost when a backup was restored, never returns for other content.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections, models, router, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.db.models.signals import post_delete, post_save

from .content import ContentModel

# Models from which the search makes its catalogue of names.
NAMING = {
    "ConventionArticle", "ConventionPart", "Entry", "Name", "ReplySubject", "Report", "Section", "ShortForm", "Synonym",
}  # fmt: skip


class Version(NamedTuple):
    """The number of the last change, and of the last change of names, headings or thesaurus; 0 before the first."""

    content: int
    names: int


class ContentVersion(models.Model):
    """The one row that holds the version."""

    content = models.BigIntegerField(default=0, help_text="The number of the last change that readers can see.")
    names = models.BigIntegerField(default=0, help_text="The number of the last change of names and thesaurus.")

    def __str__(self) -> str:
        return f"{self.content} / {self.names}"


_ROW = ContentVersion.objects.filter(pk=1).values_list("content", "names")
_seen: dict[str, int] = {}  # the number of the last change that this process saw, by database


def current_version() -> Version:
    """The version in the database that this thread reads from, as its connection sees it; one query by primary key."""
    alias = _read_alias()
    version = next((Version(*row) for row in _ROW.using(alias)), Version(0, 0))
    if not connections[alias].in_atomic_block:  # what may yet be rolled back is not seen
        _seen[alias] = version.content
    return version


def last_seen(alias: str) -> int:
    """The number of the last change that this process saw committed in that database; 0 before it looked."""
    return _seen.get(alias, 0)


def content_changed(names: bool = False) -> int:
    """Counts a change and returns its number; `names` says that names, headings or the thesaurus are among it.

    The row stays locked until the transaction ends, so changes commit in the order of their numbers.
    """
    now = time.time_ns() // 1000
    number = Greatest(F("content") + 1, Value(now, output_field=models.BigIntegerField()))
    with transaction.atomic(savepoint=False):
        rows = ContentVersion.objects.filter(pk=1)
        if not rows.update(content=number, **({"names": number} if names else {})):
            ContentVersion.objects.create(pk=1, content=now, names=now)
        return rows.values_list("content", flat=True).get()


def rows_changed(model: type[models.Model]) -> None:
    """Counts a change of rows of the model, if readers see it."""
    if issubclass(model, ContentModel):
        content_changed(names=model._meta.concrete_model.__name__ in NAMING)


def connect_signals() -> None:
    """Counts each single save and deletion of a row that readers see. Bulk writes and loads count themselves."""
    for model in apps.get_models():
        if issubclass(model, ContentModel):
            post_save.connect(_row_changed, sender=model)
            post_delete.connect(_row_changed, sender=model)
    post_save.connect(_editor_changed, sender=get_user_model())
    post_delete.connect(_editor_changed, sender=get_user_model())


def _row_changed(sender, instance, raw=False, origin=None, **kwargs):
    """Counts a save, and a deletion unless it is part of that of another row, which is counted itself."""
    if not raw and (origin is None or origin is instance or getattr(origin, "model", None) is sender):
        rows_changed(sender)


def _editor_changed(sender, raw=False, update_fields=None, **kwargs):
    """Counts a change of an editor, if readers see the names of editors; a log-in is none."""
    if settings.CHANGES_NAME_EDITORS and not raw and set(update_fields or ()) != {"last_login"}:
        content_changed()


@contextmanager
def consistent_read() -> Iterator[None]:
    """Within, all queries see the database at one moment, and neither wait for a writer nor hold one up.

    The database is the one that this thread reads from. Inside a transaction of the caller it is that transaction.
    """
    connection = connections[_read_alias()]
    if connection.in_atomic_block:
        yield
        return
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        # Django's own atomic() begins with a write lock on SQLite, as most transactions write.
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" if postgresql else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _read_alias():
    return router.db_for_read(ContentVersion)
