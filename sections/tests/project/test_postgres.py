"""The PostgreSQL that the tests start for themselves, where there is none to be had or one is given."""

import sys

import pytest

from sections.tests.support import postgres

TELL = "import os, sys; sys.exit('%s|%s' % tuple(map(os.environ.get, ('TEST_DATABASE_URL', 'TEST_DATABASE_MISSING'))))"


@pytest.fixture
def without_postgres(monkeypatch, tmp_path):
    """A machine on which nothing can be found."""
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(postgres, "PIP_PACKAGE", "no_such_package")
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)


def test_it_tells_the_command_why_there_is_no_postgresql(without_postgres, capfd):
    assert postgres.main([sys.executable, "-c", TELL]) == 1
    assert capfd.readouterr().err == (
        "None|no PostgreSQL 14 or later is installed; the package no-such-package is not installed\n"
    )


def test_it_takes_the_newest_of_the_machines_programs(monkeypatch, tmp_path):
    for version in ("9", "13", "15", "17", "unfinished"):
        (tmp_path / version / "bin").mkdir(parents=True)
        if version != "17":
            (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    assert postgres._system_binaries(tmp_path) == tmp_path / "15" / "bin"


def test_it_uses_the_database_that_is_given(monkeypatch, capfd):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://ana@db.example/tests")
    monkeypatch.delenv("TEST_DATABASE_MISSING", raising=False)
    assert postgres.main([sys.executable, "-c", TELL]) == 1
    assert capfd.readouterr().err == "postgres://ana@db.example/tests|None\n"
