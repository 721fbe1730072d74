"""Sets the site up and serves it, saying each step: `python -m reportsite.start`, which is `make run`."""

import os
import socket
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from . import env

THREADS = 4  # of each process
STEPS = (
    ("Bringing the tables up to date", ("migrate", "--noinput"), {"verbosity": 0}),
    ("Loading the report, unless the database holds it already", ("load_report", "--initial"), {}),
    ("Making the search index, unless it is in step already", ("rebuild_search", "--if-needed"), {}),
    ("Collecting style sheets, scripts and images", ("collectstatic", "--noinput"), {"verbosity": 0}),
)


def main():
    """Sets up what is missing and turns this process into the server; ends in words when it can't."""
    try:
        host = os.environ.get("HOST", "").strip() or "127.0.0.1"
        port = env.integer("PORT", 8000, 1, 65535)
        workers = env.integer("WEB_CONCURRENCY", 2, 1, 64)
        refuse_port_in_use(host, port)
        set_up()
    except (ImproperlyConfigured, CommandError, PortError) as fault:
        sys.exit(f"The site can't start. {fault}")
    except DatabaseError as fault:
        sys.exit(f"The site can't start. The database does not work: {str(fault).strip()}\n{way_out()}")
    serve(host, port, workers)


def set_up():
    """Makes the secret, the tables, the report and the static files, each only if it is not there yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
    django.setup()
    say(f"The data is in {settings.DATA_DIR}, the database is {database_in_words()}.")
    connection.ensure_connection()
    for step, command, options in STEPS:
        say(f"{step} …")
        call_command(*command, **options)
    connection.close()


def serve(host, port, workers):
    """Replaces this process by gunicorn."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    say(f"The site is at http://{bracketed(shown)}:{port}/ and stops with Ctrl-C. Editors go to /admin/.")
    if host in {"0.0.0.0", "::"}:
        say("Other machines reach it under the host names in ALLOWED_HOSTS.")
    command = [sys.executable, "-m", "gunicorn", "reportsite.wsgi", "--bind", f"{bracketed(host)}:{port}"]
    command += ["--workers", str(workers), "--threads", str(THREADS), "--log-level", "warning", "--no-control-socket"]
    # A pasted page is still a query: as long an address as gunicorn can be told to take.
    command += ["--limit-request-line", "8190"]
    sys.stdout.flush()
    os.execv(sys.executable, command)


class PortError(Exception):
    """The site can't listen where it was told to; says why and what to do."""


def refuse_port_in_use(host, port):
    """Refuses, before anything else is done, a host and port at which the server could not listen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as fault:
        raise PortError(f"HOST is set to {host!r}, and this machine knows no such host.") from fault
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as fault:
            raise PortError(f"Port {port} needs an administrator. Choose one above 1023: make run PORT=8000") from fault
        except OSError as fault:
            raise PortError(
                f"Nothing can listen at {host}, port {port}: {fault.strerror}. "
                f"Stop what runs there, or choose another port: make run PORT={port % 65535 + 1}"
            ) from fault


def database_in_words():
    """The kind of the database and where it is, without its password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite in {told['NAME']}"
    return f"PostgreSQL {told['NAME']!r} at {told['HOST'] or 'this machine'}"


def way_out():
    """What to do about a database that does not work."""
    if connection.vendor == "sqlite":
        return "See that the folder exists and can be written to, and that the file is an SQLite database."
    return "See that PostgreSQL runs, that the database exists (createdb), and that DATABASE_URL names both rightly."


def bracketed(host):
    """The host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def say(line):
    """Prints a step at once, even into a pipe."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
