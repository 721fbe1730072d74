"""Fresh copies of a database, one for every kill: a file, or a PostgreSQL database made after a template."""

import shutil
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection


@contextmanager
def copies(folder):
    """The keeper of copies of the database that the settings name."""
    if connection.vendor == "sqlite":
        yield FileCopies(folder)
        return
    keeper = DatabaseCopies()
    try:
        yield keeper
    finally:
        keeper.remove()


class FileCopies:
    def __init__(self, folder):
        self.path = Path(connection.settings_dict["NAME"])
        self.kept = folder / "kept.sqlite3"

    def keep(self):
        """Remembers the database as it is."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(self.path, self.kept)

    def fresh(self):
        """Puts the database back as it was kept."""
        connection.close()
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)

    def settle(self):
        """Nothing works on after the process that was killed."""


class DatabaseCopies:
    def __init__(self):
        told = connection.settings_dict
        self.name, self.kept = told["NAME"], f"{told['NAME']}_kept"
        given = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
        given = {name: value for name, value in given.items() if value}
        self.server = psycopg.connect(dbname="postgres", autocommit=True, **given)
        self.server.execute(f"CREATE DATABASE {self.name}")

    def keep(self):
        """Remembers the database as it is."""
        connection.close()
        self.server.execute(f"CREATE DATABASE {self.kept} TEMPLATE {self.name}")

    def fresh(self):
        """Puts the database back as it was kept."""
        connection.close()
        self.server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.kept}")

    def settle(self, seconds=60):
        """Waits until the server has ended what the killed process had asked for."""
        end = time.monotonic() + seconds
        busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        while self.server.execute(busy, [self.name]).fetchone()[0]:
            if time.monotonic() > end:
                raise RuntimeError("The killed process's connection does not end.")
            time.sleep(0.01)

    def remove(self):
        """Leaves the server as it was."""
        connection.close()
        for name in (self.name, self.kept):
            self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.server.close()
