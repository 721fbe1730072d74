"""Checks that each database can be reached, and that the replica is one."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error as DatabaseError
from django.db import connections

from .connecting import REPLICA, ask, why_not

IDENTITY = "SELECT system_identifier FROM pg_control_system()"


@register(Tags.database)
def check_reachable(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Why databases cannot be used."""
    return [message for alias in databases or () if (message := why_not(alias))]


@register(Tags.database)
def check_replica(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Why DATABASE_REPLICA_URL does not name a streaming replica of the primary."""
    if REPLICA not in (databases or ()) or why_not(REPLICA):
        return []
    ((in_recovery,),) = ask(connections[REPLICA], "SELECT pg_is_in_recovery()")
    if not in_recovery:
        message = "DATABASE_REPLICA_URL names a server that is no replica, so that reading stops when it fails."
        hint = "Name the replica, or all servers with ?target_session_attrs=standby; or unset DATABASE_REPLICA_URL."
        return [Warning(message, hint=hint, id="reports.W004")]
    try:
        same = ask(connections[REPLICA], IDENTITY) == ask(connections["default"], IDENTITY)
    except DatabaseError:  # the primary is down, or the user may not ask
        return []
    if not same:
        message = "DATABASE_REPLICA_URL names a replica of another server than that of DATABASE_URL."
        hint = "Make a replica of this server: pg_basebackup -R, see docs/operations.md."
        return [Warning(message, hint=hint, id="reports.W005")]
    return []
