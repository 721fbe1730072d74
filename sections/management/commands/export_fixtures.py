"""Writes the database back as fixtures."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sections.exports.fixtures import fixture_files, write_fixtures


class Command(BaseCommand):
    help = "Write the reports, registers and links of the database as fixtures, for review and for loading elsewhere."

    def add_arguments(self, parser):
        parser.add_argument("--directory", type=Path, default=settings.FIXTURE_DIRS[0], help="Where to write.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be written, and write nothing.")

    def handle(self, *, directory, dry_run, **options):
        if dry_run:
            for name, records in fixture_files():
                self.stdout.write(f"{name}: {len(records)} records")
            return
        if not directory.is_dir():
            raise CommandError(f"{directory} is no folder. Make it first, or name another with --directory.")
        for name, outcome in write_fixtures(directory).items():
            self.stdout.write(f"{name}: {outcome}")
