"""Copies the whole site into an empty database of either kind, and proves that both hold the same content.

The tables of the target are made by the migrations and filled in one transaction; an SQLite file is written beside its
place and moved there when it is whole. So a failure, or a process that is killed, leaves the target empty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from sections.models.content_version import consistent_read
from sections.models.statistics import update_statistics

from .digests import Digests
from .rows import copied, digest, last_numbers, number_from, table_of
from .target import TARGET, Target

# What belongs to the site as it runs: log-ins that are open, and that it is read-only while it is moved.
LEFT_BEHIND = {"django_session", "sections_readonlyswitch"}


class MoveError(CommandError):
    """Why the content cannot be moved, in words; a command ends with them."""


def models_to_copy() -> list[type[Model]]:
    """The models of all tables but LEFT_BEHIND, as the migrations made them: they take every value as it is."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveError("The tables of this site are not up to date. Run manage.py migrate first.")
    models = executor.loader.project_state().apps.get_models(include_auto_created=True)
    kept = (model for model in models if model._meta.managed and not model._meta.proxy)
    return sorted((model for model in kept if table_of(model) not in LEFT_BEHIND), key=table_of)


def rows_to_copy(target: Target) -> dict[str, int]:
    """How many rows of each table would be copied; MoveError where the site or the target is not ready for it."""
    models = models_to_copy()
    with in_words(target.name):
        target.must_be_usable()
    return {table_of(model): model._base_manager.using(DEFAULT_DB_ALIAS).count() for model in models}


def move(target: Target, say: Callable[[str], None]) -> Digests:
    """Copies everything; returns what each table holds, the same in both databases."""
    rows, models = rows_to_copy(target), models_to_copy()
    with in_words(target.name), target.written_at_once():
        say("Creating the tables …")
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
        connections[TARGET].check_constraints()
        call_command("flush", database=TARGET, verbosity=0, interactive=False, inhibit_post_migrate=True)
        with transaction.atomic(using=TARGET), consistent_read():
            expected = {table_of(model): _copy(model, rows[table_of(model)], say) for model in models}
            number_from(last_numbers(models, DEFAULT_DB_ALIAS), TARGET)
        update_statistics(alias=TARGET)
        say("Comparing …")
        _must_equal(expected, _digests(models, TARGET), "The copy differs from the original")
        _must_equal(expected, _digests(models, DEFAULT_DB_ALIAS), "The site was changed while it was being copied")
    return expected


def _copy(model, rows, say):
    if rows:
        say(f"{table_of(model)}: {rows:,} rows …")
    return copied(model, DEFAULT_DB_ALIAS, TARGET)


def _digests(models, alias):
    return {table_of(model): digest(model, alias) for model in models}


def _must_equal(expected, actual, what):
    differing = [table for table, rows in expected.items() if rows != actual[table]]
    if differing:
        raise MoveError(
            f"Nothing was moved. {what}, in {', '.join(differing)}. Stop the site or make it read-only, and try again."
        )


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turns errors of databases and files into a MoveError."""
    try:
        yield
    except (DatabaseError, ValueError, OSError) as error:
        raise MoveError(f"Nothing was moved. {name}: {' '.join(str(error).split())}") from error
