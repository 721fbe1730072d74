"""Whether this process can serve the site: the database answers in time and fits the code, and the disk has space.

A database that hangs must not hang the probe. It is asked in a thread of its own, for which the probe waits a little;
probes that come meanwhile wait for the same answer, so that at most one thread hangs.
"""

import logging
import shutil
import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists

from sections.models import Paragraph
from sections.text.whole_numbers import whole_number

from .faults import BUSY, FULL, OUTDATED, READ_ONLY, fault_of

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds until a database that does not answer counts as down
OWN_APP = "sections"
REPLICA = "replica"
NO_ANSWER = "The database does not answer."
REASONS = {
    OUTDATED.name: "Tables or columns are missing: run manage.py migrate.",
    BUSY.name: "The database is busy: it is locked by another program, or has too many connections.",
    FULL.name: "The disk of the database is full: make space.",
    READ_ONLY.name: "The database cannot be opened for reading, because its folder is read-only.",
}


def why_not_ready(patience: float = PATIENCE) -> str:
    """Why the site is not ready, in a sentence; "" when it is. Takes hardly longer than `patience`, in seconds."""
    return _disk_reason() or _answer(patience)


def _disk_reason():
    """Whether the disk of the data, or that of the SQLite file, has too little space."""
    folders = {settings.DATA_DIR}
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        folders.add(Path(connection.settings_dict["NAME"]).absolute().parent)
    for folder in sorted(folders):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            continue  # nothing is kept there, or the database will say so itself
        if free < settings.DISK_RESERVE_BYTES:
            return f"The disk of {folder} is full or nearly so, with {free >> 20} MB left: make space."
    return ""


class _Question:
    """One question to the database, whose answer several probes may wait for."""

    def __init__(self):
        self.answered = threading.Event()
        self.answer = NO_ANSWER

    def ask(self):
        try:
            if hasattr(connection, "wait_at_most"):  # SQLite: a lock is told from a disk that hangs
                connection.wait_at_most(PATIENCE / 2)
            self.answer = _database_reason()
        except Exception:
            logger.exception("The question whether the site is ready failed")
        finally:
            connections.close_all()
            self.answered.set()


_open_question: _Question | None = None
_lock = threading.Lock()


def _answer(patience):
    """What the database says, or that it says nothing in time."""
    global _open_question
    if connection.in_atomic_block:  # only this connection sees what the transaction of the caller has written
        return _database_reason()
    with _lock:
        question = _open_question
        if question is None or question.answered.is_set():
            question = _open_question = _Question()
            threading.Thread(target=question.ask, name="readiness", daemon=True).start()
    return question.answer if question.answered.wait(patience) else NO_ANSWER


def _database_reason():
    """Why no database can serve; a replica that can is enough for readers."""
    reason = _reason_of(DEFAULT_DB_ALIAS)
    return _reason_of(REPLICA) and reason if reason and REPLICA in connections else reason


def _reason_of(alias):
    """Why the database cannot serve; one query."""
    try:
        migrations = MigrationRecorder.Migration.objects.using(alias).annotate(
            has_report=Exists(Paragraph.objects.all())
        )
        rows = list(migrations.values_list("app", "name", "has_report"))
    except Error as error:
        fault = fault_of(error)
        return REASONS.get(fault.name if fault else "", NO_ANSWER)
    if reason := _misfit({(app, name) for app, name, _ in rows}):
        return reason
    has_report = rows[0][2]
    return "" if has_report else "The database holds no report yet: run manage.py load_report."


def _misfit(applied):
    """How the migrations of the database differ from those of the code."""
    known = _migrations()
    replaced = {old: new for new, olds in known.items() for old in olds}
    missing = {
        key
        for key, olds in known.items()
        if key not in applied
        and not (olds and applied.issuperset(olds))
        and not (key in replaced and replaced[key] in applied)
    }
    if missing:
        return f"Migrations have not run, such as {_named(min(missing))}: run manage.py migrate."
    newest = {}
    for app, name in known:
        newest[app] = max(newest.get(app, 0), _number(name))
    unknown = {
        (app, name)
        for app, name in applied - known.keys() - replaced.keys()
        if app == OWN_APP or _number(name) > newest.get(app, _number(name))
    }
    if unknown:
        return (
            f"The database is from another version of the site, which has {_named(min(unknown))}: install that "
            "version, or restore a backup of this one."
        )
    return ""


def _named(key):
    return ".".join(key)


def _number(name):
    """The number with which the name of a migration begins; 0 without one."""
    return whole_number(name.partition("_")[0]) or 0


@cache
def _migrations() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The migrations of the code, each with those that it replaces."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key: list(migration.replaces) for key, migration in loader.disk_migrations.items()}
