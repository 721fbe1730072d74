"""Keeps a server's process on one core of the machine, each process on another."""

import os
import socket

NAME = "paragraph-by-paragraph"
_claims = []  # a core stays claimed while its socket is open, so that one whose process has died is free again
_allowed = set()  # the cores that this process could roam before it kept to one


def keep_to_one(name: str = NAME) -> int | None:
    """The core that this process now stays on; None where it may roam, as each core has its process already.

    Of the threads of a Python process one runs at a time. Where they take turns on several cores, each finds what it
    needs in the cache of another; on one core, the same process answers up to half as many requests more.
    """
    if not hasattr(os, "sched_setaffinity"):  # only Linux has it
        return None
    if not _allowed:
        _allowed.update(os.sched_getaffinity(0))
        os.register_at_fork(after_in_child=lambda: _go_apart(name))
    for core in sorted(_allowed) if len(_allowed) > 1 else ():
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0{name}-core-{core}")  # a name of the machine's, not a file
            os.sched_setaffinity(0, {core})
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        return core
    return None


def _go_apart(name):
    """A server that reads the site before it forks must not leave all its processes on the one core of the first."""
    os.sched_setaffinity(0, _allowed)
    keep_to_one(name)
