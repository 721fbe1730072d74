"""What commands that write have in common: they refuse while the site is read-only."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from sections.ops.read_only import read_only

TRIALS = ("dry_run", "check", "unresolved", "json")  # options with which a command writes nothing


def is_confirmed(question: str) -> bool:
    """Whether the person at the terminal types yes; CommandError where nobody can be asked."""
    try:
        return input(question).strip().lower() in {"y", "yes"}
    except EOFError as end:
        raise CommandError("Nobody can be asked here. Nothing was written. Add --yes to write without asking.") from end


class WritingCommand:
    """Mixin of a command that writes: while the site is read-only it refuses, unless told otherwise."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> ArgumentParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--despite-read-only", action="store_true", help="Write although the site is read-only at the moment."
        )
        return parser

    def execute(self, *args: Any, despite_read_only: bool = False, **options: Any) -> str | None:
        """Runs the command; CommandError while the site is read-only."""
        is_trial = any(options.get(name) for name in TRIALS)
        if not despite_read_only and not is_trial and (state := read_only()):
            way = "READ_ONLY=1 is set." if state.by_environment else "To end that: manage.py read_only off."
            raise CommandError(
                f"{state.words} Nothing was written. {way} To write all the same, add --despite-read-only."
            )
        return super().execute(*args, **options)
