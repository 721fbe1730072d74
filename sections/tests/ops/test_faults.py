"""What an error of the database is taken for. The errors of SQLite are real ones."""

import errno
import sqlite3
from contextlib import closing

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError

from sections.models import Entry, Report
from sections.ops.faults import SiteIsReadOnly, fault_of
from sections.tests.support.faults import caused, of_postgresql


def named(error):
    fault = fault_of(error)
    return fault and fault.name


@pytest.fixture
def file(tmp_path):
    """An SQLite file with one table of a few pages."""
    path = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE sections_report (text)")
        made.execute("INSERT INTO sections_report VALUES ('a')")
        made.commit()
    return path


def provoked(path, *statements, **options):
    """The error of the last of these statements, as Django raises it."""
    settings = {"timeout": 0, "isolation_level": None, **options}
    with pytest.raises(sqlite3.Error) as caught, closing(sqlite3.connect(path, **settings)) as opened:
        for statement in statements:
            opened.execute(statement)
    kind = {"OperationalError": OperationalError, "DatabaseError": DatabaseError}[type(caught.value).__name__]
    return caused(kind(*caught.value.args), caught.value)


INSERT = "INSERT INTO sections_report VALUES (hex(randomblob(100000)))"


def test_a_file_locked_by_another_program_is_busy(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert named(provoked(file, "SELECT * FROM sections_report")) == "busy"
        assert named(provoked(file, "BEGIN IMMEDIATE")) == "busy"


def test_a_database_that_takes_no_writes_is_read_only(file):
    assert named(provoked(file, "PRAGMA query_only = ON", INSERT)) == "read-only"
    assert named(provoked(f"file:{file}?mode=ro", INSERT, uri=True)) == "read-only"


def test_a_database_that_cannot_grow_is_full(file):
    assert named(provoked(file, "PRAGMA max_page_count = 3", INSERT)) == "full"


def test_a_file_that_cannot_be_opened_or_is_none_is_down(file, tmp_path):
    assert named(provoked(f"file:{tmp_path}/none?mode=rw", "SELECT 1 FROM sections_report", uri=True)) == "down"
    file.write_bytes(b"This is a letter. " * 1000)
    assert named(provoked(file, "SELECT * FROM sections_report")) == "down"


def test_a_table_or_column_of_a_model_that_is_missing_is_outdated(file):
    assert named(provoked(file, "SELECT * FROM sections_entry")) == "outdated"
    assert named(provoked(file, "SELECT is_default FROM sections_report")) == "outdated"
    assert named(provoked(file, "SELECT sections_report.state_party FROM sections_report")) == "outdated"
    assert named(provoked(file, "INSERT INTO sections_report (symbol) VALUES (1)")) == "outdated"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM no_table_of_ours",
        "SELECT no_column_of_ours FROM sections_report",
        "SELEKT 1",
        "SELECT nothing(1)",
        "INSERT INTO sections_report VALUES (1, 2)",
        "ROLLBACK",
    ],
)
def test_a_wrong_statement_is_an_error_of_the_program(file, statement):
    assert fault_of(provoked(file, statement)) is None


@pytest.mark.parametrize(
    ("states", "name"),
    [
        (["57P01", "57P02", "57P03", "57P04", "57P05", "08006", "08001", "58030", "XX001", "28P01", "3D000"], "down"),
        (["53300", "53200", "55P03", "57014", "40001", "40P01"], "busy"),
        (["25006"], "read-only"),
        (["53100"], "full"),
        (["42601", "42883", "22012", "23505", "42804"], None),
    ],
)
def test_it_knows_what_postgresql_answers(states, name):
    assert {state: named(of_postgresql(state)) for state in states} == dict.fromkeys(states, name)


@pytest.mark.parametrize(
    ("state", "message", "name"),
    [
        ("42P01", 'relation "sections_report" does not exist', "outdated"),
        ("42P01", "la relación «sections_report» no existe", "outdated"),
        ("42703", "column sections_report.is_default does not exist", "outdated"),
        ("42703", 'column "state_party" of relation "other" does not exist', "outdated"),
        ("42P01", 'relation "fruits" does not exist', None),
        ("42703", 'column "colour" does not exist', None),
    ],
)
def test_it_tells_tables_of_ours_from_those_that_only_a_wrong_query_names(state, message, name):
    assert named(of_postgresql(state, message)) == name


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (OperationalError("database is locked"), "busy"),
        (OperationalError("database table is locked: sections_report"), "busy"),
        (OperationalError("FATAL:  sorry, too many clients already"), "busy"),
        (OperationalError("attempt to write a readonly database"), "read-only"),
        (OperationalError("database or disk is full"), "full"),
        (OperationalError("disk I/O error"), "down"),
        (DatabaseError("disk I/O error"), "down"),
        (DatabaseError("database disk image is malformed"), "down"),
        (OperationalError("no such table: sections_report"), "outdated"),
        (OperationalError('connection failed: FATAL: database "fruits" does not exist'), "down"),
        (OperationalError("connection refused"), "down"),
        (OperationalError("couldn't get a connection after 3.00 sec"), "down"),
        (OperationalError("the database system is starting up"), "down"),
        (InterfaceError("connection already closed"), "down"),
        (ProgrammingError("Cannot operate on a closed database."), "down"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only"),
        (SiteIsReadOnly("Back soon."), "switched"),
        (ProgrammingError("syntax error"), None),
        (DatabaseError("Save with update_fields did not affect any rows."), None),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_it_goes_by_the_message_where_there_is_no_code(error, name):
    assert named(error) == name


def test_it_looks_for_the_cause_of_a_transaction_that_failed_before(file):
    cause = provoked(file, "PRAGMA query_only = ON", INSERT)
    assert named(caused(TransactionManagementError("The transaction is broken."), cause)) == "read-only"
    assert fault_of(TransactionManagementError("This code must be inside an atomic block.")) is None


@pytest.mark.django_db
def test_django_tells_it_what_the_database_of_the_tests_says():
    for wrong, name in (
        (Entry.objects.extra(select={"x": "no_column_of_ours"}), None),
        (Report.objects.all(), "outdated"),
    ):
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            if name:
                with connection.cursor() as cursor:
                    cursor.execute("ALTER TABLE sections_report RENAME COLUMN title TO headline")
            list(wrong)
        assert named(caught.value) == name
