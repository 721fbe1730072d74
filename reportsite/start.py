"""Sets the site up and serves it, reporting each step: `python -m reportsite.start`, which is `make run`.

With --set-up-only it does not serve: beside a running site, before that is reloaded.
"""

import importlib
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial

import django
from django.conf import settings
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from . import env

# Who starts the site while the switch says that it is read-only is about to upgrade or to move it.
DESPITE = {"despite_read_only": True}
STEPS = (
    ("Updating the tables", ("migrate", "--noinput"), {"verbosity": 0}),
    ("Loading the report, unless the database already contains it", ("load_report", "--initial"), DESPITE),
    ("Building the search index, unless it is up to date", ("rebuild_search", "--if-needed"), DESPITE),
    ("Collecting style sheets, scripts and images", ("collectstatic", "--noinput"), {"verbosity": 0}),
)
UNAPPLIED = "reports.W006"  # that migrations are missing, which the first step applies
SETTING_UP = 7_270_101  # the number of the lock in PostgreSQL

# For glibc's malloc: all threads share one pool of memory, and a large piece goes back to the system when it is free.
MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": str(128 << 10)}

SET_UP_ONLY = "--set-up-only"

_say = partial(print, flush=True)  # at once, even into a pipe


def main() -> None:
    """Sets up what is missing and becomes the server, unless told otherwise; exits with a message where it cannot."""
    try:
        host = os.environ.get("HOST", "").strip() or "127.0.0.1"
        port = env.integer("PORT", 8000, 1, 65535)
        workers = env.integer("WEB_CONCURRENCY", 2, 1, 64)
        metrics = env.listening_address("METRICS_ADDRESS")
        if SET_UP_ONLY in sys.argv[1:]:
            _set_up()
            importlib.import_module("reportsite.wsgi")  # a reload with what cannot be loaded would end the site
            return
        _refuse_port_in_use("HOST", host, port)
        if metrics:
            _refuse_port_in_use("METRICS_ADDRESS", *metrics)
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="metrics-")
        _set_up()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(f"The site cannot start. {error}")
    except DatabaseError as error:
        sys.exit(f"The site cannot start. Database error: {str(error).strip()}\n{_database_advice()}")
    _serve(host, port, workers)


def _set_up() -> None:
    """Creates the secret, the tables, the report, its index and the static files, each only where it is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
    django.setup()
    _say(f"The data is in {settings.DATA_DIR}, the database is {_database_in_words()}.")
    can_write = _primary_answers()
    steps = STEPS if can_write else STEPS[-1:]
    _check(list(connections) if can_write else ["replica"])
    with _alone() if can_write else nullcontext():
        for step, command, options in steps:
            if settings.READ_ONLY and command[0] != "collectstatic":
                _say(f"{step}: left out, because READ_ONLY is set.")
                continue
            _say(f"{step} …")
            call_command(*command, **options)
    connections.close_all()


def _primary_answers() -> bool:
    """Whether the database can be set up; where only a replica answers, the site can at least be read."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        if "replica" not in connections.settings or not _is_complete("replica"):
            raise
        _say(f"The primary does not answer: {str(error).strip()}")
        _say("The replica serves readers. Nothing can be saved until the primary answers again.")
        return False
    return True


def _is_complete(alias: str) -> bool:
    """Whether the database answers and has all tables of this version."""
    try:
        executor = MigrationExecutor(connections[alias])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _check(databases: list[str]) -> None:
    """Says what the system checks find; refuses to start where the site could not work."""
    found = run_checks(databases=databases, include_deployment_checks=settings.SECURE)
    found = [message for message in found if message.id != UNAPPLIED and not message.is_silenced()]
    for message in found:
        if message.level < ERROR:
            _say(f"Warning: {_in_words(message)}")
    errors = [_in_words(message) for message in found if message.level >= ERROR]
    if errors:
        raise ImproperlyConfigured("\n".join(errors))


def _in_words(message: CheckMessage) -> str:
    return f"{message.msg} {message.hint or ''} ({message.id})"


@contextmanager
def _alone() -> Iterator[None]:
    """Within, no other application server sets up the same PostgreSQL database."""
    if connection.vendor != "postgresql":
        yield
        return
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SETTING_UP])
        if not cursor.fetchone()[0]:
            _say("Another server is setting the site up. Waiting for it …")
            cursor.execute("SELECT pg_advisory_lock(%s)", [SETTING_UP])
        yield


def _serve(host: str, port: int, workers: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    _say(f"The site is at http://{_bracketed(shown)}:{port}/. Editors use /admin/. Press Ctrl-C to stop.")
    if host in {"0.0.0.0", "::"}:
        _say("Other machines can reach it under the host names in ALLOWED_HOSTS.")
    command = [sys.executable, "-m", "gunicorn", "--config", "python:reportsite.gunicorn"]
    command += ["--bind", f"{_bracketed(host)}:{port}", "--workers", str(workers)]
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    sys.stdout.flush()
    os.execv(sys.executable, command)


def _refuse_port_in_use(name: str, host: str, port: int) -> None:
    """Before anything else is done: says why the server could not listen at the host and port, and what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ImproperlyConfigured(f"{name} is set to {host!r}, which is not an address of this machine.") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            advice = "Choose a port above 1023: make run PORT=8000"
            raise ImproperlyConfigured(f"Port {port} requires administrator rights. {advice}") from error
        except OSError as error:
            other = f"PORT={port % 65535 + 1}" if name == "HOST" else f"{name}={_bracketed(host)}:{port % 65535 + 1}"
            advice = f"Stop the program that uses it, or choose another port: make run {other}"
            raise ImproperlyConfigured(f"Port {port} of {host} is not available: {error.strerror}. {advice}") from error


def _database_in_words() -> str:
    """The kind of the database and where it is, without its password."""
    name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
    return f"SQLite in {name}" if connection.vendor == "sqlite" else f"PostgreSQL {name!r} at {host or 'this machine'}"


def _database_advice() -> str:
    if connection.vendor == "sqlite":
        return "Check that the folder exists and is writable, and that the file is an SQLite database."
    return "Check that PostgreSQL is running, that the database exists (createdb), and that DATABASE_URL is correct."


def _bracketed(host: str) -> str:
    """The host as it is written in a URL: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    main()
