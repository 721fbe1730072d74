"""What a process holds of the index, and threads that ask for it while one of them reads; without a database."""

import threading

from cachetools import LRUCache

from sections.models.content_version import Version
from sections.search import snapshot
from sections.search.scope import Scope
from sections.search.snapshot import current


class Turns:
    """Stands for the database: a version that can be raised, and a read that waits to be let go on."""

    def __init__(self, monkeypatch):
        self.version, self.reads = Version(1, 1), 0
        self.began, self.go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(snapshot, "_latest", {1: Scope(self.version, 1, ())})
        monkeypatch.setattr(snapshot, "current_version", lambda: self.version)
        monkeypatch.setattr(snapshot, "load", self.load)

    def load(self, report, base):
        self.reads += 1
        self.began.set()
        assert self.go_on.wait(30)
        return Scope(self.version, report, ())


def test_one_thread_reads_a_newer_version_and_all_others_wait_for_it(monkeypatch):
    turns, got = Turns(monkeypatch), []
    turns.version = Version(2, 1)
    threads = [threading.Thread(target=lambda: got.append(current(1).version.content)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert turns.began.wait(30)
    threads[-1].join(0.1)
    assert got == []
    turns.go_on.set()
    for thread in threads:
        thread.join()
    assert (got, turns.reads) == ([2, 2, 2], 1)


def test_a_version_that_takes_long_to_read_keeps_nobody_waiting_and_is_counted(monkeypatch):
    turns, got, before = Turns(monkeypatch), [], snapshot.times_behind()
    monkeypatch.setattr(snapshot, "PATIENCE", 0.05)
    turns.version = Version(2, 1)
    reader = threading.Thread(target=lambda: got.append(current(1).version.content))
    reader.start()
    assert turns.began.wait(30)
    assert (current(1).version.content, snapshot.times_behind() - before) == (1, 1)
    turns.go_on.set()
    reader.join()
    assert (got, current(1).version.content, snapshot.times_behind() - before) == ([2], 2, 1)


def test_the_reports_asked_for_last_are_held_as_far_as_there_is_room(monkeypatch):
    version, read = Version(1, 1), []
    monkeypatch.setattr(snapshot, "_latest", LRUCache(2 * snapshot.OF_A_REPORT, getsizeof=snapshot._size))
    monkeypatch.setattr(snapshot, "load", lambda report, base: read.append(report) or Scope(version, report, ()))
    for report in (1, 2, 1, 3, 1, 2):
        assert current(report, version).report == report
    assert read == [1, 2, 3, 2]
