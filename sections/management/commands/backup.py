"""Writes a backup of the whole database."""

from datetime import datetime
from itertools import chain, count
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sections.ops.backup import BackupFault, back_up


class Command(BaseCommand):
    help = "Write the whole database into one file, as of one moment, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="Where to; a new file in DATA_DIR/backups if left out.")

    def handle(self, *, file, **options):
        path = (file or default_path()).absolute()
        if path.exists():
            raise CommandError(f"{path} is there already and was left as it is. Name another file.")
        try:
            digests = back_up(path)
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        rows = sum(table["rows"] for table in digests.values())
        self.stdout.write(f"{path}: {len(digests)} tables, {rows:,} rows.")
        self.stdout.write("Keep it as you would keep the database: it holds the logins too.")


def default_path(beginning="report") -> Path:
    """A new name in the folder of backups, with the time in it."""
    stem = f"{beginning}-{datetime.now():%Y-%m-%d-%H%M%S}"
    names = chain([f"{stem}.zip"], (f"{stem}-{number}.zip" for number in count(2)))
    return next(path for path in (settings.DATA_DIR / "backups" / name for name in names) if not path.exists())
