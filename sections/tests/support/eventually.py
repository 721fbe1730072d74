"""Waiting for what a busy machine does a little later."""

import time


def eventually(condition, seconds=20):
    """Waits until the condition, a function, holds; AssertionError where it does not hold in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not become true in time"
        time.sleep(0.02)
