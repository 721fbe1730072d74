"""Loads fixtures twice into emptied, vacuumed tables: `python -m sections.tests.support.loading_twice`.

Prints as JSON, for each time, how many rows of some tables the database plans with and how many there are. The
database is the one that DATABASE_URL names; it is empty before.
"""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sections.tests.support.killing_settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from sections.models import ArticleLink, Block, Mention, Paragraph, SearchDocument, SearchPosting  # noqa: E402
from sections.search.service import is_up_to_date  # noqa: E402

from .world import make_world  # noqa: E402

TABLES = (Paragraph, Block, Mention, ArticleLink, SearchDocument, SearchPosting)


def planned_with(model) -> int:
    """The number of rows that the database believes the table has; 0 where it never counted them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples::int FROM pg_class WHERE oid = %s::regclass", [table])
        else:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        row = cursor.fetchone()
    return int(str(row[0]).split()[0]) if row else 0


def empty():
    """Empties all tables and lets the database find them empty."""
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("ANALYZE")


def observe() -> list:
    """For each time what the database plans with beside what there is."""
    folder = Path(os.environ["DATA_DIR"]) / "fixtures"
    folder.mkdir()
    call_command("migrate", verbosity=0)
    make_world()
    call_command("export_fixtures", directory=folder, verbosity=0)
    seen = []
    for _ in range(2):
        empty()
        call_command("load_report", initial=True, directory=folder, verbosity=0)
        counts = {model.__name__: [planned_with(model), model.objects.count()] for model in TABLES}
        seen.append({"counts": counts, "up to date": is_up_to_date()})
    return seen


if __name__ == "__main__":
    print(json.dumps(observe()))
