"""Writes the database as fixtures."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sections.exports.fixtures import write_fixtures


class Command(BaseCommand):
    help = "Write the reports, registers and links of the database as fixtures, for review and for loading elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--directory", type=Path, default=settings.FIXTURE_DIRS[0], help="Where to write.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be written, and write nothing.")

    def handle(self, *, directory: Path, dry_run: bool, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(f"There is no folder {directory}. Create it first, or name another with --directory.")
        try:
            files = write_fixtures(directory, dry_run)
        except OSError as error:
            raise CommandError(f"The fixtures cannot be written: {error}.") from error
        for name, records, outcome in files:
            self.stdout.write(f"{name}: {outcome}, {records:,} {'record' if records == 1 else 'records'}")
        counts = Counter(outcome for _, _, outcome in files)
        self.stdout.write(f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged.")
        if dry_run:
            self.stdout.write("Nothing was written.")
