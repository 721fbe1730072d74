"""Which thread works on a request: whoever reads a page never waits behind those who combine filters.

Requests that combine choices ("?q=children&part=3") have one thread of each process, all others the rest. So robots
that walk filter combinations wait for each other, and a process gives them one thread at most.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

COMBINING = 1


class Lanes:
    """Two pools of threads, of which the second is for requests that combine choices."""

    def __init__(self, threads: int) -> None:
        self._reading = ThreadPoolExecutor(max(threads - COMBINING, 1), "request")
        self._combining = ThreadPoolExecutor(COMBINING, "combining request")

    def submit(self, query: str, work: Callable[..., None], *arguments: Any) -> None:
        """Has a thread work on the request whose address has this query."""
        (self._combining if "&" in query else self._reading).submit(work, *arguments)

    def shutdown(self) -> None:
        """Begins nothing more, and waits for nothing."""
        for pool in (self._reading, self._combining):
            pool.shutdown(wait=False, cancel_futures=True)
