"""How the worker processes of one server know whether those that replace them already serve.

gunicorn's reload starts new processes and ends the old ones at once, although the new ones take seconds to start. Two
numbers in memory that all share let the old ones go on until the new ones are ready.
"""

import mmap

# Made when the server is configured, before it forks.
_ages = memoryview(mmap.mmap(-1, 16)).cast("q")
_STARTED, _READY = 0, 1


def started(age: int) -> None:
    """The server has started a process of this age; later ones have a higher age."""
    _ages[_STARTED] = max(_ages[_STARTED], age)


def ready(age: int) -> None:
    """The process of this age serves, or will never serve."""
    _ages[_READY] = max(_ages[_READY], age)


def is_starting() -> bool:
    """Whether the latest processes have yet to serve."""
    return _ages[_READY] < _ages[_STARTED]
