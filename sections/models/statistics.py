"""The database's statistics on its rows, by which it plans queries."""

from django.db import DEFAULT_DB_ALIAS, connections

SMALL = 20  # times as many rows as were added must be counted already, for the statistics to stay good


def update_statistics(added: int | None = None, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Counts the rows anew. Without it, queries after a bulk load may take minutes instead of milliseconds.

    With the number of paragraphs that were `added`, only where they are many beside those that were counted before:
    otherwise the cost of adding a report would grow with those that are there.
    """
    connection = connections[alias]
    if added is not None and _counted(connection, "sections_paragraph") >= SMALL * added:
        return
    quoted = map(connection.ops.quote_name, connection.introspection.table_names())
    # PostgreSQL's own tables, some of which all databases share, stay as they are: analysing them waits for others.
    tables = ", ".join(quoted) if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _counted(connection, table):
    """The number of rows of a table when the statistics were last brought up to date, or less."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [table])
        elif "sqlite_stat1" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s", [table])
        else:
            return 0
        return max((int(count) for (count,) in cursor.fetchall()), default=0)
