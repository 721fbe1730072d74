"""How the threads of a process are shared."""

import threading
import time
from types import SimpleNamespace

import pytest

from reportsite import thread_pools
from reportsite.thread_pools import ThreadPools

WORK = 0.05  # seconds of processor time


@pytest.fixture
def pools():
    pools = ThreadPools(5)
    yield pools
    pools.shutdown()


def asked(path, query=""):
    return {"PATH_INFO": path, "QUERY_STRING": query}


def compute(ends):
    begun = time.thread_time()
    while time.thread_time() - begun < WORK:
        pass
    ends.append(time.monotonic())


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("/", "", "request"),
        ("/search/", "q=migrant+workers", "request"),
        ("/search/", "q=migrant+workers&page=2", "request"),
        ("/institutions/", "text=INM", "request"),
        ("/api/v1/search/", "q=INM&limit=20", "request"),
        ("/search/", "q=children&part=3", "choosing"),
        ("/search/", "part=3&q=children", "choosing"),
        ("/institutions/", "letter=B", "choosing"),
        ("/basket/", "p=CMW/C/MEX/3:94", "choosing"),
        ("/admin/", "", "desk"),
        ("/admin/sections/entry/", "q=INM", "desk"),
    ],
)
def test_a_request_has_a_thread_of_its_kind(pools, path, query, name):
    threads = []
    done = threading.Event()
    pools.submit(asked(path, query), lambda: (threads.append(threading.current_thread().name), done.set()))
    assert done.wait(5) and name in threads[0]


def test_requests_that_choose_rest_between_each_other(pools):
    ends = []
    for _ in range(3):
        pools.submit(asked("/search/", "q=a&part=3"), compute, ends)
    pools._choosing.shutdown(wait=True)
    assert ends[2] - ends[0] >= 2 * (1 + thread_pools.REST) * WORK


def test_one_that_nobody_waits_behind_does_not_rest(pools, monkeypatch):
    rests = []
    clock = SimpleNamespace(thread_time=time.thread_time, sleep=rests.append)  # other threads sleep as they must
    monkeypatch.setattr(thread_pools, "time", clock)
    pools.submit(asked("/search/", "q=a&part=3"), compute, [])
    pools._choosing.shutdown(wait=True)
    assert rests == []
