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
EDITOR, PASSWORD = "ana", "correct horse battery"


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
        postgres.run_options(folder)
        self.primary = replication.Server(binaries, folder, "primary").create().start()
        servers = [self.primary, replication.Server(binaries, folder, "replica")]
        self.replica = servers[1].copy(self.primary).start()
        self.told = {
            "DATABASE_URL": replication.url(*servers, target_session_attrs="read-write"),
            "DATABASE_REPLICA_URL": replication.url(*servers, target_session_attrs="standby"),
            "DATA_DIR": str(folder / "site"),
            "SECRET_KEY": "kept from nobody " * 3,
        }
        self.form = self.run("-m", "sections.tests.support.small_site").splitlines()[-1]
        self.sites = [application_server(folder, name, **self.told) for name in ("site-1", "site-2")]
        self.proxy = proxy(folder, self.sites)
        for each in (*self.sites, self.proxy):
            each.start()

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
    editor = Editor(machines.proxy.port, EDITOR, PASSWORD)
    readers_use_the_replica_and_editors_see_what_they_save(machines, editor)
    a_replica_that_fails_loses_no_request(machines)
    an_application_server_and_the_primary_fail_together(machines, editor)
    a_promoted_replica_takes_over(machines, editor)


def readers_use_the_replica_and_editors_see_what_they_save(machines, editor):
    before = machines.replica.ask("SELECT sum(xact_commit) FROM pg_stat_database")
    with Readers(machines.proxy.port, PATHS) as readers:
        for number in range(3):
            assert editor.describe(machines.form, f"Described {number} times.") == 302
            assert f"Described {number} times." in editor.ask(LAW).page
            time.sleep(1)
            assert [f"Described {number} times." in page for page in machines.pages()] == [True, True]
    assert readers.lost() == []
    assert machines.replica.readers() > 0
    assert before is not None


def a_replica_that_fails_loses_no_request(machines):
    with Readers(machines.proxy.port, PATHS) as readers:
        time.sleep(0.5)
        machines.replica.kill()
        killed = time.monotonic()
        time.sleep(4)
        machines.replica.start()
        time.sleep(4)
    assert readers.lost(killed) == []
    assert len(readers.after(killed + 4)) > 20
    assert machines.replica.readers() > 0


def an_application_server_and_the_primary_fail_together(machines, editor):
    with Readers(machines.proxy.port, PATHS) as readers:
        time.sleep(0.5)
        machines.primary.kill()
        machines.sites[0].kill()
        killed = time.monotonic()
        start = time.monotonic()
        assert editor.describe_fails(machines.form, "Lost.")
        assert time.monotonic() - start < 15
        time.sleep(4)
    assert readers.lost(killed) == []
    assert len(readers.after(killed + 2)) > 20


def a_promoted_replica_takes_over(machines, editor):
    with Readers(machines.proxy.port, PATHS) as readers:
        machines.replica.ask("SELECT pg_promote()")
        machines.sites[0].start()
        time.sleep(3)
        assert editor.describe(machines.form, "Described after the failure.") == 302
        time.sleep(1)
        assert ["Described after the failure." in page for page in machines.pages()] == [True, True]
    assert readers.lost() == []
