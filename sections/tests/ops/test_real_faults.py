"""A running site whose database is really taken away, locked, filled up or made read-only, and comes back."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from sections.tests.conftest import leave_out
from sections.tests.support import forms, postgres
from sections.tests.support.own_site import Visitor, serving
from sections.tests.support.world import SYMBOL

PAGES = ["/", f"/es/{SYMBOL}/paragraphs/1/", "/search/?q=office", "/sitemap.xml", "/api/v1/laws/", "/admin/login/"]
TYPED = "Mends the roads, all of them."

pytestmark = [pytest.mark.long, pytest.mark.apart]


def statuses(visitor):
    """The status of each page, none of which takes long."""
    answers = [visitor.get(path) for path in PAGES]
    assert max(answer.seconds for answer in answers) < 10
    assert all(answer.headers["Retry-After"] for answer in answers if answer.status == 503)
    return {answer.status for answer in answers}


def soon(visitor, status, seconds=30):
    """Whether the site is ready, or no longer ready, before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = visitor.get("/readyz")
        assert answer.seconds < 5
        if answer.status == status:
            return True
        time.sleep(0.2)
    return False


@contextmanager
def editing(address):
    """An editor with an open form: gives the visitor, the address of the form, and its fields as changed."""
    ana = Visitor(address)
    assert ana.log_in().status == 200
    listed = ana.get("/admin/sections/programme/").text
    path = listed.split('<th class="field-name">')[1].split('href="')[1].split('"')[0].split("?")[0]
    yield ana, path, forms.filled_in(ana.get(path).text) | {"description": TYPED}


def test_an_sqlite_file_is_locked_moved_away_and_replaced(tmp_path):
    file = tmp_path / "report.sqlite3"
    with serving(tmp_path, f"sqlite:///{file}") as address, editing(address) as (ana, path, fields):
        assert statuses(ana) == {200}
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert statuses(ana) == {200}  # who reads waits for nobody who writes
            refused = ana.post(path, fields)
            assert (refused.status, forms.filled_in(refused.text)["description"]) == (503, TYPED)
            other.execute("ROLLBACK")
        assert ana.post(path, forms.filled_in(refused.text)).status == 200
        assert TYPED in ana.get(path).text

        fields = forms.filled_in(ana.get(path).text) | {"description": "Typed meanwhile."}
        os.rename(file, tmp_path / "away")
        assert statuses(ana) == {503}
        assert "does not exist" in (tmp_path / "log").read_text()
        lost = ana.post(path, fields)
        assert (lost.status, forms.filled_in(lost.text)["description"]) == (503, "Typed meanwhile.")
        assert ana.get("/healthz").status == 200
        assert ana.get("/readyz").status == 503
        assert not file.exists()  # nothing empty takes its place
        os.rename(tmp_path / "away", file)
        assert statuses(ana) == {200}
        assert ana.post(path, forms.filled_in(lost.text)).status == 200
        assert "Typed meanwhile." in ana.get(path).text

        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(tmp_path / "other")) as other:
            live.backup(other)
            other.execute("UPDATE sections_report SET title = 'Report from elsewhere'")
            other.commit()
        os.replace(tmp_path / "other", file)
        assert "Report from elsewhere" in ana.get(f"/{SYMBOL}/").text

        with closing(sqlite3.connect(file)) as other:
            other.execute("ALTER TABLE sections_report RENAME TO reports_of_old")
            assert ana.get(f"/{SYMBOL}/").status == 503
            assert ana.get("/readyz").status == 503 or ana.get("/readyz").json()["status"] == "ok"
            other.execute("ALTER TABLE reports_of_old RENAME TO sections_report")
        assert statuses(ana) == {200}


