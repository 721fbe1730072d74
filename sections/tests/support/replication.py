"""PostgreSQL servers that replicate by streaming, from the machine's own programs."""

import os
import signal
import subprocess
import time
from urllib.parse import urlencode

import psycopg

from sections.text.whole_numbers import whole_number

from .postgres import FAST_AND_FORGETFUL, initdb, run_options
from .site import free_port


class Server:
    """A PostgreSQL server on a port of this machine, with its data in a folder of its own."""

    def __init__(self, binaries, folder, name):
        self.binaries, self.data, self.log = binaries, folder / name, folder / f"{name}.log"
        self.folder, self.port, self.process = folder, free_port(), None
        self.data.mkdir(mode=0o700)

    def create(self):
        """Makes an empty cluster."""
        self._run(initdb(self.binaries, self.data))
        return self

    def copy(self, primary):
        """Makes a replica of another server that is running, as docs/operations.md says it."""
        command = [self.binaries / "pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast"]
        self._run([*command, "-h", "127.0.0.1", "-p", str(primary.port), "-U", "tests"])
        return self

    def start(self, seconds=30):
        """Starts the server and waits until it answers."""
        settings = [setting for setting in FAST_AND_FORGETFUL if not setting.startswith("listen")]
        settings += ["listen_addresses=127.0.0.1", f"port={self.port}"]
        command = [self.binaries / "postgres", "-D", self.data, "-k", self.folder]
        command += [part for setting in settings for part in ("-c", setting)]
        with open(self.log, "a") as output:
            self.process = subprocess.Popen(command, stdout=output, **run_options())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.connect().close()
                return self
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {self.log.read_text()[-2000:]}")

    def connect(self):
        """A connection to the server."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="tests", dbname="postgres", autocommit=True, connect_timeout=2
        )

    def ask(self, query):
        """The first value that the server answers to a query."""
        with self.connect() as connection:
            return connection.execute(query).fetchone()[0]

    def connections(self):
        """How many connections of the site the server has."""
        return self.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reports'")

    def kill(self):
        """Ends the server as a failing machine does."""
        self.process.kill()
        self.process.wait()
        # Its children end when they notice; until then they hold the folder.
        while self._children():
            time.sleep(0.02)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self):
        """Stops the server and all its children without closing a connection."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        """Lets the server go on."""
        self._signal(signal.SIGCONT)

    def stop(self):
        """Ends the server if it runs."""
        if self.process and self.process.poll() is None:
            self.thaw()
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=20)

    def _signal(self, number):
        for pid in (self.process.pid, *self._children()):
            os.kill(pid, number)

    def _children(self):
        """The processes of this server, which are those that use its data folder."""
        found = []
        for entry in os.scandir("/proc"):
            try:
                if entry.name.isdecimal() and os.readlink(f"{entry.path}/cwd") == str(self.data):
                    found.append(whole_number(entry.name))
            except OSError:
                continue
        return [pid for pid in found if pid != self.process.pid]

    def _run(self, command):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=120, **run_options(self.data))
        if done.returncode:
            raise RuntimeError(f"{command[0].name} failed: {done.stdout[-2000:]}")


def url(*servers, name="postgres", **options):
    """The address of a database that any of the servers may hold; libpq tries them in turn."""
    given = {"host": ",".join("127.0.0.1" for _ in servers), "port": ",".join(str(each.port) for each in servers)}
    return f"postgres://tests@/{name}?{urlencode(given | options)}"
