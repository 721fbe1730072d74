"""PostgreSQL is dumped with pg_dump as of one moment, and restored with psql in one transaction."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection, transaction

from sections.text.whole_numbers import whole_number

from .digests import Digests, compared_columns, digest_table, stamps

# The time-out is for readers and editors to finish.
DROP_TABLES = """\
SET lock_timeout = '120s';
DO $$ DECLARE existing record; BEGIN
  FOR existing IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', existing.tablename);
  END LOOP;
END $$;
"""
# What a DATABASE_URL that names several servers says after the question mark, as PostgreSQL's programs are told it.
HOSTS = {"host": "PGHOST", "port": "PGPORT", "target_session_attrs": "PGTARGETSESSIONATTRS"}
CREATED = re.compile(r'CREATE TABLE (?:\w+\.)?"?(\w+)"? \(')
CREATE_SCHEMA = "CREATE SCHEMA public;"  # in dumps of databases whose schema was created anew; here there is one


def dump(path: Path) -> Digests:
    """Writes the tables as SQL; returns what they held at the same moment."""
    with transaction.atomic():
        snapshot = _start_snapshot()
        options = ["--no-owner", "--no-privileges", "--exclude-schema=limits"]  # limits: who sends how much
        _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={path}")
        return _digest_tables()


def check(path: Path, tables: Digests) -> None:
    """Refuses a file that is no dump; what it holds can be compared only once it is in a database."""
    with open(path, "rb") as file:
        if b"PostgreSQL database dump" not in file.read(1000):
            raise OSError("its database is not a dump of PostgreSQL")


def load(path: Path, beyond: int) -> None:
    """Drops the tables that are there and creates those of the backup, in one transaction; see `digests.stamps`."""
    connection.close()
    script = path.with_suffix(".psql")
    with open(script, "w", encoding="utf-8") as out, open(path, encoding="utf-8") as sql:
        out.write(DROP_TABLES)
        tables = set()
        for line in sql:
            if line.strip() != CREATE_SCHEMA:
                out.write(line)
            if created := CREATED.match(line):
                tables.add(created[1])
        out.write("RESET search_path;\n")  # the dump has emptied it
        out.writelines(f"{statement};\n" for statement in stamps(tables, beyond))
    _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={script}")


def digests() -> Digests:
    """What the database holds now."""
    with transaction.atomic():
        _start_snapshot()
        return _digest_tables()


def _start_snapshot() -> str:
    """Makes this transaction see one moment only; returns the name by which another can see the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return cursor.fetchone()[0]


def _digest_tables() -> Digests:
    tables, quote = {}, connection.ops.quote_name
    for name in sorted(connection.introspection.table_names()):
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM {quote(name)} LIMIT 0")
            columns = compared_columns(name, [column.name for column in cursor.description])
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(name)}")
            tables[name] = digest_table(name, cursor)
    return tables


def _run(program: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL on this site's database; the password is in no command line."""
    command, secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, list(arguments))
    options = connection.settings_dict["OPTIONS"]
    hosts = {variable: str(options[name]) for name, variable in HOSTS.items() if name in options}
    command[0], environment = _path(program), os.environ | hosts | (secrets or {})
    run = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode:
        raise OSError(f"{program} failed, and the database is as it was: {run.stderr.strip()[:600]}")


def _path(program: str) -> str:
    """The path of the program: the newest of Debian's versions, or the one on the path."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    path = max(versions, key=lambda path: whole_number(path.parts[-3]) or 0, default=None) or shutil.which(program)
    if path is None:
        raise OSError(f"{program} is not installed. On Debian and Ubuntu: apt install postgresql-client")
    return str(path)
