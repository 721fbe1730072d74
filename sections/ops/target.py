"""The database that the content is moved into: it has to be empty, and is written as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import load_backend

TARGET = "move_target"
ENGINES = {"django.db.backends.sqlite3": "sqlite", "django.db.backends.postgresql": "postgresql"}


class Target:
    """The database that a URL names; a context in which it is one of Django's databases."""

    def __init__(self, url: str) -> None:
        try:
            self.settings: dict[str, Any] = dj_database_url.parse(url)
            kind = ENGINES[self.settings["ENGINE"]]
        except Exception as error:  # the parser's own errors and those of urllib, some of them plain ValueErrors
            raise CommandError(
                "The target is no address of a database. "
                "Allowed: sqlite:///folder/file.sqlite3 or postgres://user:password@host:5432/name."
            ) from error
        if not self.settings.get("NAME") or self.settings["NAME"] == ":memory:":
            raise CommandError("The target names no database.")
        self.path = Path(self.settings["NAME"]).absolute() if kind == "sqlite" else None
        self.name = f"The database {self.settings['NAME']!r}"
        if self.path:
            self.partial = self.path.with_name(f".{self.path.name}.partial")
            self.settings["NAME"] = str(self.partial)
            # A file that no one else opens, and that is thrown away where it is not finished.
            self.settings["OPTIONS"] = {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"}
        else:
            self.settings["OPTIONS"] = {"connect_timeout": 10} | self.settings.get("OPTIONS", {})

    def __enter__(self) -> "Target":
        settings = connections.configure_settings({DEFAULT_DB_ALIAS: {}, TARGET: self.settings})[TARGET]
        connections[TARGET] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, TARGET)
        return self

    def __exit__(self, *error: object) -> None:
        connections[TARGET].close()
        del connections[TARGET]
        if self.path:
            self.partial.unlink(missing_ok=True)

    def must_be_usable(self) -> None:
        """Raises an error where it cannot be written to, or is not empty; writes nothing."""
        if self.path:
            nearest = next(folder for folder in self.path.parents if folder.exists())
            if self.path.exists() and self.path.stat().st_size:
                raise CommandError(f"{self.path} already exists. Name a file that does not.")
            if not os.access(nearest, os.W_OK | os.X_OK):
                raise CommandError(f"The folder {nearest} cannot be written to.")
            return
        connection = connections[TARGET]
        tables = connection.introspection.table_names()
        if tables:
            raise CommandError(f"{self.name} is not empty: it has {len(tables)} tables. Create another.")
        with connection.cursor() as cursor, transaction.atomic(using=TARGET):
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
            if encoding != "UTF8":
                raise CommandError(f"{self.name} has the encoding {encoding}. Create it with createdb --encoding=UTF8.")
            cursor.execute("CREATE TABLE move_attempt (id integer)")
            transaction.set_rollback(True, using=TARGET)

    @contextmanager
    def written_at_once(self) -> Iterator[None]:
        """Within, it is written to; at the end, all of it is there, or after an error nothing."""
        if not self.path:
            with transaction.atomic(using=TARGET):
                yield
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.partial.unlink(missing_ok=True)
        self.partial.touch(0o600)  # it holds the users' passwords
        yield
        connections[TARGET].close()
        with open(self.partial, "rb") as file:
            os.fsync(file.fileno())
        self.partial.replace(self.path)