def test_an_sqlite_file_that_another_program_keeps_for_itself(tmp_path):
    file = tmp_path / "report.sqlite3"
    with serving(tmp_path, f"sqlite:///{file}") as address:
        reader = Visitor(address)
        away = tmp_path / "away"
        os.rename(file, away)
        reader.get("/")  # closes the server's connection
        with closing(sqlite3.connect(away, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            os.rename(away, file)
            for path in PAGES:
                answer = reader.get(path)
                assert (answer.status, answer.seconds < 6) == (503, True), path
            answer = reader.get("/readyz")
            assert (answer.status, answer.seconds < 4) == (503, True)
            assert "locked" in answer.json()["reason"]
            other.execute("ROLLBACK")
        assert soon(reader, 200)
        assert statuses(reader) == {200}


@contextmanager
def small_disk(folder, megabytes):
    """A disk of that size, mounted at the folder."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        leave_out("no small disk can be mounted without administrator rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_the_disk_of_an_sqlite_file_is_full_and_then_read_only(tmp_path):
    with small_disk(tmp_path / "disk", 60) as disk:
        database = f"sqlite:///{disk}/report.sqlite3"
        with serving(tmp_path, database, DISK_RESERVE_MB="5") as address, editing(address) as (ana, path, fields):
            assert ana.get("/readyz").status == 200
            with open(disk / "ballast", "wb", buffering=0) as ballast, pytest.raises(OSError):
                while True:
                    ballast.write(b"-" * (1 << 14))
            assert statuses(ana) == {200}
            assert "is full or nearly so" in ana.get("/readyz").json()["reason"]
            refused = ana.post(path, fields | {"why": "Long. " * 80})
            for _ in range(60):  # the log of the database has a little room of its own
                if refused.status == 503:
                    break
                fields = forms.filled_in(ana.get(path).text) | {"description": f"{TYPED} {time.monotonic()}"}
                refused = ana.post(path, fields)
            again = forms.filled_in(refused.text)
            assert (refused.status, again["description"]) == (503, fields["description"])
            assert "The disk of the server is full." in refused.text
            (disk / "ballast").unlink()
            assert ana.post(path, again).status == 200
            assert fields["description"] in ana.get(path).text
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with serving(tmp_path, database, fills=False, DISK_RESERVE_MB="5") as address:
            assert statuses(Visitor(address)) == {200}
            refused = Visitor(address).log_in()
            assert (refused.status, "its database is read-only" in refused.text) == (503, True)


class Server:
    """A PostgreSQL of the test's own, by the address of its database."""

    def __init__(self, url):
        self.url, self.data = url, Path(unquote(urlsplit(url).netloc.rpartition("@")[2])) / "data"

    def ask(self, *statements):
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop(self):
        """Stops it; gives a function that starts it again."""
        number = int((self.data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{number}/cmdline").read_bytes().decode().split("\0")[:-1]
        owner = self.data.stat()
        os.kill(number, signal.SIGINT)
        while (self.data / "postmaster.pid").exists():
            time.sleep(0.05)
        options = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
        options |= {"cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return lambda: subprocess.Popen(command, **options)


@pytest.fixture
def server():
    if not Path("/proc/self/cmdline").exists():
        leave_out("no /proc, from which the command of a process can be read")
    try:
        with postgres.running() as url:
            yield Server(url)
    except postgres.NotHere as reason:
        leave_out(f"no PostgreSQL: {reason}")


def test_postgresql_is_stopped_made_read_only_and_started_again(tmp_path, server):
    with serving(tmp_path, server.url) as address, editing(address) as (ana, path, fields):
        assert statuses(ana) == {200}
        server.ask("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        time.sleep(1)
        assert statuses(ana) == {200}
        refused = ana.post(path, fields)
        assert (refused.status, forms.filled_in(refused.text)["description"]) == (503, TYPED)
        writing = "SET default_transaction_read_only = off"
        server.ask(writing, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
        time.sleep(1)
        assert ana.post(path, forms.filled_in(refused.text)).status == 200
        assert TYPED in ana.get(path).text

        fields = forms.filled_in(ana.get(path).text) | {"description": "Typed meanwhile."}
        start = server.stop()
        assert statuses(ana) == {503}
        lost = ana.post(path, fields)
        assert (lost.status, forms.filled_in(lost.text)["description"]) == (503, "Typed meanwhile.")
        assert ana.get("/healthz").status == 200
        assert ana.get("/readyz").json()["reason"] == "The database does not answer."
        process = start()
        try:
            assert soon(ana, 200)
            assert statuses(ana) == {200}
            assert ana.post(path, forms.filled_in(lost.text)).status == 200
            assert "Typed meanwhile." in ana.get(path).text
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
