"""Several processes on one database: all see an edit at once, and none waits for a writer."""

import json
import os
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest

from sections.tests.support.site import ROOT, environment


@pytest.fixture
def database(tmp_path):
    """The address of an empty database of its own, of the kind that the tests run on."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path}/site.sqlite3"
        return
    name = f"beside_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(module, database, folder):
    """What a module of the tests' support prints last, run on the database in a process of its own."""
    told = environment(DATA_DIR=str(folder), DATABASE_URL=database, SECRET_KEY="kept from nobody " * 3)
    command = [sys.executable, "-m", f"sections.tests.support.{module}"]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.long
def test_no_reader_waits_for_a_writer_and_all_see_an_edit_at_once(database, tmp_path):
    before, after = {"failed": [], "count": 5}, {"failed": [], "count": 4}
    assert run("beside_writer", database, tmp_path) == {
        "here before": before,
        "elsewhere before": before,
        "here": after,
        "elsewhere": after,
        "started meanwhile": after,
        "here after": after,
        "elsewhere after": after,
    }


@pytest.mark.long
def test_loading_into_emptied_tables_leaves_the_database_with_statistics_each_time(database, tmp_path):
    first, second = run("loading_twice", database, tmp_path)
    assert first == second
    assert first["up to date"]
    assert {name: there for name, (_, there) in first["counts"].items() if not there} == {}
    assert {name: planned for name, (planned, _) in first["counts"].items()} == {
        name: there for name, (_, there) in first["counts"].items()
    }


@pytest.mark.long
def test_threads_that_search_while_another_edits_lose_no_hit(database, tmp_path):
    assert run("searching_beside_edits", database, tmp_path) == {"problems": [], "last": [1, 3, 5, 7, 9]}
