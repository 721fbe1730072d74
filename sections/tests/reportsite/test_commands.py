"""The command line: a fault of the database is told in words, an error of the program keeps its traceback."""

import pytest
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError

from reportsite.commands import CommandLine


def execute(monkeypatch, error):
    """Runs a command that ends in the error as `manage.py` runs it."""

    class Command(BaseCommand):
        requires_system_checks = ()

        def handle(self, **options):
            raise error

    monkeypatch.setattr("django.core.management.ManagementUtility.fetch_command", lambda self, name: Command())
    CommandLine(["manage.py", "anything"]).fetch_command("anything").execute(force_color=False, no_color=True)


def test_a_fault_of_the_database_is_told_in_words(monkeypatch):
    with pytest.raises(CommandError) as told:
        execute(monkeypatch, OperationalError("database is locked"))
    assert str(told.value) == (
        "The database is busy. Long imports and programs that open the database file can cause this. "
        "The command stopped. Run it again once this is resolved."
    )


@pytest.mark.parametrize("error", [IntegrityError("UNIQUE constraint failed: a.b"), ValueError("database is locked")])
def test_an_error_of_the_program_stays_one(monkeypatch, error):
    with pytest.raises(type(error)) as raised:
        execute(monkeypatch, error)
    assert raised.value is error
