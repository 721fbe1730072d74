"""How long this process took to read the search index the last time, for those who watch the site."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple


class Load(NamedTuple):
    """The content version of what was read, 0 before the first time, and the seconds it took."""

    version: int
    seconds: float


_last = Load(0, 0.0)


def timed(load: Callable[..., Any]) -> Callable[..., Any]:
    """The function, whose result has a version, with its time remembered."""

    @wraps(load)
    def timed_load(*arguments, **options):
        global _last
        begun = time.perf_counter()
        loaded = load(*arguments, **options)
        _last = Load(loaded.version.content, time.perf_counter() - begun)
        return loaded

    return timed_load


def last_load() -> Load:
    """The last time that the index, or what had changed of it, was read."""
    return _last
