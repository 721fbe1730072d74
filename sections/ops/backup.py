"""A backup is one zip file: a copy of the whole database, and a manifest of what every table holds."""

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from . import backup_postgres, backup_sqlite
from .digests import Digests

FORMAT = 1
MANIFEST, CONTENT = "manifest.json", "database"
ENGINES = {"sqlite": backup_sqlite, "postgresql": backup_postgres}


class BackupError(CommandError):
    """Why a backup cannot be made or used, in words; a command ends with them."""


def back_up(path: Path) -> Digests:
    """Writes a backup while the site runs, as of one moment; the file appears whole or not at all."""
    with in_words(f"{path} was not written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Beside the backup, and so on the same disk: it is moved to its place in one step.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            content, archive = Path(folder) / CONTENT, Path(folder) / path.name
            digests = ENGINES[connection.vendor].dump(content)
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


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """Turns errors of the file system, and of the database's own programs, into a BackupError that begins so."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"{what}: {error.strerror or error}.") from error
