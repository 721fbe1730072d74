"""Making the site read-only: for an upgrade, a move, or an incident. Reading goes on, and nothing is written.

The switch is a row of the database, which all processes of all servers read anew for each request to the desk, or
READ_ONLY=1 in the environment of one process. While it is on, statements that write are refused before they reach the
database, with `SiteIsReadOnly`; the desk then answers as it does where the database itself refuses them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils.translation import gettext

from sections.models import ReadOnlySwitch

from .faults import OUTDATED, SiteIsReadOnly, fault_of

# Statements begin so where they read, or begin and end a transaction. Everything else might write.
HARMLESS = {
    "BEGIN", "CLOSE", "COMMIT", "DECLARE", "END", "EXPLAIN", "FETCH", "PRAGMA", "RELEASE", "ROLLBACK", "SAVEPOINT",
    "SELECT", "SET", "SHOW", "VALUES",
}  # fmt: skip


@dataclass(frozen=True)
class ReadOnly:
    """That the site is read-only, and the operator's reason, which may be empty."""

    reason: str = ""
    by_environment: bool = False

    @property
    def words(self) -> str:
        """A sentence or two for those who cannot save."""
        ending = "" if not self.reason or self.reason.endswith((".", "!", "?")) else "."
        state = gettext("The site is read-only at the moment.")
        return f"{state} {self.reason}{ending}".strip()


def read_only() -> ReadOnly | None:
    """Whether the site is read-only, and why; None where it is not. One query, unless the environment says so."""
    if settings.READ_ONLY:
        return ReadOnly(by_environment=True)
    try:
        reason = ReadOnlySwitch.objects.values_list("reason", flat=True).first()
    except Error as error:
        if (fault := fault_of(error)) and fault.name == OUTDATED.name:
            return None  # the upgrade that brings the switch
        raise
    return None if reason is None else ReadOnly(reason)


def switch_on(reason: str = "") -> None:
    """Makes the site read-only; a new reason replaces the former."""
    with transaction.atomic():
        ReadOnlySwitch.objects.exclude(pk=1).delete()
        ReadOnlySwitch.objects.update_or_create(pk=1, defaults={"reason": reason})


def switch_off() -> None:
    """Lets editors and commands write again."""
    ReadOnlySwitch.objects.all().delete()


@contextmanager
def refusing_writes(state: ReadOnly) -> Iterator[None]:
    """Within, each statement of this thread that writes raises SiteIsReadOnly."""

    def refuse(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        words = str(sql).split(None, 1)
        if words and words[0].strip("(;").upper() not in HARMLESS:
            raise SiteIsReadOnly(state.words)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
