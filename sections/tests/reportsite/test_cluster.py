"""Several machines: a primary and a replica, two application servers behind nginx, and what is lost when they fail."""

import subprocess
import sys
import time

import pytest

from sections.tests.conftest import leave_out
from sections.tests.support import cluster, postgres, replication
from sections.tests.support.cluster import Editor, Readers, application_server, ask, proxy
from sections.tests.support.site import ROOT, environment

PATHS = [
    "/",
    "/XXX/C/EXA/1/paragraphs/7/",
    "/search/?q=travellers+{number}",
    "/laws/travellers-act/",
    "/api/v1/search/?q=office+{number}",
]
LAW = "/laws/travellers-act/"
READERS = 4


@pytest.fixture
def binaries():
    """The machine's programs of PostgreSQL; the test is left out where they or nginx are missing."""
    if cluster.nginx() is None:
        leave_out("nginx is not installed")
    try:
        found = postgres.system_binaries()
    except postgres.NotHere as reason:
        leave_out(str(reason))
    if not (found / "pg_basebackup").exists():
        leave_out(f"{found} has no pg_basebackup")
    return found


class Machines:
    """Two database servers, two application servers, and the proxy before them."""

    def __init__(self, binaries, folder):
        self.folder = folder
        postgres.run_options(folder)
        self.primary = replication.Server(binaries, folder, "primary").create().start()
        servers = [self.primary, replication.Server(binaries, folder, "replica")]
        self.replica = servers[1].copy(self.primary).start()
        self.told = {
            "DATABASE_URL": replication.url(*servers, target_session_attrs="read-write"),
            "DATABASE_REPLICA_URL": replication.url(*servers, target_session_attrs="standby"),
            "DATA_DIR": str(folder / "site"),
            "SECRET_KEY": "kept from nobody " * 3,
            "SITE_URL": "http://127.0.0.1",  # so that pages are kept, whatever the proxy's port
            "LOG_LEVEL": "WARNING",
        }
        self.form = self.run("-m", "sections.tests.support.small_site").splitlines()[-1]
        self.sites = [application_server(folder, name, **self.told) for name in ("site-1", "site-2")]
        self.proxy = proxy(folder, self.sites)
        processes = [each.start() for each in (*self.sites, self.proxy)]
        for each in processes:
            each.wait()

    def run(self, *command):
        """What a Python of ours prints on the cluster."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment(**self.told), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def pages(self):
        """The page of the Act on each application server."""
        return [ask(site.port, LAW).page for site in self.sites]

    def stop(self):
        """Ends whatever still runs."""
        for process in (*getattr(self, "sites", ()), getattr(self, "proxy", None)):
            if process:
                process.kill()
        for server in (getattr(self, "replica", None), self.primary):
            if server:
                server.stop()


@pytest.fixture
def machines(binaries):
    """The machines, all of them running."""
    with postgres.short_folder() as folder:
        made = Machines.__new__(Machines)
        try:
            made.__init__(binaries, folder)
            yield made
        finally:
            made.stop()


@pytest.mark.apart
@pytest.mark.long
def test_only_requests_in_flight_are_lost_when_machines_fail(machines):
    editor = Editor(machines.proxy.port)
    readers_use_the_replica_and_editors_see_what_they_save(machines, editor)
    a_replica_that_freezes_loses_no_request(machines)
    an_application_server_and_the_primary_fail_together(machines, editor)
    the_promoted_replica_takes_over(machines, editor)


def readers_use_the_replica_and_editors_see_what_they_save(machines, editor):
    with Readers(machines.proxy.port, PATHS, READERS) as readers:
        for number in range(2):
            save(machines, editor, f"Described {number} times.")
        machines.run("manage.py", "backup", str(machines.folder / "backup.zip"))
    assert readers.failed() == []
    assert machines.replica.connections() > 0


def save(machines, editor, words):
    """Saves the Act with a description: the editor sees it at once, readers on both servers within a second."""
    assert editor.ask(machines.form, editor.described(machines.form, words)).status == 302
    assert words in editor.ask(LAW).page
    time.sleep(1)
    assert [words in page for page in machines.pages()] == [True, True]


def a_replica_that_freezes_loses_no_request(machines):
    with Readers(machines.proxy.port, PATHS, READERS) as readers:
        time.sleep(0.5)
        machines.replica.freeze()
        time.sleep(7)
        settled = time.monotonic()
        time.sleep(1)
        machines.replica.thaw()
        time.sleep(4)  # until the servers have found that it answers again
    assert readers.failed() == []
    assert len(readers.since(settled)) > 2 * READERS


def an_application_server_and_the_primary_fail_together(machines, editor):
    unsaved = editor.described(machines.form, "Never saved.")
    with Readers(machines.proxy.port, PATHS, READERS) as readers:
        time.sleep(0.5)
        machines.primary.kill()
        machines.sites[0].kill()
        killed = time.monotonic()
        assert editor.ask(machines.form, unsaved).status >= 500
        assert time.monotonic() - killed < 15
        assert editor.ask(LAW).status == 200
        assert "The replica serves readers." in machines.run("-c", "from reportsite.start import _set_up; _set_up()")
        assert ask(machines.sites[1].port, "/readyz").status == 200
    assert readers.failed(after=killed) == []
    assert len(readers.failed()) <= READERS  # those in flight
    assert len(readers.since(killed)) > 5 * READERS


def the_promoted_replica_takes_over(machines, editor):
    with Readers(machines.proxy.port, PATHS, READERS) as readers:
        machines.replica.ask("SELECT pg_promote()")
        machines.sites[0].start().wait()
        time.sleep(2)
        assert "Never saved." not in editor.ask(LAW).page
        save(machines, editor, "Described after the failure.")
    assert readers.failed() == []
