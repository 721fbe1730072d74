"""Checks of a PostgreSQL server: does it store what the site stores, and may the site's user do what it has to."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db.backends.base.base import BaseDatabaseWrapper

from reportsite import env, gunicorn

from .connecting import REPLICA, ask, reachable

BY_CODE_POINT = {"C", "POSIX", "C.UTF-8", "C.utf8"}
COMMANDS = 2  # connections of commands on each machine, such as those of a backup
SHOWN = 3

DATABASE = """
SELECT datname, pg_encoding_to_char(encoding), datcollate, to_jsonb(d)->>'datlocprovider', datconnlimit,
    coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale'), to_jsonb(d)->>'datcollversion'
FROM pg_database d WHERE datname = current_database()
"""
NONDETERMINISTIC = """
SELECT format('%I.%I', c.relname, a.attname) FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT l.collisdeterministic ORDER BY 1
"""
# Tables that the user may not read and write, and those it may not alter because another role owns them.
FORBIDDEN_TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
    AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')) ORDER BY 1
"""
TABLES_OF_OTHERS = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
AND NOT pg_has_role(relowner, 'USAGE') ORDER BY 1
"""
LIMITS = """
SELECT coalesce(sum(setting::int) FILTER (WHERE name = 'max_connections'), 0),
    coalesce(sum(setting::int) FILTER (WHERE name IN ('superuser_reserved_connections', 'reserved_connections')), 0),
    (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user)
FROM pg_settings
"""


@register(Tags.database)
def check_postgresql(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What is wrong with the PostgreSQL databases."""
    found = []
    for connection in reachable(databases, "postgresql"):
        found += [*_form(connection), *_connections(connection)]
        if connection.alias != REPLICA:
            found += [*_writing(connection), *_privileges(connection)]
    return found


