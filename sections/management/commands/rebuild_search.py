"""Makes the search index from nothing."""

from django.core.management.base import BaseCommand

from sections.search.index import rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the reports, the registers and the links."

    def handle(self, *, verbosity, **options):
        def progress(done, total):
            if verbosity and (done % 10_000 < 500 or done == total):
                self.stdout.write(f"{done:,} of {total:,} paragraphs read")

        made = rebuild(progress)
        if verbosity:
            self.stdout.write(f"The index holds {made:,} paragraphs.")
