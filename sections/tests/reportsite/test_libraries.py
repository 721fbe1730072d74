"""What a server process holds from its start on: only what its requests need."""

import os
import subprocess
import sys

import pytest

from reportsite import start
from sections.tests.support.site import ROOT, environment

# Libraries that a reader of pages never needs: some 10 MB for each of the first two.
WITHOUT = ("openpyxl", "docx", "lxml", "prometheus_client")


@pytest.mark.apart
def test_a_process_that_has_just_started_holds_no_library_that_pages_do_without(tmp_path):
    held = "import sys, reportsite.wsgi; print(*(name for name in sys.argv[1:] if sys.modules.get(name)))"
    told = environment(DATA_DIR=str(tmp_path), LOG_LEVEL="ERROR", DATABASE_URL="")
    command = [sys.executable, "-W", "ignore", "-c", held, *WITHOUT]
    assert subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True).stdout == "\n"


def test_the_threads_of_a_server_share_one_pool_of_memory_unless_told_otherwise(monkeypatch):
    for name in start.MEMORY:
        monkeypatch.setenv(name, "4")
    monkeypatch.delenv("MALLOC_ARENA_MAX")
    monkeypatch.setattr(os, "execv", lambda program, command: None)
    start._serve("127.0.0.1", 8000, 1)
    assert {name: os.environ[name] for name in start.MEMORY} == start.MEMORY | {"MALLOC_MMAP_THRESHOLD_": "4"}
