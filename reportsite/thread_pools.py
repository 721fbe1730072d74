"""Which thread works on a request: whoever reads a page never waits behind editors or those who combine choices.

Readers ask for pages, and search for words ("?q=children&page=2"). Requests that choose anything else ("?letter=B",
"?q=children&part=3", "?p=…:94") have one thread of each process, those to the desk two, all others the rest. So robots
that walk such choices wait for each other, and however many editors save at once, a process computes two of their
requests at a time and has as much left for readers as for each of them.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIEnvironment

from .request_kinds import DESK, PLAIN

CHOOSING, EDITING = 1, 2
READING = PLAIN | {"page", ""}
# Times the processor time of a request that chooses, before the next that waits: robots get a quarter of a processor.
REST = 3.0
LONGEST_REST = 2.0  # seconds


class ThreadPools:
    """Pools of threads: for readers, for requests that choose among what there is, and for the desk."""

    def __init__(self, threads: int) -> None:
        self._reading = ThreadPoolExecutor(max(threads - CHOOSING - EDITING, 1), "request")
        self._choosing = ThreadPoolExecutor(CHOOSING, "choosing request")
        self._editing = ThreadPoolExecutor(EDITING, "request to the desk")
        self._waiting = deque[None]()  # one for each request that chooses and has not begun

    def submit(self, environ: WSGIEnvironment, work: Callable[..., None], *arguments: Any) -> None:
        """Has a thread work on the request."""
        if environ["PATH_INFO"].startswith(DESK):
            self._editing.submit(work, *arguments)
        elif _names(environ["QUERY_STRING"]) <= READING:
            self._reading.submit(work, *arguments)
        else:
            self._waiting.append(None)
            self._choosing.submit(self._work_and_rest, work, *arguments)

    def _work_and_rest(self, work, *arguments):
        """Rests only while others wait, which a person and their browser do not notice."""
        self._waiting.pop()
        begun = time.thread_time()
        work(*arguments)
        if self._waiting:
            time.sleep(min(REST * (time.thread_time() - begun), LONGEST_REST))

    def shutdown(self) -> None:
        """Begins nothing more, and waits for nothing."""
        for pool in (self._reading, self._choosing, self._editing):
            pool.shutdown(wait=False, cancel_futures=True)


def _names(query: str) -> set[str]:
    """The names of the parameters, as they are written."""
    return {parameter.partition("=")[0] for parameter in query.split("&")}
