"""SQLite is copied with its online backup API: whole pages, as of one moment, while others read and write."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

from .digests import Digests, compared_columns, digest_table, stamps


def dump(path: Path) -> Digests:
    """Copies the database into a file; returns what it holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        if fault := _fault(copy):
            raise OSError(f"the database is damaged: {fault}")
        return _digest_tables(copy)


def check(path: Path, tables: Digests) -> None:
    """Refuses a copy that is damaged or does not hold what the backup says."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
            fault = _fault(copy)
            held = {} if fault else _digest_tables(copy)
    except sqlite3.DatabaseError as error:
        fault = str(error)
    if fault or _rows(held) != _rows(tables):
        raise OSError(f"its database is damaged: {fault or 'it does not hold the rows that the manifest names'}")


def load(path: Path, beyond: int) -> None:
    """Replaces the database by the copy, in one transaction that waits for its turn; see `digests.stamps`."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        for statement in stamps(_tables(copy), beyond):
            copy.execute(statement)
        copy.commit()
        copy.backup(connection.connection)
    connection.close()


def digests() -> Digests:
    """What the database holds now."""
    with tempfile.TemporaryDirectory() as folder:
        return dump(Path(folder) / "copy")


def _fault(copy):
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    return "" if found == "ok" else found


def _tables(copy):
    names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return sorted(name for (name,) in names)


def _digest_tables(copy):
    digested = {}
    for table in _tables(copy):
        columns = compared_columns(table, [row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')])
        names = ", ".join(f'"{column}"' for column in columns)
        digested[table] = digest_table(table, copy.execute(f'SELECT {names} FROM "{table}"'))
    return digested


def _rows(tables):
    return {name: table["rows"] for name, table in tables.items()}
