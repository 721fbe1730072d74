"""The command line of the site: what fails at the database is told in words, for every command.

While the site is read-only, commands of Django and of libraries write nothing either. Commands of the site refuse by
themselves, see `WritingCommand`. `migrate` writes always: it is what an upgrade is for.
"""

from importlib import import_module
from typing import Any

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

GUARDED = {
    "addstatictoken",
    "changepassword",
    "clean_duplicate_history",
    "clean_old_history",
    "createsuperuser",
    "flush",
    "populate_history",
    "remove_stale_contenttypes",
    "shell",
}


class CommandLine(ManagementUtility):
    """Django's command line, with words for faults of the database and the switch that makes the site read-only."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of that name."""
        command = super().fetch_command(subcommand)
        if subcommand in GUARDED:
            command.execute = _guarded(command.execute)
        command.execute = _telling_faults(command.execute)
        return command


# Models can be imported only after the settings were read, which is not the case when this module is.
def _telling_faults(execute):
    def telling(*args: Any, **options: Any) -> Any:
        try:
            return execute(*args, **options)
        except DatabaseError as error:
            fault = import_module("sections.ops.faults").fault_of(error)
            if fault is None:
                raise
            raise CommandError(
                f"{fault.for_operators} The command stopped. Run it again once this is resolved."
            ) from error

    return telling


def _guarded(execute):
    switch = import_module("sections.ops.read_only")

    def guarded(*args: Any, **options: Any) -> Any:
        if (state := switch.read_only()) is None:
            return execute(*args, **options)
        try:
            with switch.refusing_writes(state):
                return execute(*args, **options)
        except switch.SiteIsReadOnly as refusal:
            raise CommandError(f"{refusal} Nothing was written. To end that: manage.py read_only off.") from refusal

    return guarded
