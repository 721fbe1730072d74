"""Checks that the tables are those of this version of the code."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error as DatabaseError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .connecting import why_not

UNAPPLIED = "reports.W006"


@register(Tags.database)
def check_migrations(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Which migrations a database lacks, and which it has that this version does not know."""
    found = []
    for alias in databases or ():
        if why_not(alias):
            continue
        try:
            executor = MigrationExecutor(connections[alias])
        except DatabaseError:  # the user may not read the tables, which another check says
            continue
        loader = executor.loader
        lacking = executor.migration_plan(loader.graph.leaf_nodes())
        if lacking:
            message = f"The database {alias!r} lacks {len(lacking)} migrations, from {lacking[0][0]} on."
            hint = "manage.py migrate applies them, and so does make run."
            found.append(Warning(message, hint=hint, id=UNAPPLIED))
        known = set(loader.disk_migrations) | {key for each in loader.disk_migrations.values() for key in each.replaces}
        apps = {app for app, _ in known}
        foreign = sorted(key for key in loader.applied_migrations if key not in known and key[0] in apps)
        if foreign:
            message = f"The database {alias!r} is of a newer version of the site: it has {'.'.join(foreign[0])}."
            hint = "Run the version of the site that made the database, or restore a backup made with this one."
            found.append(Warning(message, hint=hint, id="reports.W007"))
    return found
