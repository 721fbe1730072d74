"""Moves the site from SQLite to PostgreSQL, or back, or to another server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sections.ops.move import move, rows_to_copy
from sections.ops.target import Target


class Command(BaseCommand):
    help = (
        "Copy the whole site, with its history, users and search index, into an empty database of either kind, and "
        "compare both, table by table. This site's own database is only read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", help="sqlite:///folder/file.sqlite3 or postgres://user:password@host:5432/name")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be copied, and write nothing.")

    def handle(self, *, target: str, dry_run: bool, **options: Any) -> None:
        with Target(target) as opened:
            if dry_run:
                rows = rows_to_copy(opened)
                for table, number in rows.items():
                    self.stdout.write(f"{table}: {number:,} rows")
                self.stdout.write(f"{opened.name} is empty. {_counted(len(rows), sum(rows.values()))} would be copied.")
                return
            tables = move(opened, self.stdout.write)
        counted = _counted(len(tables), sum(table["rows"] for table in tables.values()))
        self.stdout.write(f"Both databases hold the same content: {counted}, equal by digest.")
        self.stdout.write("Now start the site with DATABASE_URL set to the new database. Editors log in again.")


def _counted(tables: int, rows: int) -> str:
    return f"{tables} tables with {rows:,} rows"
