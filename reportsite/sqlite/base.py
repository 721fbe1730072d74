"""SQLite, where a connection notices that its file was replaced, and where waiting for a lock depends on the request.

Django's own backend takes an SQLite connection for usable as long as it is open: after the file was moved away or
replaced, it would go on reading the old one.
"""

import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, features

from sections.ops.faults import CommitsOrFails

Database = base.Database


class DatabaseFeatures(features.DatabaseFeatures):
    """What SQLite can do."""

    # Django tries it out within a transaction, and takes a database to which another process writes for one without it.
    supports_json_field = True


class DatabaseWrapper(CommitsOrFails, base.DatabaseWrapper):
    """A connection to an SQLite file."""

    features_class = DatabaseFeatures
    must_exist = False  # a process that serves pages does not create an empty database where the file is missing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opened: tuple[int, int] | None = None  # device and number of the open file
        self._seconds: float | None = None

    def wait_at_most(self, seconds: float | None) -> None:
        """From now on, waits so long for a lock that somebody else holds; None means as long as the settings say."""
        if seconds != self._seconds:
            self._seconds = seconds
            if self.connection is not None:
                self.connection.execute(f"PRAGMA busy_timeout = {int(1000 * self._timeout())}")

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection to the file; where it must exist and does not, an OperationalError."""
        path = conn_params["database"]
        is_file = not self.is_in_memory_db()
        if is_file and self.must_exist and not os.path.exists(path):
            raise Database.OperationalError("unable to open database file: it does not exist")
        conn_params |= {"timeout": self._timeout()}
        try:
            connection = super().get_new_connection(conn_params)
        except Database.OperationalError:
            if not is_file or not _nobody_writes(path):
                raise
            # On a read-only disk SQLite cannot make the files beside the database with which writers and readers agree.
            connection = super().get_new_connection(
                conn_params | {"database": f"{Path(path).absolute().as_uri()}?immutable=1"}
            )
        self._opened = _identity(path) if is_file else None
        return connection

    def is_usable(self) -> bool:
        """Whether the connection still belongs to the file at its path."""
        return self._opened is None or self._opened == _identity(self.settings_dict["NAME"])

    def close_if_unusable_or_obsolete(self) -> None:
        """Closes the connection where it cannot be used any longer. Django calls this before and after each request."""
        if self.connection is not None and not self.in_atomic_block and not self.is_usable():
            self.close()
        super().close_if_unusable_or_obsolete()

    def _timeout(self) -> float:
        return self.settings_dict["OPTIONS"].get("timeout", 5) if self._seconds is None else self._seconds


def _nobody_writes(path):
    """Whether the file is on a read-only disk, and whole by itself: no log beside it holds a part of the content."""
    log = Path(f"{path}-wal")
    return not os.access(Path(path).absolute().parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _identity(path):
    """What tells one file from another, whatever their names; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
