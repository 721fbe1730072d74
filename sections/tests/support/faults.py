"""Faults of the database for tests: errors as the drivers raise them, and a connection on which statements fail."""

from contextlib import contextmanager
from unittest.mock import patch

import psycopg
from django.db import DatabaseError, IntegrityError, InternalError, OperationalError, ProgrammingError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET", "PRAGMA")


def of_postgresql(state, message="It failed."):
    """The error that Django raises where PostgreSQL answers with this SQLSTATE."""
    cause = psycopg.errors.lookup(state)(message)
    kinds = (OperationalError, ProgrammingError, IntegrityError, InternalError, DatabaseError)
    kind = next(kind for kind in kinds if isinstance(cause, getattr(psycopg, kind.__name__)))
    return caused(kind(message), cause)


def caused(error, cause):
    """The error, caused by another."""
    error.__cause__ = cause
    return error


@contextmanager
def failing(error, when=lambda sql: True):
    """Within, each statement of which that is true raises the error; gives a list of those that did."""
    failed = []

    def fail(execute, sql, params, many, context):
        if when(sql):
            failed.append(sql)
            raise error
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield failed


def writes(sql):
    """Whether a statement writes content, and not only sessions and the like."""
    return not sql.lstrip().upper().startswith(READS) and "django_session" not in sql and "axes" not in sql


@contextmanager
def read_only_database():
    """Within, the database itself refuses to write; for tests whose transactions are real."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF" if sqlite else "SET default_transaction_read_only = off")


@contextmanager
def lost_during_commit(is_stored):
    """Within, the first commit loses the connection: before the database stores anything, or after it stored all."""
    commit, lost = BaseDatabaseWrapper._commit, []

    def lose(self):
        if lost:
            return commit(self)
        lost.append(self)
        if is_stored:
            commit(self)
        raise OperationalError("server closed the connection unexpectedly")

    with patch.object(BaseDatabaseWrapper, "_commit", lose):
        yield lost
