"""Undoes one change, reverts a record to how it was, and restores a deleted record with its links.

Rows are saved one by one, so that the history records them and the search index follows by its signals.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model

from sections.models import Block, Change, Entry, Mention, changing
from sections.models.history import FormerRow
from sections.queries.changes import OF_ENTRY, Columns, belongs_to, rows_after, rows_of

from .relink import names_of, refuse_clashes, relink


class CannotUndo(Exception):
    """Says in words what prevents it, and the way out."""


class _NotRestored(Exception):
    """Says in words why a single row could not be restored."""


@dataclass
class Undone:
    """The change that undid or restored something, and what it could not restore, in words."""

    change: Change
    left_out: list[str]


def undo(change: Change, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Undoes everything that one change did. Raises CannotUndo if any of it was changed again later."""
    if not change.is_by_hand:
        raise CannotUndo("A command made this change to many records. Restore the single record instead.")
    rows = [row for row in rows_of([change])[change.pk] if not _is_automatic(row)]
    reason = reason or f"Undoes the change of {change.when:%d %B %Y, %H:%M}"
    with changing(Change.Kind.REVERT, reason, user) as new_change:
        _refuse_later_changes(rows)
        added = (row for row in reversed(rows) if row.action == "added")
        unwanted = (row for former in added for row in _stored(former))
        wanted = [
            (row if row.action == "removed" else row.before, row.changed_columns)
            for row in rows
            if row.action == "removed" or (row.action == "changed" and row.before)
        ]
        both = [row for pair in rows for row in (pair, pair.before) if row]
        entries = {getattr(row, column) for row in both for column in OF_ENTRY.get(row.instance_type, ())}
        blocks = {row.block_id for row in rows if row.instance_type is Mention}
        left_out = _go_back(unwanted, wanted, entries, blocks)
    return Undone(new_change, left_out)


def revert(parts: Columns, key: int, last: int, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Reverts a record, with the rows that belong to it, to how it was after the change with the key `last`.

    `parts` begins with the record's own model if that has a history. A deleted record is restored, an entry with the
    links on which people decided.
    """
    model = next(iter(parts))
    has_history = parts[model] == ("id",)
    was_deleted = has_history and not model._base_manager.filter(pk=key).exists()
    with changing(Change.Kind.RESTORE if was_deleted else Change.Kind.REVERT, reason, user) as change:
        former = {
            part: [row for row in rows_after(part, columns, key, last) if not _is_automatic(row)]
            for part, columns in parts.items()
            if part is not Mention or was_deleted
        }
        if has_history and not former[model] and (was_deleted or model.history.filter(id=key).exists()):
            raise CannotUndo("The record did not exist at that time. Choose a later time.")
        wanted = [(row, row.columns()) for rows in former.values() for row in rows]
        is_entry = model is Entry
        # Lazy, as the rows of an entry are restored before its links are read.
        blocks = Mention.objects.filter(entry=key).values_list("block", flat=True) if is_entry else ()
        left_out = _go_back(_added_later(parts, key, former), wanted, [key] if is_entry else [], blocks)
    return Undone(change, left_out)


def _go_back(
    unwanted: Iterable[Model], wanted: Iterable[tuple[FormerRow, list[str]]], entries: Iterable, blocks: Iterable
) -> list[str]:
    """Deletes rows, gives others the former values of the named columns, and brings the links of entries in line.

    Says in words which rows could not be restored.
    """
    before, left_out = names_of(), []
    for row in unwanted:
        row.delete()
    for former, columns in wanted:
        try:
            _restore_row(former, columns)
        except _NotRestored as fault:
            left_out.append(str(fault))
    refuse_clashes(entries)
    relink(before, entries, blocks)
    return left_out


def _added_later(parts, key, former):
    """The rows of a record that were added after its `former` rows."""
    for model in reversed(former):
        belonging = belongs_to(parts[model], key)
        recorded = model.history.filter(belonging).values("id")  # a row without history was there from the start
        yield from model.objects.filter(belonging, pk__in=recorded).exclude(pk__in=[row.id for row in former[model]])


def _restore_row(former, columns):
    """Gives a row the former values of the columns; a deleted row gets all of them, and its old key."""
    stored = _stored(former).first()
    if stored is not None and not former.differing(stored):
        return
    row = former.instance if stored is None else stored
    for name in columns:
        setattr(row, name, getattr(former, name))
    _refuse_dangling(row)
    if former.instance_type is Mention:
        _make_room(row)
    try:
        with transaction.atomic():
            row.save(force_insert=stored is None)
    except IntegrityError as fault:
        raise _NotRestored(f"{row}: another record has taken its place") from fault


def _refuse_dangling(row):
    """Empties references to what no longer exists; refuses the row where they must not be empty."""
    for column in row._meta.concrete_fields:
        key = getattr(row, column.attname)
        if not column.is_relation or key is None or column.related_model._base_manager.filter(pk=key).exists():
            continue
        if not column.null:
            noun = type(row)._meta.verbose_name.capitalize()
            raise _NotRestored(f"{noun}: the {column.verbose_name} it refers to no longer exists")
        setattr(row, column.attname, None)


def _make_room(mention):
    """A mention that is restored replaces overlapping ones that were found automatically, but no other decision."""
    block = Block.objects.get(pk=mention.block_id)
    if block.text[mention.start : mention.end] != mention.surface:
        raise _NotRestored(f"“{mention.surface}”: the text has changed since then")
    beside = Mention.objects.filter(block=block).exclude(pk=mention.pk)
    overlapping = [other for other in beside if other.bars(mention.span, mention.entry_id)]
    if any(other.is_decided for other in overlapping):
        raise _NotRestored(f"“{mention.surface}” in {block.paragraph}: it has been linked to another entry since then")
    for other in overlapping:
        other.delete()


def _refuse_later_changes(rows):
    changed = []
    for row in rows:
        stored = _stored(row).first()
        if row.action == "removed":
            is_as_left = stored is None
        else:
            is_as_left = stored and not set(row.changed_columns) & set(row.differing(stored))
        if not is_as_left:
            changed.append(str(stored) if stored else row.words)
    if changed:
        raise CannotUndo(
            f"Changed again since then: {'; '.join(dict.fromkeys(changed))}. "
            "Undo the later changes first, or revert the record to a date."
        )


def _is_automatic(row):
    """Whether linking by names wrote the row: it repeats that by itself."""
    return row.instance_type is Mention and not any(each.instance.is_decided for each in (row, row.before) if each)


def _stored(former):
    """The row as it is stored now, if it is."""
    return former.instance_type._base_manager.filter(pk=former.id)
