"""What a server process holds from its start on: only what its requests need."""

import subprocess
import sys

import pytest

from sections.tests.support.site import ROOT, environment

# Libraries that a reader of pages never needs: some 10 MB for each of the first three.
WITHOUT = ("openpyxl", "psycopg", "requests", "docx", "lxml", "prometheus_client")


@pytest.mark.apart
def test_a_process_that_has_just_started_holds_no_library_that_pages_do_without(tmp_path):
    held = "import sys, reportsite.wsgi; print(*(name for name in sys.argv[1:] if sys.modules.get(name)))"
    told = environment(DATA_DIR=str(tmp_path), LOG_LEVEL="ERROR", DATABASE_URL="")
    command = [sys.executable, "-W", "ignore", "-c", held, *WITHOUT]
    assert subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True).stdout == "\n"
