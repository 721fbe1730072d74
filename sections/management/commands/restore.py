"""Restores the database from a backup, or says where the two differ."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from sections.models import content_changed
from sections.ops.backup import back_up
from sections.ops.read_only import read_only, switch_on
from sections.ops.restore import compare, needs_migrating, read_manifest, restore
from sections.search import service

from ._writing import WritingCommand, is_confirmed
from .backup import default_path


class Command(WritingCommand, BaseCommand):
    help = (
        "Restore the whole database from a backup. The present database is backed up first, and the restored one is "
        "compared with the backup, table by table."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument("--yes", action="store_true", help="Write without asking.")
        parser.add_argument(
            "--discard-present", action="store_true", help="Keep no backup of the present database, which is damaged."
        )
        parser.add_argument(
            "--check", "--dry-run", action="store_true", help="Say how the database differs, and write nothing."
        )

    def handle(self, *, file: Path, yes: bool, check: bool, discard_present: bool, **options: Any) -> None:
        if check:
            self._print_outcome(compare(file))
            return
        manifest = read_manifest(file)
        version = f" by version {manifest.version}" if manifest.version else ""
        self.stdout.write(f"{file} was made {manifest.made}{version} and holds {manifest.rows:,} rows.")
        question = "Replace the whole database? Type yes to go on: "
        if not yes and not is_confirmed(question):
            self.stdout.write("Nothing was written.")
            return
        state = None
        if discard_present or not connection.introspection.table_names():
            self.stdout.write("Restoring …")
        else:
            state, previous = read_only(), default_path("before-restore")
            back_up(previous)
            self.stdout.write(f"The present database is backed up in {previous}. Restoring …")
        differences = restore(file)
        if not differences and needs_migrating(manifest):
            self._update()
        if state and not state.by_environment:
            self._keep_read_only(state)
        self._print_outcome(differences)

    def _update(self):
        """Brings a database of an older version up to date."""
        self.stdout.write("Updating the tables …")
        call_command("migrate", interactive=False, verbosity=0)
        content_changed(names=True)
        if not service.is_up_to_date():
            service.rebuild()

    def _keep_read_only(self, state):
        """Sets the switch anew: the backup may say otherwise, or be older than the switch."""
        try:
            switch_on(state.reason)
        except DatabaseError:
            self.stderr.write("The site is not read-only any longer: the backup is from an older version.")

    def _print_outcome(self, differences: list[str]) -> None:
        if differences:
            raise CommandError("The database differs from the backup.\n" + "\n".join(differences))
        self.stdout.write("The database equals the backup, table by table.")
