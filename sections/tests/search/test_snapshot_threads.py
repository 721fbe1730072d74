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
        self.version = Version(1, 1)
        self.began, self.go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(snapshot, "_latest", {1: Scope(self.version, 1, ())})
        monkeypatch.setattr(snapshot, "current_version", lambda: self.version)
        monkeypatch.setattr(snapshot, "load", self.load)
        monkeypatch.setattr(snapshot, "own_version", lambda: 0)

    def load(self, report, base):
        self.began.set()
        assert self.go_on.wait(30)
        return Scope(self.version, report, ())


def test_while_one_thread_reads_the_others_are_given_the_former_version(monkeypatch):
    turns, got = Turns(monkeypatch), []
    turns.version = Version(2, 1)
    reader = threading.Thread(target=lambda: got.append(current(1).version.content))
    reader.start()
    assert turns.began.wait(30)
    assert current(1).version.content == 1
    turns.go_on.set()
    reader.join()
    assert (got, current(1).version.content) == ([2], 2)


def test_the_thread_that_made_the_change_waits_for_it(monkeypatch):
    turns, got = Turns(monkeypatch), []
    turns.version = Version(2, 1)
    reader = threading.Thread(target=current, args=(1,))
    reader.start()
    assert turns.began.wait(30)

    def edit_and_read():
        monkeypatch.setattr(snapshot, "own_version", lambda: 2)
        got.append(current(1).version.content)

    editor = threading.Thread(target=edit_and_read)
    editor.start()
    editor.join(0.2)
    assert got == []
    turns.go_on.set()
    editor.join()
    reader.join()
    assert got == [2]


def test_the_reports_asked_for_last_are_held_as_far_as_there_is_room(monkeypatch):
    version, read = Version(1, 1), []
    monkeypatch.setattr(snapshot, "_latest", LRUCache(2 * snapshot.OF_A_REPORT, getsizeof=snapshot._size))
    monkeypatch.setattr(snapshot, "load", lambda report, base: read.append(report) or Scope(version, report, ()))
    for report in (1, 2, 1, 3, 1, 2):
        assert current(report, version).report == report
    assert read == [1, 2, 3, 2]
