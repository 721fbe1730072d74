"""Restores the database from a backup, or says where the two differ."""

import json
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

from django.db import connection

from .backup import CONTENT, ENGINES, FORMAT, MANIFEST, BackupError, in_words
from .digests import Digests


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a backup; refuses a file that is damaged, or of another kind of database."""
    try:
        with zipfile.ZipFile(path) as packed:
            damaged = packed.testzip()
            manifest = json.loads(packed.read(MANIFEST))
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise BackupError(f"{path} is not a backup, or is damaged: {error}.") from error
    if damaged or manifest.get("format") != FORMAT:
        raise BackupError(f"{path} is damaged, or in a format that this version does not know.")
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"{path} is a backup of {manifest['database']}, but this site's database is {connection.vendor}. "
            "To move between them, use move_database."
        )
    return manifest


def restore(path: Path) -> list[str]:
    """Restores the database from a backup, in one transaction; returns how they differ then, as `compare` does."""
    tables, engine = read_manifest(path)["tables"], ENGINES[connection.vendor]
    with in_words("The backup cannot be restored"), tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as packed:
            engine.load(Path(packed.extract(CONTENT, folder)))
        return differences(tables, engine.digests())


def compare(path: Path) -> list[str]:
    """How the database differs from a backup, one line a table; empty when they are equal."""
    tables = read_manifest(path)["tables"]
    with in_words("The database cannot be compared"):
        return differences(tables, ENGINES[connection.vendor].digests())


def differences(backup: Digests, database: Digests) -> list[str]:
    """Where a database differs from a backup, one line a table; empty when they are equal."""
    lines = []
    for table in sorted(backup.keys() | database.keys()):
        expected, actual = backup.get(table), database.get(table)
        if expected is None or actual is None:
            lines.append(f"{table}: only in the {'database' if expected is None else 'backup'}")
        elif expected["rows"] != actual["rows"]:
            lines.append(f"{table}: {expected['rows']} rows in the backup, {actual['rows']} in the database")
        elif expected != actual:
            lines.append(f"{table}: {expected['rows']} rows in both, but with different content")
    return lines
