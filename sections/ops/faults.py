"""What an error of the database means for people: the database is busy, read-only, full, down, or not up to date.

`fault_of(error)` names such a fault; for an error of the program it gives None, and that stays an internal error.
The drivers tell by codes (SQLite's result codes, PostgreSQL's SQLSTATE). Where an error comes without one, such as
that of a refused connection, its class and its message decide.
"""

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.apps import apps
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Fault:
    """A state of the database in which a page cannot be shown, or a change not be saved.

    `for_editors` says why nothing was saved, and what to do; `for_operators` is logged, and therefore not translated.
    With `may_be_saved` nobody knows whether what was posted is stored.
    """

    name: str
    for_readers: str | Promise
    for_editors: str | Promise
    for_operators: str
    retry_after: int  # seconds
    may_be_saved: bool = False


class SiteIsReadOnly(OperationalError):
    """Nothing may be written, because an operator has made the site read-only; the message says why."""


class CommitFailed(OperationalError):
    """The database was asked to commit, and failed. Only an answer of its own says that it did not."""


class CommitsOrFails:
    """Mixin of a DatabaseWrapper: an error of a commit is told from one of a statement before it."""

    def _commit(self) -> None:
        try:
            super()._commit()
        except (OperationalError, InterfaceError) as error:
            raise CommitFailed(str(error)) from error


BUSY = Fault(
    "busy",
    gettext_lazy("The database of the site is busy right now. Please try again in a few seconds."),
    gettext_lazy(
        "Another change is being saved right now, and the database is busy. Wait a few seconds, then save again."
    ),
    "The database is busy. Long imports and programs that open the database file can cause this.",
    5,
)
READ_ONLY = Fault(
    "read-only",
    gettext_lazy("The site cannot do this at the moment, because its database is read-only. Please try again later."),
    gettext_lazy(
        "The database accepts no changes at the moment. Tell the operator of the site. Leave this page open, and save "
        "again later."
    ),
    "The database refuses changes. Check the rights on its file and folder, or whether this is a standby server.",
    300,
)
SWITCHED = replace(
    READ_ONLY,
    name="switched",
    for_editors=gettext_lazy("Leave this page open, and save again later."),
    for_operators="A change was refused, because the site is read-only. To change that: manage.py read_only off",
)
FULL = Fault(
    "full",
    gettext_lazy("The site cannot show this page, because the disk of its server is full. Please try again later."),
    gettext_lazy(
        "The disk of the server is full. Tell the operator of the site. Leave this page open, and save again when "
        "there is space."
    ),
    "The disk of the database is full. Make space; nothing else is necessary.",
    300,
)
DOWN = Fault(
    "down",
    gettext_lazy("The database of the site does not answer at the moment. Please try again in a minute."),
    gettext_lazy("The database of the site does not answer. Leave this page open, and save again in a minute."),
    "The database does not answer. Check that it runs and that DATABASE_URL is correct.",
    30,
)
UNKNOWN = replace(
    DOWN,
    name="unknown",
    for_editors=gettext_lazy(
        "The database stopped answering while it stored your change. It is not known whether it was saved. Wait a "
        "minute, then look in another tab, on this page or under “My recent actions”. If your change is there, you are "
        "done. If not, save again here: what you typed is still here."
    ),
    for_operators=f"{DOWN.for_operators} It failed during a commit, so the change may be stored or not.",
    may_be_saved=True,
)
OUTDATED = Fault(
    "outdated",
    gettext_lazy("The site is being updated. Please try again in a few minutes."),
    gettext_lazy("The site is being updated. Leave this page open, and save again in a few minutes."),
    "Tables or columns are missing. Run: manage.py migrate",
    60,
)

