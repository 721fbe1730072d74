"""The content version as a process last saw it, so that a cached page is served without asking the database."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections

INTERVAL = 0.25  # seconds between two reads
# Seconds for which former pages may serve on, while those asked for most are rendered in a new version. With the
# interval it makes less than the second within which readers see a change.
HEAD_START = 0.6
DEADLINE = 3.0  # seconds without an answer after which the database counts as unreachable; an error tells at once
PATIENCE = 0.5  # seconds that the first request waits for the first read

# In the WSGI environment of an answer from a replica: a content version that it has at least.
CONTENT_VERSION = "reportsite.content_version"

logger = logging.getLogger(__name__)


class VersionWatch:
    """Reads the version four times a second in a thread of its own, which begins with the first question.

    So no request waits for a database that does not answer. When the version has changed, `on_change` runs in another
    thread; the new version counts once that has ended, or after its head start. It runs again when the version has
    lasted for an interval.
    """

    def __init__(self, read: Callable[[], int], on_change: Callable[[], None]) -> None:
        self._read, self._on_change = read, on_change
        self._starting = threading.Lock()
        self._has_read = threading.Event()
        self._thread: threading.Thread | None = None
        self.known_version: int | None = None  # the one that counts
        self.newest_version: int | None = None  # what the last read told, which counts in a moment
        self._confirmed = 0.0  # when the database last told the version, by the monotonic clock
        self._has_failed = False  # the last read

    def version(self) -> int | None:
        """The version; None until the database has told it."""
        if self._thread is None or not self._thread.is_alive():  # not yet, or not in this fork of the process
            with self._starting:
                self._start()
        if self.known_version is None:
            self._has_read.wait(PATIENCE)
        return self.known_version

    @property
    def seconds_without_answer(self) -> int:
        """How long the database has not answered, in whole seconds from 1; 0 while it does."""
        passed = time.monotonic() - self._confirmed
        return max(int(passed), 1) if self._has_failed or passed > DEADLINE else 0

    def _start(self):
        if self._thread is None or not self._thread.is_alive():
            self._confirmed = time.monotonic()
            self._thread = threading.Thread(target=self._run, name="content version", daemon=True)
            self._thread.start()

    def _run(self):
        is_quiet = True  # whether what follows a change is done
        while True:
            begun = time.monotonic()
            self._read_version()
            if self.newest_version != self.known_version and self.known_version is not None:
                is_quiet = False
                self._run_on_change().join(HEAD_START)
            elif not (is_quiet or self._has_failed):
                is_quiet = True
                self._run_on_change()
            self.known_version = self.newest_version
            self._has_read.set()
            time.sleep(max(begun + INTERVAL - time.monotonic(), 0.0))

    def _run_on_change(self):
        thread = threading.Thread(target=self._on_change, name="page cache", daemon=True)
        thread.start()
        return thread

    def _read_version(self):
        error = None
        try:
            close_old_connections()
            self.newest_version = self._read()
            self._confirmed = time.monotonic()
        except Exception as exception:  # whatever it is, the thread must go on
            error = exception
        finally:
            close_old_connections()
        if bool(error) != self._has_failed:
            logger.warning("Reading the content version: %s", f"failed: {error}" if error else "works again")
        self._has_failed = bool(error)
