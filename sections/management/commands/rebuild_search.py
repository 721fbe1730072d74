"""Builds the search index from scratch."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from sections.search.service import is_up_to_date, rebuild

from ._writing import WritingCommand


class Command(WritingCommand, BaseCommand):
    help = "Build the search index from scratch, from the reports, the registers and the links."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="Only if the index does not match the content.")

    def handle(self, *, verbosity: int, if_needed: bool, **options: object) -> None:
        if if_needed and is_up_to_date():
            self.stdout.write("The search index is up to date.")
            return

        def progress(done, total):
            if verbosity and (done % 10_000 < 500 or done == total):
                self.stdout.write(f"{done:,} of {total:,} paragraphs read")

        count = rebuild(progress)
        if verbosity:
            self.stdout.write(f"The search index holds {count:,} paragraphs.")
