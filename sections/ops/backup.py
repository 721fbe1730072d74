"""A backup: one zip file with the whole database and a list of what every table holds, and the way back from it."""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from . import backup_postgres, backup_sqlite
from .digests import Digests, differences

FORMAT = 1
MANIFEST, CONTENT = "manifest.json", "database"
KINDS = {"sqlite": backup_sqlite, "postgresql": backup_postgres}


class BackupFault(Exception):
    """Why a backup can't be made or used, in words."""


def back_up(path: Path) -> Digests:
    """Writes the backup while the site runs, as of one moment; the file appears whole or not at all."""
    with _folder_beside(path) as folder:
        content = folder / CONTENT
        digests = _run(_kind().dump, content)
        manifest = {
            "format": FORMAT,
            "database": connection.vendor,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "tables": digests,
        }
        made = folder / path.name
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
            packed.write(content, CONTENT)
        made.chmod(0o600)  # it holds the logins
        with open(made, "rb") as file:
            os.fsync(file.fileno())
        os.replace(made, path)
    return digests


def read_manifest(path: Path) -> dict:
    """What a backup says of itself; refuses a file that is damaged, or of another kind of database."""
    try:
        with zipfile.ZipFile(path) as packed:
            damaged = packed.testzip()
            manifest = json.loads(packed.read(MANIFEST))
    except FileNotFoundError as fault:
        raise BackupFault(f"There is no file {path}.") from fault
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as fault:
        raise BackupFault(f"{path} is no backup, or is damaged: {fault}.") from fault
    if damaged or manifest.get("format") != FORMAT:
        raise BackupFault(f"{path} is damaged, or of a form that this version doesn't know.")
    if manifest["database"] != connection.vendor:
        raise BackupFault(
            f"{path} is of {manifest['database']}, and this site's database is {connection.vendor}. "
            "To move between them, use export_fixtures there and load_report here."
        )
    return manifest


def restore(path: Path) -> list[str]:
    """Puts the database back as it was, as one transaction; returns what differs from the backup, which is nothing."""
    wanted = read_manifest(path)["tables"]
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as packed:
            content = Path(packed.extract(CONTENT, folder))
        _run(_kind().check, content, wanted)
        _run(_kind().load, content)
    return compare(path)


def compare(path: Path) -> list[str]:
    """Where the database differs from a backup, in words; nothing when they are equal."""
    return differences(read_manifest(path)["tables"], _run(_kind().digests))


def _kind():
    return KINDS[connection.vendor]


def _run(step, *given):
    try:
        return step(*given)
    except backup_postgres.ToolFault as fault:
        raise BackupFault(str(fault)) from fault
    except OSError as fault:
        raise BackupFault(f"The file can't be written: {fault}.") from fault


@contextmanager
def _folder_beside(path) -> Iterator[Path]:
    """A folder on the same disk as the path, so that what is made in it can be moved there in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            yield Path(folder)
    except OSError as fault:
        raise BackupFault(f"Nothing can be written in {path.parent}: {fault.strerror}.") from fault