# The low byte of SQLite's result code: https://sqlite.org/rescode.html
SQLITE_CODES = {
    3: DOWN,  # SQLITE_PERM
    5: BUSY,  # SQLITE_BUSY
    6: BUSY,  # SQLITE_LOCKED
    7: DOWN,  # SQLITE_NOMEM
    8: READ_ONLY,  # SQLITE_READONLY
    9: BUSY,  # SQLITE_INTERRUPT
    10: DOWN,  # SQLITE_IOERR
    11: DOWN,  # SQLITE_CORRUPT
    13: FULL,  # SQLITE_FULL
    14: DOWN,  # SQLITE_CANTOPEN
    15: BUSY,  # SQLITE_PROTOCOL
    17: BUSY,  # SQLITE_SCHEMA
    26: DOWN,  # SQLITE_NOTADB
}
# SQLSTATE, the longest beginning that fits: https://www.postgresql.org/docs/current/errcodes-appendix.html
SQLSTATES = {
    "08": DOWN,  # connection exceptions
    "25006": READ_ONLY,  # read-only transaction
    "25P03": BUSY,  # a time limit of the transaction or the session
    "28": DOWN,  # refused log-in of the site
    "3D000": DOWN,  # no such database
    "40": BUSY,  # deadlock, or changes that exclude each other
    "42501": DOWN,  # no rights on a table
    "53": BUSY,  # too many connections, too little memory
    "53100": FULL,
    "55P03": BUSY,  # a lock that was waited for in vain
    "57": DOWN,  # shut down, restarting
    "57014": BUSY,  # cancelled, by a time limit or by the operator
    "58": DOWN,  # errors of the operating system
    "F0": DOWN,  # damaged configuration
    "XX": DOWN,  # damaged data
}
UNDEFINED = {"42P01", "42703", "3F000"}  # table, column, schema
UNDEFINED_WORDS = re.compile(r"no such table|no such column|no column named|does not exist")
MESSAGES = (
    (re.compile(r"locked|busy|too many (clients|connections)|connection slots"), BUSY),
    (re.compile(r"readonly|read-only"), READ_ONLY),
    (re.compile(r"disk is full|no space left"), FULL),
)
DISK_ERRORS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: DOWN}
# What Django itself raises as a plain DatabaseError about a wrong query, or a row that is gone.
OF_THE_PROGRAM = re.compile(r"did not affect any rows|not allowed|not supported|cannot be used")


def fault_of(error: BaseException | None) -> Fault | None:
    """The fault of the database that an error tells of, or that caused it; None for an error of the program."""
    if isinstance(error, OSError):
        return DISK_ERRORS.get(error.errno)
    if not isinstance(error, (DatabaseError, InterfaceError)):
        return None
    fault = _by_driver(error)
    return UNKNOWN if fault is DOWN and any(isinstance(link, CommitFailed) for link in _causes(error)) else fault


def _by_driver(error):
    """By the codes of the drivers, else by the message."""
    verdicts = [verdict for link in _causes(error) if (verdict := _by_code(link)) is not None]
    faults = [verdict for verdict in verdicts if verdict]
    if faults or verdicts:
        return faults[0] if faults else None
    return _by_message(error)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those by which or during which it was raised, the driver's among them."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _by_code(error):
    """The fault that the driver's code tells of, False for an error of the program, None where there is no code."""
    if isinstance(error, SiteIsReadOnly):
        return replace(SWITCHED, for_readers=str(error), for_editors=f"{error} {SWITCHED.for_editors}")
    state, code = getattr(error, "sqlstate", None), getattr(error, "sqlite_errorcode", None)
    if state:
        if state in UNDEFINED:
            return OUTDATED if _names_something_of_ours(error) else False
        if state == "25P02":  # the transaction failed before: the error before this one decides
            return None
        return next((SQLSTATES[key] for size in (5, 2) if (key := state[:size]) in SQLSTATES), False)
    if code is not None:
        return SQLITE_CODES.get(code & 0xFF) or (_is_undefined(error) and OUTDATED)
    return None


def _by_message(error):
    """For an error without a code."""
    words = str(error).lower()
    if _is_undefined(error):
        return OUTDATED
    if isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError:
        if type(error) is DatabaseError and OF_THE_PROGRAM.search(words):
            return None
        return next((fault for pattern, fault in MESSAGES if pattern.search(words)), DOWN)
    is_closed = isinstance(error, ProgrammingError) and "closed" in words
    return DOWN if is_closed else None


def _is_undefined(error):
    """Whether the database lacks a table or a column that a model has, rather than that the query is wrong."""
    return bool(UNDEFINED_WORDS.search(str(error))) and _names_something_of_ours(error)


def _names_something_of_ours(error):
    first_line = str(error).partition("\n")[0]  # PostgreSQL quotes the statement in those that follow
    return not _names().isdisjoint(re.findall(r"\w+", first_line))


@cache
def _names() -> frozenset[str]:
    """The names of all tables, and those columns that are no plain word of a message."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    columns = {field.column for model in models for field in model._meta.concrete_fields}
    return frozenset(tables | {"django_migrations"} | columns - {"column", "table", "no", "not", "name", "relation"})
