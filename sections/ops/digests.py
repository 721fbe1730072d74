"""What a database holds, table by table, in a form that can be compared: number of rows, and a digest of them."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

Digests = dict[str, dict]  # table → {"rows": number, "sha256": digest of the rows, whatever their order}


def digest_rows(rows: Iterable[tuple]) -> dict:
    """Number and digest of rows; the sum of the digests of each, so that their order plays no part."""
    count, total = 0, 0
    for row in rows:
        values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        total += int.from_bytes(sha256(repr(values).encode()).digest())
        count += 1
    return {"rows": count, "sha256": f"{total % 2**256:064x}"}


def of_sqlite_file(path: Path) -> Digests:
    """The digests of an SQLite file that no process has open."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {name: digest_rows(database.execute(f'SELECT * FROM "{name}"')) for (name,) in sorted(names)}


def of_postgres(connection) -> Digests:
    """The digests of what a PostgreSQL connection sees; the caller holds the transaction."""
    found = {}
    for name in sorted(connection.introspection.table_names()):
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = digest_rows(cursor)
    return found


def differences(wanted: Digests, found: Digests) -> list[str]:
    """Where two databases differ, one line a table; nothing when they are equal."""
    lines = []
    for name in sorted(wanted.keys() | found.keys()):
        one, other = wanted.get(name), found.get(name)
        if one is None or other is None:
            lines.append(f"{name}: only in {'the database' if one is None else 'the backup'}")
        elif one["rows"] != other["rows"]:
            lines.append(f"{name}: {one['rows']} rows in the backup, {other['rows']} in the database")
        elif one != other:
            lines.append(f"{name}: {one['rows']} rows in both, not all the same")
    return lines
