"""Connections that the threads of a server process share."""

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

# By database the seconds that a request waits for a connection, and what it then gets; named, because a site on SQLite
# never imports psycopg, which takes 10 MB.
POOLED = {
    "default": (3.0, "reportsite.postgresql.base.SharedConnection"),
    "replica": (1.0, "reportsite.postgresql.base.ReplicaConnection"),
}


def share_connections() -> None:
    """Lets the threads of this process share a pool of connections to each PostgreSQL; to be called before the first.

    Commands use one connection for a short time, so that a pool would only cost them time, threads and clear errors.
    """
    sizes = settings.DATABASE_POOL
    for alias, (wait, kind) in POOLED.items():
        database = connections.settings.get(alias, {})
        if sizes["max_size"] and database.get("ENGINE") == "reportsite.postgresql":
            # A connection that is lost is replaced for the next request, not by attempts in the background.
            database["OPTIONS"]["pool"] = sizes | {
                "timeout": wait,
                "reconnect_timeout": wait,
                "connection_class": import_string(kind),
                "name": alias,
            }
            database["CONN_MAX_AGE"] = 0  # as the pool keeps them
