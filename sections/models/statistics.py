"""The database's statistics on its rows, by which it plans queries."""

from django.db import connection

SMALL = 20  # times as many rows as were added must be counted already, for the statistics to stay good


def update_statistics(added: int | None = None) -> None:
    """Counts the rows anew. Without it, queries after a bulk load may take minutes instead of milliseconds.

    With the number of paragraphs that were `added`, only where they are many beside those that were counted before:
    otherwise the cost of adding a report would grow with those that are there.
    """
    if added is not None and _counted("sections_paragraph") >= SMALL * added:
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _counted(table):
    """The number of rows of a table when the statistics were last brought up to date, or less."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", [table])
        elif "sqlite_stat1" in connection.introspection.table_names(cursor):
            cursor.execute("SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s", [table])
        else:
            return 0
        return max((int(count) for (count,) in cursor.fetchall()), default=0)
