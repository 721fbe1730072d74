"""The whole site in a process of its own, set up and served as `make run` does it.

It has a database of its own: an SQLite file, or a new database beside the one that TEST_DATABASE_URL names.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

ROOT = Path(__file__).resolve().parents[3]
OURS = (
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "HOST",
    "SITE_URL",
    "DEBUG",
    "SECURE",
)


def environment(**given):
    """The environment of this process without what its tests set, and with what is given."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | given


def free_port():
    """A port of this machine at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder, seconds=900):
    """The address of a site whose data is in the folder; it ends with the block."""
    with serving(folder, seconds, WEB_CONCURRENCY="1", LOG_LEVEL="ERROR") as (address, _):
        yield address


@contextmanager
def serving(folder, seconds=900, **variables):
    """The address and the process of a site with these variables, whose data and log are in the folder."""
    port = free_port()
    log = folder / "log"
    told = environment(DATA_DIR=str(folder), PORT=str(port), **variables)
    with _database(port) as database:
        if not database and not told.get("DATABASE_URL"):
            _copy_prepared(folder)
        with open(log, "w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "reportsite.start"],
                cwd=ROOT,
                env=told | database,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            if not _answers(process, address, seconds):
                raise RuntimeError(f"The site did not start:\n{log.read_text()}")
            yield address, process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _copy_prepared(folder):
    """Puts a database with the report into an empty folder, so that not every site has to load it again."""
    target = folder / "report.sqlite3"
    ready = None if target.exists() else prepared(folder)  # a test may have made a database already
    if ready:
        shutil.copy(ready, target)


def prepared(folder):
    """An SQLite file with the report, which the first test that asks loads for all processes that run tests.

    The folder is a temporary one of the test; None where no other process runs tests.
    """
    shared = next((path.parent for path in folder.parents if path.name.startswith("popen-gw")), None)
    if shared is None:
        return None
    file = shared / "prepared" / "report.sqlite3"
    file.parent.mkdir(exist_ok=True)
    with open(file.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            told = environment(DATA_DIR=str(file.parent / "loading"))
            command = [sys.executable, "-m", "reportsite.start", "--set-up-only"]
            subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, check=True)
            shutil.move(file.parent / "loading" / file.name, file)
    return file


def manage(folder, *command, given=""):
    """Runs a command of manage.py for the SQLite site whose data is in the folder, with what is typed into it.

    Returns what the command prints.
    """
    told = environment(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="reportsite.settings")
    done = [sys.executable, "manage.py", *command]
    return subprocess.run(done, cwd=ROOT, env=told, input=given, text=True, check=True, stdout=subprocess.PIPE).stdout


@contextmanager
def _database(port):
    """The variable that names the site's database, if it is not the SQLite file in its folder."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield {}
        return
    name = f"site_{port}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _answers(process, address, seconds):
    """Whether the site answers before it ends or the time is over."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False
