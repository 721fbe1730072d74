"""Puts the database back as a backup holds it, or says where the two differ."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sections.ops.backup import BackupFault, back_up, compare, read_manifest, restore

from .backup import default_path


class Command(BaseCommand):
    help = (
        "Put the whole database back as a backup holds it. What is there now is backed up first, and the restored "
        "database is compared with the backup, table by table."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The backup.")
        parser.add_argument("--yes", action="store_true", help="Write without asking.")
        parser.add_argument("--check", action="store_true", help="Only say whether the database equals the backup.")

    def handle(self, *, file, yes, check, **options):
        try:
            if check:
                self._tell(compare(file))
                return
            manifest = read_manifest(file)
            rows = sum(table["rows"] for table in manifest["tables"].values())
            self.stdout.write(f"{file} was made {manifest['made']} and holds {rows:,} rows.")
            if not (yes or self._agreed()):
                self.stdout.write("Nothing was written.")
                return
            kept = default_path("before-restore")
            back_up(kept)
            self.stdout.write(f"What was there is kept in {kept}.")
            self._tell(restore(file))
            self.stdout.write("If the backup is of an older version of the site, now run: manage.py migrate")
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault

    def _tell(self, differences):
        if differences:
            raise CommandError("The database differs from the backup.\n" + "\n".join(differences))
        self.stdout.write("The database equals the backup, table by table.")

    def _agreed(self):
        return input("Replace everything in the database by it? Type yes to go on: ").strip().lower() in {"y", "yes"}
