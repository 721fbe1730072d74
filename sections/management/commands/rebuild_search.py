"""Makes the search index from nothing."""

from django.core.management.base import BaseCommand

from sections.search.service import is_up_to_date, rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the reports, the registers and the links."

    def add_arguments(self, parser):
        parser.add_argument("--if-needed", action="store_true", help="Only where there is none, or one of an old form.")

    def handle(self, *, verbosity, if_needed, **options):
        if if_needed and is_up_to_date():
            self.stdout.write("The index is in step; nothing was done.")
            return

        def progress(done, total):
            if verbosity and (done % 10_000 < 500 or done == total):
                self.stdout.write(f"{done:,} of {total:,} paragraphs read")

        made = rebuild(progress)
        if verbosity:
            self.stdout.write(f"The index holds {made:,} paragraphs.")
