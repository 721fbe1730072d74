"""Writes a backup of the whole database."""

from argparse import ArgumentParser
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sections.ops.backup import back_up


class Command(BaseCommand):
    help = "Write the whole database into one file, as of one moment, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="The backup; a new file in DATA_DIR/backups if left out."
        )

    def handle(self, *, file: Path | None, **options: Any) -> None:
        path = (file or default_path()).absolute()
        if path.exists():
            raise CommandError(f"{path} already exists and was left as it is. Name another file.")
        self.stdout.write("Copying the database …")
        tables = back_up(path)
        rows = sum(table["rows"] for table in tables.values())
        self.stdout.write(f"{path}: {len(tables)} tables, {rows:,} rows.")
        self.stdout.write("Keep it as safe as the database: it holds the logins too.")


def default_path(beginning: str = "report") -> Path:
    """A new path in the folder of backups, with the time in its name."""
    stem = f"{beginning}-{datetime.now():%Y-%m-%d-%H%M%S}"
    names = chain([f"{stem}.zip"], (f"{stem}-{number}.zip" for number in count(2)))
    return next(path for path in (settings.DATA_DIR / "backups" / name for name in names) if not path.exists())
