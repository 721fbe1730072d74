"""A backup is one zip file: a copy of the whole database, and a manifest of what every table holds."""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection

from . import backup_postgres, backup_sqlite
from .digests import Digests, differences

FORMAT = 1
MANIFEST, CONTENT = "manifest.json", "database"
ENGINES = {"sqlite": backup_sqlite, "postgresql": backup_postgres}


class BackupError(Exception):
    """Why a backup cannot be made or used, in words."""


def back_up(path: Path) -> Digests:
    """Writes a backup while the site runs, as of one moment; the file appears whole or not at all."""
    with _in_words(f"{path} was not written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Beside the backup, and so on the same disk: it is moved to its place in one step.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            content, archive = Path(folder) / CONTENT, Path(folder) / path.name
            digests = _engine().dump(content)
            manifest = {
                "format": FORMAT,
                "database": connection.vendor,
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "tables": digests,
            }
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
                packed.write(content, CONTENT)
            archive.chmod(0o600)  # it holds the logins
            with open(archive, "rb") as file:
                os.fsync(file.fileno())
            os.replace(archive, path)
    return digests


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
            "To move between them, use export_fixtures there and load_report here."
        )
    return manifest


def restore(path: Path) -> list[str]:
    """Restores the database from a backup, in one transaction; returns how they differ then, as `compare` does."""
    tables = read_manifest(path)["tables"]
    with _in_words("The backup cannot be restored"), tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as packed:
            content = Path(packed.extract(CONTENT, folder))
        _engine().load(content)
        return differences(tables, _engine().digests())


def compare(path: Path) -> list[str]:
    """How the database differs from a backup, one line a table; empty when they are equal."""
    tables = read_manifest(path)["tables"]
    with _in_words("The database cannot be compared"):
        return differences(tables, _engine().digests())


def _engine() -> ModuleType:
    return ENGINES[connection.vendor]


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{what}: {error.strerror or error}.") from error
