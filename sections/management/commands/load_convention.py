"""Loads an operator's own copy of the Convention's official text."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sections.importing import ImportFault
from sections.importing.readers.text import read_source
from sections.importing.treaty import read_convention
from sections.models import Change, changing
from sections.text.official import NAMES

from ._writing import WritingCommand


class Command(WritingCommand, BaseCommand):
    help = (
        "Load your own copy of the official text of the Convention, one language at a time, from plain text in UTF-8, "
        ".docx or .html. Nothing is written unless every article is there, once and in order."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file with the text.")
        parser.add_argument("--language", choices=NAMES, default="", help="Its language; else told from its words.")
        parser.add_argument("--dry-run", action="store_true", help="Say what was read, and store nothing.")

    def handle(self, *, file: Path, language: str, dry_run: bool, **options: Any) -> None:
        try:
            read = read_convention(file.name, read_source(file), language)
        except ImportFault as fault:
            raise CommandError(f"{fault}\nNothing was written.") from fault
        self.stdout.write(f"{read.words}.")
        if dry_run or not read.is_new:
            self.stdout.write("Nothing was written." if dry_run else "Unchanged.")
            return
        with changing(Change.Kind.LOAD, file.name):
            read.row.save()
        self.stdout.write("Stored. Article pages show it now.")
