"""SQLite is copied with its online backup API: whole pages, as of one moment, while others read and write."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

from .digests import Digests, digest_rows


def dump(path: Path) -> Digests:
    """Copies the database into a file; returns what it holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        if (fault := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise OSError(f"the database is damaged: {fault}")
        names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {name: digest_rows(copy.execute(f'SELECT * FROM "{name}"')) for (name,) in sorted(names)}


def load(path: Path) -> None:
    """Replaces the database by the copy, in one transaction that waits for its turn."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    connection.close()


def digests() -> Digests:
    """What the database holds now."""
    with tempfile.TemporaryDirectory() as folder:
        return dump(Path(folder) / "copy")
