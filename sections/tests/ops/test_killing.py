"""A process killed with SIGKILL in the midst of an act leaves the state before the act or after it, nothing between.

KILLS=70 kills so many times; KILL_CONTENT=whole takes the whole report, with which it is long, for the made-up one.
"""

import json
import os
import subprocess
import sys
from uuid import uuid4

import pytest

from sections.tests.support.site import ROOT, environment

FEW = 10


@pytest.mark.long
def test_a_killed_process_leaves_all_or_nothing(tmp_path):
    kills, content = int(os.environ.get("KILLS") or FEW), os.environ.get("KILL_CONTENT") or "made-up"
    server = os.environ.get("TEST_DATABASE_URL")
    named = f"{server.rpartition('/')[0]}/kill_{uuid4().hex[:8]}" if server else f"sqlite:///{tmp_path}/site.sqlite3"
    told = environment(DATA_DIR=str(tmp_path), DATABASE_URL=named, SECRET_KEY="kept from nobody " * 3)
    options = ["--kills", str(kills), "--content", content, "--folder", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "sections.tests.support.killing", *options],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    outcome = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(outcome, indent=1))
    assert outcome["torn"] == []
    assert outcome["kills"] == kills
    assert outcome["at work"] >= outcome["kills"] // 3
