"""Which thread works on a request: whoever reads a page never waits behind editors or those who combine filters.

Requests that combine choices ("?q=children&part=3") have one thread of each process, those to the desk two, all others
the rest. So robots that walk filter combinations wait for each other, and however many editors save at once, a process
computes two of their requests at a time and has as much left for readers as for each of them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIEnvironment

DESK = "/admin/"
COMBINING, EDITING = 1, 2


class ThreadPools:
    """Pools of threads: for readers, for requests that combine choices, and for the desk."""

    def __init__(self, threads: int) -> None:
        self._reading = ThreadPoolExecutor(max(threads - COMBINING - EDITING, 1), "request")
        self._combining = ThreadPoolExecutor(COMBINING, "combining request")
        self._editing = ThreadPoolExecutor(EDITING, "request to the desk")

    def submit(self, environ: WSGIEnvironment, work: Callable[..., None], *arguments: Any) -> None:
        """Has a thread work on the request."""
        lane = self._combining if "&" in environ["QUERY_STRING"] else self._reading
        (self._editing if environ["PATH_INFO"].startswith(DESK) else lane).submit(work, *arguments)

    def shutdown(self) -> None:
        """Begins nothing more, and waits for nothing."""
        for pool in (self._reading, self._combining, self._editing):
            pool.shutdown(wait=False, cancel_futures=True)
