"""Undoes one change, reverts a record to how it was, and restores a deleted record with its links.

Rows are saved one by one, so that the history records them and the search index follows by its signals.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from sections.models import Block, Change, Entry, Mention, changing, tracked_models
from sections.queries.changes import OF_ENTRY, Columns, Step, belongs_to, rows_after, steps

from .relink import names_by_report, refuse_clashes, relink


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
    order = tracked_models()
    to_undo = [step for step in steps([change])[change.pk] if not _is_automatic(step)]
    to_undo.sort(key=lambda step: order.index(step.model))
    reason = reason or f"Undoes the change of {change.when:%d %B %Y, %H:%M}"
    with changing(Change.Kind.REVERT, reason, user) as new_change:
        _refuse_later_changes(to_undo)
        before = names_by_report()
        for step in reversed(to_undo):
            if step.kind == "added":
                for row in step.model._base_manager.filter(pk=step.key):
                    row.delete()
        left_out = _restore_rows(
            (step.model, step.before if step.kind == "changed" else step.row, step.fields)
            for step in to_undo
            if step.kind == "removed" or (step.kind == "changed" and step.before)
        )
        rows = [(step.model, row) for step in to_undo for row in _rows(step)]
        entries = {getattr(row, column) for model, row in rows for column in OF_ENTRY.get(model, ())}
        refuse_clashes(entries)
        relink(before, entries, {row.block_id for model, row in rows if model is Mention})
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
        before = names_by_report() if model is Entry else {}
        former = {part: rows_after(part, columns, key, last) for part, columns in parts.items()}
        if has_history and not former[model] and (was_deleted or model.history.filter(id=key).exists()):
            raise CannotUndo("The record did not exist at that time. Choose a later time.")
        mentions = former.pop(Mention, [])
        _delete_added_later(parts, key, former)
        if was_deleted:
            former[Mention] = [mention for mention in mentions if mention.instance.is_decided]
        left_out = _restore_rows((part, row, None) for part, rows in former.items() for row in rows)
        if model is Entry:
            refuse_clashes([key])
            relink(before, [key], Mention.objects.filter(entry=key).values_list("block", flat=True))
    return Undone(change, left_out)


def _delete_added_later(parts, key, former):
    """Deletes the rows of a record that were added after its `former` rows."""
    for model in reversed(former):
        belonging = belongs_to(parts[model], key)
        recorded = model.history.filter(belonging).values("id")  # a row without history was there from the start
        added = model.objects.filter(belonging, pk__in=recorded).exclude(pk__in=[row.id for row in former[model]])
        for row in added:
            row.delete()


def _restore_rows(rows: Iterable[tuple]) -> list[str]:
    """Restores rows, each given as the arguments of `_restore_row`; says in words which could not be restored."""
    left_out = []
    for row in rows:
        try:
            _restore_row(*row)
        except _NotRestored as fault:
            left_out.append(str(fault))
    return left_out


def _restore_row(model, former, fields):
    """Gives a row the values of a row of history, in the given fields or all; a deleted row gets its old key."""
    names = [column.attname for column in type(former).tracked_fields if not column.primary_key]
    stored = model._base_manager.filter(pk=former.id).first()
    if stored is not None and all(getattr(stored, name) == getattr(former, name) for name in names):
        return
    row = former.instance if stored is None else stored
    for name in names if fields is None or stored is None else fields:
        setattr(row, name, getattr(former, name))
    _refuse_dangling(row)
    if model is Mention:
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
    overlapping = Mention.objects.filter(block=block, start__lt=mention.end, end__gt=mention.start)
    overlapping = overlapping.exclude(pk=mention.pk)
    if overlapping.decided().exists():
        raise _NotRestored(f"“{mention.surface}” in {block.paragraph}: it has been linked to another entry since then")
    for other in overlapping:
        other.delete()


def _refuse_later_changes(to_undo):
    changed = []
    for step in to_undo:
        stored = step.model._base_manager.filter(pk=step.key).first()
        if step.kind == "removed":
            is_as_left = stored is None
        else:
            is_as_left = stored and all(getattr(stored, name) == getattr(step.row, name) for name in step.fields)
        if not is_as_left:
            changed.append(str(stored or step.row.instance))
    if changed:
        raise CannotUndo(
            f"Changed again since then: {'; '.join(dict.fromkeys(changed))}. "
            "Undo the later changes first, or revert the record to a date."
        )


def _is_automatic(step):
    """Whether linking by names made the step: it repeats that by itself."""
    return step.model is Mention and not any(row.instance.is_decided for row in _rows(step))


def _rows(step: Step):
    """The rows of history of a step: the one it wrote, and the one before."""
    return [row for row in (step.row, step.before) if row]
