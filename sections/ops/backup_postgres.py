"""Backups of PostgreSQL by its own programs, pg_dump and psql, as of one moment and in one transaction."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection, transaction

from .digests import Digests, of_postgres

DEBIAN = Path("/usr/lib/postgresql")
WAIT = "120s"  # for readers and editors to end what they do
CLEAR = f"""\
SET lock_timeout = '{WAIT}';
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', found.tablename);
  END LOOP;
END $$;
"""


class ToolFault(Exception):
    """What a program of PostgreSQL said, or that it is not there."""


def dump(path: Path) -> Digests:
    """Writes the tables as SQL and says what they hold, both seen at the same moment."""
    with transaction.atomic():
        snapshot = _snapshot()
        options = ["--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}"]
        _run("pg_dump", *options)
        return of_postgres(connection)


def check(path: Path, wanted: Digests) -> None:
    """The SQL is only read as it is run; its transaction ends without effect if that fails."""


def load(path: Path) -> None:
    """Takes away the tables that are there and makes those of the backup, in one transaction."""
    connection.close()
    script = path.with_suffix(".psql")
    schema = "CREATE SCHEMA public;"  # in dumps of databases whose schema was made anew
    with open(script, "w", encoding="utf-8") as out, open(path, encoding="utf-8") as sql:
        out.write(CLEAR)
        out.writelines(line for line in sql if line.strip() != schema)
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={script}"]
    _run("psql", *options)


def digests() -> Digests:
    """What the database holds now."""
    with transaction.atomic():
        _snapshot()
        return of_postgres(connection)


def _snapshot():
    """Lets this transaction see one moment only, and gives the name by which another can see the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return cursor.fetchone()[0]


def _run(name, *options):
    """Runs a program of PostgreSQL at this site's database; the password is in no command line."""
    told = connection.settings_dict
    given = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = os.environ | {key: str(told[name]) for key, name in given.items() if told.get(name)}
    for option in ("sslmode", "sslrootcert", "sslcert", "sslkey", "service"):
        if value := told.get("OPTIONS", {}).get(option):
            env[f"PG{option.upper()}"] = str(value)
    done = subprocess.run([_program(name), *options], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ToolFault(f"{name} failed, and the database is as it was: {done.stderr.strip()[:600]}")


def _program(name):
    """The path of the program: the newest of Debian's versions, or the one on the path."""
    versions = [path for path in DEBIAN.glob(f"*/bin/{name}") if path.parts[-3].isdigit()]
    found = max(versions, key=lambda path: int(path.parts[-3]), default=None) or shutil.which(name)
    if found is None:
        raise ToolFault(f"{name} is not on this machine. On Debian and Ubuntu: apt install postgresql-client")
    return str(found)
