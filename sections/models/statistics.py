"""The database's statistics on its rows, by which it plans queries."""

from django.db import DEFAULT_DB_ALIAS, connections


def update_statistics(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Counts the rows anew. Without it, queries after a bulk load may take minutes instead of milliseconds."""
    with connections[alias].cursor() as cursor:
        cursor.execute("ANALYZE")
