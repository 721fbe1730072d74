"""What the checks of databases share: a connection, or the message that says why there is none."""

from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error, Warning
from django.db import Error as DatabaseError
from django.db import NotSupportedError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"


def reachable(databases: Iterable[str] | None, vendor: str) -> Iterator[BaseDatabaseWrapper]:
    """The connections of that vendor among the aliases that are to be checked, without those that cannot be opened."""
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == vendor and why_not(alias) is None:
            yield connection


def why_not(alias: str) -> CheckMessage | None:
    """Why the database cannot be used; None where it can."""
    connection = connections[alias]
    kind = Warning if alias == REPLICA else Error  # without its replica the site works
    try:
        connection.ensure_connection()
    except NotSupportedError as error:
        hint = "Upgrade the database server." if connection.vendor == "postgresql" else "Upgrade Python or SQLite."
        return kind(f"The database {alias!r} is too old: {error}.", hint=hint, id="reports.E001")
    except DatabaseError as error:
        hint = "Check that the server runs, that the database exists, and that the URL names user and password."
        return kind(f"The database {alias!r} does not answer: {_one_line(error)}", hint=hint, id="reports.E002")
    return None


def ask(connection: BaseDatabaseWrapper, query: str, values: list[object] | None = None) -> list[tuple]:
    """The rows that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _one_line(error):
    return " ".join(str(error).split())
