"""A backup is one zip file: a copy of the whole database, and a manifest of what made it and what every table holds."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from sections.models import current_version

from . import archive, backup_postgres, backup_sqlite
from .archive import CONTENT, BackupError
from .digests import Digests

ENGINES = {"sqlite": backup_sqlite, "postgresql": backup_postgres}


def back_up(path: Path) -> Digests:
    """Writes a backup while the site runs, as of one moment; the file appears whole or not at all."""
    with in_words(f"{path} was not written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Beside the backup, and so on the same disk: it is moved to its place in one step.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            content, packed = Path(folder) / CONTENT, Path(folder) / path.name
            migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
            version = present_version()
            digests = ENGINES[connection.vendor].dump(content)
            manifest = {
                "database": connection.vendor,
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "tables": digests,
                "version": settings.VERSION,
                "migrations": migrations,
                "content_version": version,
            }
            archive.pack(packed, content, manifest)
            os.replace(packed, path)
    return digests


def present_version() -> int:
    """The content version of the database; 0 where it cannot be read."""
    try:
        return current_version().content
    except DatabaseError:
        return 0


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """Turns errors of the file system, and of the database's own programs, into a BackupError that begins so."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"{what}: {error.strerror or error}.") from error
