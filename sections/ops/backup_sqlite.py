"""Backups of SQLite by its own online way: whole pages, as of one moment, while others read and write."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

from .digests import Digests, differences, of_sqlite_file


def dump(path: Path) -> Digests:
    """Copies the database into a file and says what it holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        raise OSError(f"the copy is not sound: {sound}")
    return of_sqlite_file(path)


def check(path: Path, wanted: Digests) -> None:
    """Refuses, before anything is written, a copy that doesn't hold what its list says."""
    if differences(wanted, of_sqlite_file(path)):
        raise OSError("the backup doesn't hold what its list says")


def load(path: Path) -> None:
    """Puts the copy into the database, as one transaction that waits for its turn."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    connection.close()


def digests() -> Digests:
    """What the database holds now."""
    with tempfile.TemporaryDirectory() as folder:
        return dump(Path(folder) / "copy")
