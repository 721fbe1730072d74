"""The rows of a table in any database: compared, copied, numbered."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import AutoField, Model

from .digests import digest_rows

BATCH = 500


def table_of(model: type[Model]) -> str:
    """The name of the model's table."""
    return model._meta.db_table


def digest(model: type[Model], alias: str) -> dict[str, Any]:
    """Number and digest of the rows, the same in every kind of database."""
    return digest_rows(map(_comparable, _rows(model, alias)))


def copied(model: type[Model], source: str, target: str) -> dict[str, Any]:
    """Copies all rows into an empty table of another database; returns their number and digest."""
    return digest_rows(map(_comparable, _written(model, target, _rows(model, source))))


def _rows(model, alias):
    names = [field.attname for field in model._meta.concrete_fields]
    return model._base_manager.using(alias).order_by().values_list(*names).iterator(chunk_size=BATCH)


def _written(model, alias, rows: Iterable[tuple]) -> Iterator[tuple]:
    """The rows, each after it was written; all values as they are, dates of the last change included."""
    fields = model._meta.concrete_fields
    size = min(BATCH, connections[alias].ops.bulk_batch_size(fields, [None] * BATCH))
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        try:
            with transaction.atomic(using=alias):
                _insert(model, alias, fields, batch)
        except (DatabaseError, ValueError):
            _name_refused(model, alias, fields, batch)
            raise
        yield from batch


def _insert(model, alias, fields, rows):
    names = [field.attname for field in fields]
    objects = [model.from_db(alias, names, row) for row in rows]
    model._base_manager.using(alias)._insert(objs=objects, fields=fields, using=alias, raw=True)


def _name_refused(model, alias, fields, rows):
    """Says which of the rows the database does not take."""
    key = [field.attname for field in fields].index(model._meta.pk.attname)
    for row in rows:
        try:
            with transaction.atomic(using=alias):
                _insert(model, alias, fields, [row])
        except (DatabaseError, ValueError) as error:
            raise ValueError(f"row {row[key]} of {table_of(model)} does not fit into it: {error}") from error


def _comparable(row):
    return tuple(_value(value) for value in row)


def _value(value):
    """A value in the one form that both kinds of database give back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview) else value


# Table and column → the last number given to a row, deleted ones included.
Numbers = dict[tuple[str, str], int]


def last_numbers(models: Iterable[type[Model]], alias: str) -> Numbers:
    """The last number that each table gave: no row may get that of a deleted one, whose history would become its."""
    keys = [(table_of(model), model._meta.pk.column) for model in models if isinstance(model._meta.pk, AutoField)]
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {key: given.get(key[0], 0) for key in keys}
        found = {}
        quote = connections[alias].ops.quote_name
        for table, column in keys:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quote(table), column])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")
            found[table, column] = cursor.fetchone()[0]
        return found


def number_from(numbers: Numbers, alias: str) -> None:
    """Lets each table go on after its last number."""
    quote = connections[alias].ops.quote_name
    with connections[alias].cursor() as cursor:
        for (table, column), number in numbers.items():
            if connections[alias].vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), greatest(%s, 1), %s)",
                    [quote(table), column, number, number > 0],
                )
