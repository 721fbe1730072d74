"""Which core of the machine a server's process stays on."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest

from sections.tests.support.house import ROOT

FORK = """
import os, sys
from reportsite import cores
first = cores.keep_to_one(sys.argv[1])
if os.fork() == 0:
    print(first, *os.sched_getaffinity(0))
    sys.exit()
os.wait()
"""

SAY = "import sys; from reportsite import cores; print(cores.keep_to_one(sys.argv[1]), flush=True); sys.stdin.read()"


def start(name):
    """A process that keeps to a core while its standard input is open, and which core it says that is."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", SAY, name], cwd=ROOT, **pipes)
    return process, process.stdout.readline().strip()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only Linux keeps processes on cores")
def test_it_gives_each_process_a_core_of_its_own_while_there_are_some():
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        pytest.skip("the machine has but one core")
    name = f"test-{uuid4().hex}"
    started = [start(name) for _ in range(len(cores) + 1)]
    try:
        assert [core for _, core in started] == [*map(str, cores), "None"]
        first, core = started.pop(0)
        first.communicate("")
        started.append(start(name))
        assert started[-1][1] == core
    finally:
        for process, _ in started:
            process.communicate("")


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="only Linux keeps processes on cores")
def test_it_lets_no_fork_crowd_the_core_of_its_parent():
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("the machine has but one core")
    made = subprocess.run(
        [sys.executable, "-c", FORK, f"test-{uuid4().hex}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    parent, *child = made.stdout.split()
    assert len(child) == 1
    assert child != [parent]
