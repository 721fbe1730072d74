"""The system checks: each names what is missing, and what to do."""

import os

import psycopg
import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connections
from django.db.backends.base import base
from django.db.utils import load_backend

from reportsite.checks import connecting, machine, migrations, postgresql, replica, sqlite
from sections.tests.conftest import leave_out
from sections.tests.support.databases import opened
from sections.tests.support.postgres import NotHere, running

ALIAS = "checked"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    """A function that runs SQL on a PostgreSQL of these tests, and the address of a database of it."""
    try:
        with running() as url:

            def execute(*statements, user="tests", database="postgres"):
                address = f"{url.replace('tests@', f'{user}@').rpartition('/')[0]}/{database}"
                with psycopg.connect(address, autocommit=True) as connection:
                    for statement in statements:
                        connection.execute(statement)
                return address

            yield execute
    except NotHere as reason:
        leave_out(f"no PostgreSQL: {reason}")


@pytest.fixture
def clean(server):
    """The address of an empty database whose owner is no superuser; it is dropped afterwards."""
    server("CREATE ROLE site LOGIN", "CREATE DATABASE site OWNER site")
    yield server(user="site", database="site")
    server("DROP DATABASE site WITH (FORCE)", "DROP ROLE site")


def found(url, *checks):
    """Identifier, message and advice of what the checks of PostgreSQL find."""
    with opened(url, ALIAS):
        given = [check(None, databases=[ALIAS]) for check in checks or (postgresql.check_postgresql,)]
    return [(message.id.removeprefix("reports."), message.msg, message.hint) for each in given for message in each]


def require(version, kind, monkeypatch):
    """Lets Django ask for that version of the database, as if it had never looked."""
    features = load_backend(f"django.db.backends.{kind}").DatabaseWrapper.features_class
    monkeypatch.setattr(features, "minimum_database_version", (version,))
    monkeypatch.setattr(base, "RAN_DB_VERSION_CHECK", set())


@pytest.mark.apart
def test_it_finds_nothing_wrong_with_a_new_database_of_the_sites_user(clean):
    assert found(clean, postgresql.check_postgresql, replica.check_reachable) == []


@pytest.mark.apart
def test_it_says_that_the_database_does_not_answer(clean, server):
    ((identifier, message, hint),) = found(clean.removesuffix("site") + "absent", replica.check_reachable)
    assert (identifier, 'database "absent" does not exist' in message) == ("E002", True)
    assert hint.startswith("Check that the server runs")


@pytest.mark.apart
def test_it_says_that_the_server_is_too_old(clean, monkeypatch):
    require(99, "postgresql", monkeypatch)
    ((identifier, message, _),) = found(clean, replica.check_reachable)
    assert (identifier, "PostgreSQL 99 or later is required" in message) == ("E001", True)


