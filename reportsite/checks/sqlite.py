"""Checks of an SQLite file: SQLite lets readers and writers work side by side only on a disk of the same machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from .connecting import ask, reachable

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "gfs2", "ocfs2"}
MOUNTS = Path("/proc/self/mounts")
HINT = "Put DATA_DIR on a disk of this machine, or use PostgreSQL."


@register(Tags.database)
def check_sqlite(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What is wrong with the place of the file."""
    found = []
    for connection in reachable(databases, "sqlite"):
        if connection.is_in_memory_db():
            continue
        path = Path(connection.settings_dict["NAME"])
        kind = file_system(path)
        if kind in NETWORK or kind.startswith("fuse."):
            message = f"{path} is on a network file system ({kind}), where SQLite may be damaged."
            found.append(Warning(message, hint=HINT, id="reports.W008"))
        ((mode,),) = ask(connection, "PRAGMA journal_mode")
        if mode != "wal":
            message = f"SQLite cannot keep a write-ahead log beside {path}, so that readers wait for each save."
            found.append(Warning(message, hint=HINT, id="reports.W009"))
        if settings.APPLICATION_SERVERS > 1:
            message = "Several application servers cannot share one SQLite file."
            hint = "Move to PostgreSQL with manage.py move_database, or set APPLICATION_SERVERS=1."
            found.append(Error(message, hint=hint, id="reports.E011"))
    return found


def file_system(path: Path) -> str:
    """The kind of the file system that the path is on, as the system names it; "" where it does not say."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounted = [line.split(" ")[1:3] for line in lines]
    above = {str(folder) for folder in (path.absolute(), *path.absolute().parents)}
    fitting = [(place.replace("\\040", " "), kind) for place, kind in mounted if place.replace("\\040", " ") in above]
    return max(fitting, key=lambda pair: len(pair[0]), default=("", ""))[1]
