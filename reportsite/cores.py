"""Keeps a server's process on one core of the machine, each process on another."""

import os
import socket

NAME = "paragraph-by-paragraph"
_claims = []  # a core stays claimed while its socket is open, so that one whose process has died is free again


def keep_to_one(name: str = NAME) -> int | None:
    """The core that this process now stays on; None where it may roam, as each core has its process already.

    Of the threads of a Python process one runs at a time. Where they take turns on several cores, each finds what it
    needs in the cache of another; on one core, the same process answers up to half as many requests more.
    """
    if not hasattr(os, "sched_setaffinity"):  # only Linux has it
        return None
    cores = sorted(os.sched_getaffinity(0))
    for core in cores if len(cores) > 1 else ():
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