@pytest.mark.apart
def test_it_names_an_encoding_that_cannot_store_all_texts(server):
    url = server("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    problems = found(url.replace("/postgres", "/latin"))
    server("DROP DATABASE latin WITH (FORCE)")
    assert [(identifier, message) for identifier, message, _ in problems] == [
        ("E003", "The database 'latin' has the encoding LATIN1, which cannot store all texts.")
    ]
    assert "createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 latin2" in problems[0][2]


@pytest.mark.apart
def test_it_names_a_database_that_sorts_by_a_language(server):
    try:
        url = server("CREATE DATABASE sorted LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C.UTF-8' TEMPLATE template0")
    except psycopg.Error as error:
        leave_out(f"this PostgreSQL has no ICU: {error}")
    problems = found(url.replace("/postgres", "/sorted"))
    server("DROP DATABASE sorted WITH (FORCE)")
    assert [identifier for identifier, *_ in problems] == ["W001"]
    assert problems[0][1].startswith("The database 'sorted' sorts by en")


@pytest.mark.apart
def test_it_names_columns_that_compare_different_texts_as_equal(clean, server):
    server(
        "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE TABLE names (name text COLLATE loose)",
        user="site",
        database="site",
    )
    assert [(identifier, message) for identifier, message, _ in found(clean)] == [
        ("E004", "Columns compare different texts as equal: names.name.")
    ]


@pytest.mark.apart
def test_it_names_a_database_that_only_lets_its_users_read(clean, server):
    server("ALTER ROLE site SET default_transaction_read_only = on")
    assert [(identifier, hint) for identifier, _, hint in found(clean)] == [
        ("E006", "ALTER ROLE site RESET default_transaction_read_only, or the same for the database or the server.")
    ]


@pytest.mark.apart
@pytest.mark.parametrize(
    ("statements", "problem"),
    [
        (["ALTER DATABASE site OWNER TO tests", "REVOKE ALL ON SCHEMA public FROM PUBLIC"], "E007"),
        (["ALTER DATABASE site OWNER TO tests", "GRANT CREATE ON SCHEMA public TO site"], "W010"),
        (["CREATE TABLE foreign_table (a int)"], "E009"),
        (["CREATE TABLE foreign_table (a int)", "GRANT ALL ON foreign_table TO site"], "E010"),
    ],
)
def test_it_names_privileges_that_the_user_lacks(clean, server, statements, problem):
    server(*statements, database="site")
    ((identifier, message, hint),) = found(clean)
    assert (identifier, "'site'" in message, '"site"' in hint) == (problem, True, True)


@pytest.mark.apart
def test_it_names_a_user_that_may_create_nothing(clean, server):
    server("ALTER DATABASE site OWNER TO tests", "REVOKE CREATE ON SCHEMA public FROM PUBLIC", database="site")
    assert [identifier for identifier, *_ in found(clean)] == ["E008", "W010"]


@pytest.mark.apart
@pytest.mark.parametrize(
    "limit", ["ALTER ROLE site CONNECTION LIMIT 20", "ALTER DATABASE site CONNECTION LIMIT 20", None]
)
def test_it_counts_the_connections_that_all_machines_may_open(clean, server, monkeypatch, limit):
    monkeypatch.setattr(settings, "APPLICATION_SERVERS", 2 if limit else 10)
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    server(*[limit] if limit else [])
    ((identifier, message, hint),) = found(clean)
    given, needed = (20, "28") if limit else (97, "140")
    assert identifier == "W003"
    assert f"gives the site {given} connections, but it may open {needed}: 6 in each of 2 processes" in message
    assert "DATABASE_POOL_MAX" in hint


@pytest.mark.apart
def test_it_says_that_threads_have_too_few_connections(clean, monkeypatch):
    monkeypatch.setattr(settings, "DATABASE_POOL", {"min_size": 0, "max_size": 2})
    assert [(identifier, message) for identifier, message, _ in found(clean)] == [
        ("W013", "The 5 threads of each process share 2 connections, and wait for each other.")
    ]
    monkeypatch.setattr(settings, "DATABASE_POOL", {"min_size": 0, "max_size": 0})
    assert found(clean) == []


@pytest.mark.apart
def test_it_says_that_the_replica_is_none(clean):
    with opened(clean, "replica"):
        assert [message.id for message in replica.check_replica(None, databases=["replica"])] == ["reports.W004"]


@pytest.mark.apart
def test_it_warns_of_a_server_that_forgets_where_the_site_is_on_the_internet(clean):
    assert [each[0] for each in found(clean, postgresql.check_postgresql_for_the_internet)] == ["W011"]


def test_it_names_migrations_that_are_missing_and_those_of_a_newer_version(tmp_path):
    with opened(f"sqlite:///{tmp_path}/site.sqlite3", ALIAS) as connection:
        (message,) = migrations.check_migrations(None, databases=[ALIAS])
        assert (message.id, "lacks" in message.msg, "manage.py migrate" in message.hint) == ("reports.W006", True, True)
        call_command("migrate", "contenttypes", database=ALIAS, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('sections', '9999_later', '2026-01-01')"
            )
        _, message = migrations.check_migrations(None, databases=[ALIAS])
        assert (message.id, "sections.9999_later" in message.msg) == ("reports.W007", True)


def test_it_finds_nothing_wrong_with_a_file_on_a_disk_with_a_log(tmp_path):
    with opened(f"sqlite:///{tmp_path}/site.sqlite3", ALIAS) as connection:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
        assert sqlite.check_sqlite(None, databases=[ALIAS]) == []


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_it_warns_of_a_file_on_a_network_file_system(tmp_path, monkeypatch, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\nproc /proc proc rw 0 0\n")
    monkeypatch.setattr(sqlite, "MOUNTS", mounts)
    assert (sqlite.file_system(tmp_path / "a"), sqlite.file_system(tmp_path.parent)) == (kind, "ext4")
    with opened(f"sqlite:///{tmp_path}/site.sqlite3", ALIAS):
        problems = sqlite.check_sqlite(None, databases=[ALIAS])
    assert [message.id for message in problems] == ["reports.W008", "reports.W009"]  # it has no log either


def test_it_says_that_several_servers_cannot_share_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "APPLICATION_SERVERS", 2)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with opened(f"sqlite:///{tmp_path}/site.sqlite3", ALIAS):
        assert "reports.E011" in [message.id for message in sqlite.check_sqlite(None, databases=[ALIAS])]
    assert [message.id for message in machine.check_shared_secret(None)] == ["reports.E013"]


def test_it_says_that_sqlite_is_too_old(tmp_path, monkeypatch):
    require(99, "sqlite3", monkeypatch)
    with opened(f"sqlite:///{tmp_path}/site.sqlite3", ALIAS):
        message = connecting.why_not(ALIAS)
    assert (message.id, "SQLite 99 or later is required" in message.msg) == ("reports.E001", True)


def test_it_says_that_the_data_folder_cannot_be_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "new" / "folder")
    assert machine.check_data_folder(None) == []
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    (message,) = machine.check_data_folder(None)
    assert (message.id, f"chown {os.geteuid()} {tmp_path}" in message.hint) == ("reports.E012", True)


def test_it_has_nothing_to_say_of_the_tests_own_database():
    found = run_checks(databases=["default"])
    assert [message for message in found if not message.is_silenced()] == []
    assert connections["default"].vendor in {"sqlite", "postgresql"}
