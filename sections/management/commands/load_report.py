"""Loads the fixtures into the database, after saying what that would change."""

from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sections.exports.fixtures import fixture_files, in_load_order
from sections.models import Change, GeneratedReason, Report, changing, decisions_from_files, recording_all

from ._writing import WritingCommand, is_confirmed

MAX_LISTED = 40  # records that differ
Records = dict[tuple[str, tuple], dict[str, Any]]  # model and natural key → fields


class Command(WritingCommand, BaseCommand):
    help = (
        "Load the fixtures. Says what would be added and changed, and asks before it writes. Records that only the "
        "database has are never removed, and people's decisions on links stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--initial", action="store_true", help="Do nothing when the database holds a report.")
        parser.add_argument("--yes", action="store_true", help="Write without asking.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and write nothing.")
        parser.add_argument(
            "--take-decisions", action="store_true", help="Let reviews in the files replace those made here."
        )
        parser.add_argument("--directory", type=Path, default=settings.FIXTURE_DIRS[0], help="Where the fixtures are.")

    def handle(
        self, *, initial: bool, yes: bool, dry_run: bool, take_decisions: bool, directory: Path, **options: Any
    ) -> None:
        if initial and Report.objects.exists():
            self.stdout.write("The database already holds a report; nothing was loaded.")
            return
        files = in_load_order(directory)
        if not files:
            raise CommandError(f"There are no fixtures in {directory}. Name their folder with --directory.")
        with decisions_from_files() if take_decisions else nullcontext():
            trial = dry_run or not (yes or initial)
            if trial:
                # Loaded and rolled back before the question, so that no transaction waits for the answer.
                changed, question = self._load(files, keep=False), "Overwrite what differs? Type yes to go on: "
                if dry_run or (changed and not is_confirmed(question)):
                    self.stdout.write("Nothing was written.")
                    return
            self._load(files, keep=True, compare=not trial)
        self.stdout.write(f"Loaded {len(files)} fixture files.")

    def _load(self, files: list[Path], *, keep: bool, compare: bool = True) -> int:
        """Loads the files in one transaction, which is kept or rolled back; returns how many records differed."""
        self.stdout.write(f"Reading {len(files)} fixture files …")
        with changing(Change.Kind.LOAD, GeneratedReason.FIXTURES):
            before = _records() if compare else {}
            with recording_all():
                call_command("loaddata", *map(str, files), verbosity=0)
            changed = self._print_differences(before, _records()) if compare else 0
            if not keep:
                transaction.set_rollback(True)
        return changed

    def _print_differences(self, before: Records, after: Records) -> int:
        """Prints the differences in counts, and the records that would be overwritten; returns their number."""
        added = Counter(model for model, key in after.keys() - before.keys())
        changed = [record for record in before if after[record] != before[record]]
        for model, count in sorted(added.items()):
            self.stdout.write(f"{model}: {count:,} to add")
        for model, key in changed[:MAX_LISTED]:
            self.stdout.write(f"{model} {'/'.join(map(str, key))}: differs from the fixture and would be overwritten")
        if len(changed) > MAX_LISTED:
            self.stdout.write(f"… and {len(changed) - MAX_LISTED:,} more that differ")
        self.stdout.write(f"{added.total():,} to add, {len(changed):,} to overwrite.")
        return len(changed)


def _records() -> Records:
    return {(record.model, record.key): record.fields for _, records in fixture_files() for record in records}
