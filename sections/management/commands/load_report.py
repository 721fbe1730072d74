"""Loads the fixtures into the database, after saying what that would change."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sections.exports.fixtures import fixture_files
from sections.models import Change, Report, changing, decisions_from_files
from sections.models.bulk_history import recording_all


class Command(BaseCommand):
    help = (
        "Load the fixtures. Says what would be added and changed, and asks before it writes; "
        "records that only the database has are never removed, and what people decided on links stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--initial", action="store_true", help="Do nothing when the database holds a report.")
        parser.add_argument("--yes", action="store_true", help="Write without asking.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and write nothing.")
        parser.add_argument(
            "--take-decisions", action="store_true", help="Let reviews in the files replace those made here."
        )
        parser.add_argument("--directory", type=Path, default=settings.FIXTURE_DIRS[0], help="Where the fixtures are.")

    def handle(self, *, initial, yes, dry_run, take_decisions, directory, **options):
        if initial and Report.objects.exists():
            self.stdout.write("The database already holds a report; nothing was loaded.")
            return
        files = load_order(directory)
        with decisions_from_files() if take_decisions else nullcontext():
            certain = yes or initial
            if not certain or dry_run:
                # Tried and taken back before the question, so that nobody waits for the answer.
                changed = self._load(files, keep=False)
                if dry_run or not (changed == 0 or self._agreed()):
                    self.stdout.write("Nothing was written.")
                    return
            self._load(files, keep=True, tell=certain)
        self.stdout.write(f"Loaded {len(files)} fixture files.")

    def _load(self, files, *, keep, tell=True):
        """Loads the files in one transaction, which stays or is taken back; returns how many records differed."""
        with changing(Change.Kind.LOAD, "From the fixtures"):
            before = _snapshot() if tell else {}
            with recording_all():
                call_command("loaddata", *files, verbosity=0)
            changed = self._tell(before, _snapshot()) if tell else 0
            if not keep:
                transaction.set_rollback(True)
        return changed

    def _tell(self, before, after):
        """Prints the differences in counts, and the records that would be overwritten; returns their number."""
        added = Counter(model for model, key in after.keys() - before.keys())
        changed = [place for place in before if after[place] != before[place]]
        for model, count in sorted(added.items()):
            self.stdout.write(f"{model}: {count} to add")
        for model, key in changed[:40]:
            self.stdout.write(f"{model} {'/'.join(map(str, key))}: differs from the fixture and would be overwritten")
        if len(changed) > 40:
            self.stdout.write(f"… and {len(changed) - 40} more that differ")
        self.stdout.write(f"{sum(added.values())} to add, {len(changed)} to overwrite.")
        return len(changed)

    def _agreed(self):
        return input("Overwrite what differs? Type yes to go on: ").strip().lower() in {"y", "yes"}


def load_order(directory: Path) -> list[str]:
    """The fixture files of a folder in the order in which they can be loaded."""
    patterns = [
        "convention.json",
        "report-*.json",
        "institutions.json",
        "laws.json",
        "programmes.json",
        "links.json",
        "mentions-*.json",
        "thesaurus.json",
        "notes.json",
        "subjects.json",
        "places.json",
        "figures-*.json",
        "dates-*.json",
        "places-*.json",
    ]
    files = [str(path) for pattern in patterns for path in sorted(directory.glob(pattern))]
    if not files:
        raise CommandError(f"There are no fixtures in {directory}. Name their folder with --directory.")
    return files


def _snapshot():
    return {(record.model, record.key): record.fields for _, records in fixture_files() for record in records}
