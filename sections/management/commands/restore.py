"""Restores the database from a backup, or says where the two differ."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sections.ops.backup import back_up
from sections.ops.restore import compare, read_manifest, restore

from .backup import default_path


class Command(BaseCommand):
    help = (
        "Restore the whole database from a backup. The present database is backed up first, and the restored one is "
        "compared with the backup, table by table."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument("--yes", action="store_true", help="Write without asking.")
        parser.add_argument(
            "--check", "--dry-run", action="store_true", help="Say how the database differs, and write nothing."
        )

    def handle(self, *, file: Path, yes: bool, check: bool, **options: Any) -> None:
        if check:
            self._print_outcome(compare(file))
            return
        manifest = read_manifest(file)
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{file} was made {manifest['made']} and holds {rows:,} rows.")
        question = "Replace the whole database? Type yes to go on: "
        if not yes and input(question).strip().lower() not in {"y", "yes"}:
            self.stdout.write("Nothing was written.")
            return
        previous = default_path("before-restore")
        back_up(previous)
        self.stdout.write(f"The present database is backed up in {previous}. Restoring …")
        self._print_outcome(restore(file))
        self.stdout.write("If the backup is from an older version of the site, now run: manage.py migrate")

    def _print_outcome(self, differences: list[str]) -> None:
        if differences:
            raise CommandError("The database differs from the backup.\n" + "\n".join(differences))
        self.stdout.write("The database equals the backup, table by table.")