@register(Tags.database, deploy=True)
def check_postgresql_for_the_internet(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What a site on the internet should not have: a server that forgets, a password that travels in the clear."""
    found = []
    for connection in reachable(databases, "postgresql"):
        ((fsync, pages),) = ask(connection, "SELECT current_setting('fsync'), current_setting('full_page_writes')")
        if "off" in (fsync, pages):
            hint = "Set fsync = on and full_page_writes = on in postgresql.conf, and reload the server."
            message = f"The server of {connection.alias!r} may lose or damage everything when its machine fails."
            found.append(Warning(message, hint=hint, id="reports.W011"))
        ((encrypted,),) = ask(
            connection,
            "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
            " OR inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr()",
        )
        if not encrypted:
            hint = "Enable ssl on the server and add ?sslmode=verify-full to the URL."
            message = f"The connection to {connection.alias!r} crosses the network without encryption."
            found.append(Warning(message, hint=hint, id="reports.W012"))
    return found


def _form(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    """Encoding and collations: they decide which texts can be stored, and in which order lists are."""
    ((name, encoding, collate, provider, _, locale, version),) = ask(connection, DATABASE)
    again = (
        f"Create another database, createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 {name}2, "
        "and move the content there with manage.py move_database."
    )
    if encoding != "UTF8":
        message = f"The database {name!r} has the encoding {encoding}, which cannot store all texts."
        yield Error(message, hint=again, id="reports.E003")
    by_code_point = provider == "b" or (provider in {"c", None} and collate in BY_CODE_POINT)
    if not by_code_point:
        message = (
            f"The database {name!r} sorts by {locale or collate}, so that lists are in another order than on other "
            "machines, and searching for the beginning of a word is slow."
        )
        yield Warning(message, hint=again, id="reports.W001")
    if version is not None:
        ((actual,),) = ask(connection, "SELECT pg_database_collation_actual_version(oid) FROM pg_database "
                           "WHERE datname = current_database()")  # fmt: skip
        if actual is not None and actual != version:
            hint = f'Run REINDEX DATABASE "{name}" and ALTER DATABASE "{name}" REFRESH COLLATION VERSION.'
            message = f"The system's rules of sorting have changed since {name!r} was created; indexes may be wrong."
            yield Warning(message, hint=hint, id="reports.W002")
    columns = [column for (column,) in ask(connection, NONDETERMINISTIC)]
    if columns:
        message = f"Columns compare different texts as equal: {_listed(columns)}."
        hint = 'Give each the default collation: ALTER TABLE … ALTER COLUMN … TYPE … COLLATE "default".'
        yield Error(message, hint=hint, id="reports.E004")


def _writing(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    """Whether the server lets anybody write."""
    user = connection.settings_dict["USER"] or "the user"
    ((in_recovery, read_only),) = ask(
        connection, "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only')"
    )
    if in_recovery:
        hint = "Name the primary in DATABASE_URL, or all servers with ?target_session_attrs=read-write."
        yield Error("DATABASE_URL names a replica, which cannot be written to.", hint=hint, id="reports.E005")
    elif read_only == "on":
        hint = f"ALTER ROLE {user} RESET default_transaction_read_only, or the same for the database or the server."
        message = "The database only lets its users read: default_transaction_read_only is on."
        yield Error(message, hint=hint, id="reports.E006")


def _privileges(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    """Whether the user may create tables, and write and alter those that are there."""
    ((user, name, schema),) = ask(connection, "SELECT current_user, current_database(), current_schema()")
    owns = f'ALTER DATABASE "{name}" OWNER TO "{user}"'
    if schema is None:
        message = f"The user {user!r} has no schema to create tables in."
        hint = f'GRANT USAGE, CREATE ON SCHEMA public TO "{user}", and leave search_path as it is by default.'
        yield Error(message, hint=hint, id="reports.E007")
        return
    ((may_create,),) = ask(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')")
    if not may_create:
        message = f"The user {user!r} may not create tables in the schema {schema!r}."
        hint = f'GRANT CREATE ON SCHEMA "{schema}" TO "{user}"; where the schema is public, also: {owns}'
        yield Error(message, hint=hint, id="reports.E008")
    ((may_limit,),) = ask(
        connection,
        "SELECT has_database_privilege(current_database(), 'CREATE') OR to_regnamespace('limits') IS NOT NULL",
    )
    if not may_limit:
        message = f"The user {user!r} may not create the schema 'limits', so that each process limits requests alone."
        yield Warning(message, hint=f'GRANT CREATE ON DATABASE "{name}" TO "{user}"', id="reports.W010")
    for query, cannot, identifier in (
        (FORBIDDEN_TABLES, "may not read and write", "reports.E009"),
        (TABLES_OF_OTHERS, "does not own, and so cannot upgrade,", "reports.E010"),
    ):
        tables = [table for (table,) in ask(connection, query)]
        if tables:
            message = f"The user {user!r} {cannot} {len(tables)} tables: {_listed(tables)}."
            hint = f'As a superuser: REASSIGN OWNED BY former_user TO "{user}"'
            yield Error(message, hint=hint, id=identifier)
            return


def _connections(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    """Whether the server takes as many connections as the processes on all machines may open."""
    processes = env.integer("WEB_CONCURRENCY", 2, 1, 64)
    each = settings.DATABASE_POOL["max_size"] or gunicorn.threads
    machines = settings.APPLICATION_SERVERS
    needed = machines * (processes * each + COMMANDS)
    ((most, reserved, of_user),) = ask(connection, LIMITS)
    ((*_, of_database, _, _),) = ask(connection, DATABASE)
    if each < gunicorn.threads:
        message = f"The {gunicorn.threads} threads of each process share {each} connections, and wait for each other."
        hint = f"Raise DATABASE_POOL_MAX to {gunicorn.threads + 2}, or set it to 0 for a connection of each thread."
        yield Warning(message, hint=hint, id="reports.W013")
    limits = [limit for limit in (most - reserved, of_user, of_database) if limit is not None and limit >= 0]
    if needed > min(limits):
        message = (
            f"The server of {connection.alias!r} gives the site {min(limits)} connections, but it may open {needed}: "
            f"{each} in each of {processes} processes and {COMMANDS} in commands, on each of {machines} machines."
        )
        hint = "Raise max_connections (or the CONNECTION LIMIT of user or database), or lower DATABASE_POOL_MAX."
        yield Warning(message, hint=hint, id="reports.W003")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
