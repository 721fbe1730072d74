"""Restores the database from a backup, or says where the two differ."""

import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import archive
from .archive import BackupError, Manifest
from .backup import ENGINES, in_words, present_version
from .digests import STAMPED, Digests

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup that can be restored here; refuses every other file in a sentence."""
    manifest = archive.read(path)
    if manifest.database != connection.vendor:
        raise BackupError(
            f"{path} is a backup of {KINDS.get(manifest.database, 'another database')}, but this site's database is "
            f"{KINDS[connection.vendor]}: to move between them, use move_database."
        )
    if unknown := _unknown_migrations(manifest):
        raise BackupError(
            f"{path} was made by version {manifest.version or '?'} of the site, and this is {settings.VERSION}, whose "
            f"code does not know {unknown[0]}: install that version first."
        )
    with _unpacked(path, manifest):
        return manifest


def restore(path: Path) -> list[str]:
    """Restores the database from a backup, in one transaction; returns how they differ then, as `compare` does.

    The content version of the result is higher than any before, so that every running process reads it anew and no
    page of another content is ever taken for one of this.
    """
    manifest, engine = read_manifest(path), ENGINES[connection.vendor]
    with _unpacked(path, manifest) as content, in_words("The backup cannot be restored"):
        engine.load(content, beyond=max(present_version(), time.time_ns() // 1000))
        return differences(manifest.tables, engine.digests())


def needs_migrating(manifest: Manifest) -> bool:
    """Whether the code has migrations that the database of the backup had not."""
    made = {tuple(name.split(".", 1)) for name in manifest.migrations}
    return not made or bool(set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations) - made)


def compare(path: Path) -> list[str]:
    """How the database differs from a backup, one line a table; empty when they are equal."""
    tables = read_manifest(path).tables
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
        elif expected != actual and not (table in STAMPED and "without" not in expected):  # of the former format
            lines.append(f"{table}: {expected['rows']} rows in both, but with different content")
    return lines


@contextmanager
def _unpacked(path, manifest):
    """The file of the backup's database, after it was compared with the manifest; it is deleted with the block."""
    with (
        in_words(f"{path} cannot be restored"),
        tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as folder,
    ):
        content = archive.unpack(path, Path(folder))
        ENGINES[connection.vendor].check(content, manifest.tables)
        yield content


def _unknown_migrations(manifest):
    """Those of the backup that the code lacks; what an app has squashed meanwhile is known."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    known |= {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    made = [tuple(name.split(".", 1)) for name in manifest.migrations]
    return [".".join(key) for key in made if key[0] in loader.migrated_apps and key not in known]
