"""Several threads that ask for the index while one of them reads a newer version of it; without a database."""

import threading

from sections.models.content_version import Version
from sections.search import snapshot
from sections.search.snapshot import Snapshot, current


class Turns:
    """Stands for the database: a version that can be raised, and a read that waits to be let go on."""

    def __init__(self, monkeypatch):
        self.version = Version(1, 1)
        self.began, self.go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(snapshot, "_latest", Snapshot(self.version, (), True))
        monkeypatch.setattr(snapshot, "current_version", lambda: self.version)
        monkeypatch.setattr(snapshot, "load", self.load)
        monkeypatch.setattr(snapshot, "own_version", lambda: 0)

    def load(self, base):
        self.began.set()
        assert self.go_on.wait(30)
        return Snapshot(self.version, (), True)


def test_while_one_thread_reads_the_others_are_given_the_former_version(monkeypatch):
    turns, got = Turns(monkeypatch), []
    turns.version = Version(2, 1)
    reader = threading.Thread(target=lambda: got.append(current().version.content))
    reader.start()
    assert turns.began.wait(30)
    assert current().version.content == 1
    turns.go_on.set()
    reader.join()
    assert (got, current().version.content) == ([2], 2)


def test_the_thread_that_made_the_change_waits_for_it(monkeypatch):
    turns, got = Turns(monkeypatch), []
    turns.version = Version(2, 1)
    reader = threading.Thread(target=current)
    reader.start()
    assert turns.began.wait(30)

    def edit_and_read():
        monkeypatch.setattr(snapshot, "own_version", lambda: 2)
        got.append(current().version.content)

    editor = threading.Thread(target=edit_and_read)
    editor.start()
    editor.join(0.2)
    assert got == []
    turns.go_on.set()
    editor.join()
    reader.join()
    assert got == [2]
