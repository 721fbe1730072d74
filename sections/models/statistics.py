"""The database's statistics on its rows, by which it plans queries."""

from django.db import DEFAULT_DB_ALIAS, connections


def update_statistics(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Counts the rows anew. Without it, queries after a bulk load may take minutes instead of milliseconds."""
    connection = connections[alias]
    quoted = map(connection.ops.quote_name, connection.introspection.table_names())
    # PostgreSQL's own tables, some of which all databases share, stay as they are: analysing them waits for others.
    tables = ", ".join(quoted) if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
