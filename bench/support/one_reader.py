"""One reader of a server on this machine, and what the server takes of its memory."""

import http.client
import sys
import time
from collections.abc import Callable
from pathlib import Path


def asking(port: int) -> Callable[[str], float]:
    """A function that asks the server for a path and returns the milliseconds of the answer."""

    def ask(path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        took = 1000 * (time.perf_counter() - start)
        connection.close()
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}.")
        return took

    return ask


def memory(port: int) -> float:
    """The memory of the server's process that answers, in megabytes."""
    pids = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
    used = []
    for pid in pids:
        try:
            if f"127.0.0.1:{port}" in Path(f"/proc/{pid}/cmdline").read_text():
                (line,) = (row for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row[:5] == "VmRSS")
                used.append(int(line.split()[1]) / 1024)
        except OSError:
            continue
    return max(used, default=0.0)
