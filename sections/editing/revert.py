"""Undoes one change, reverts a record to how it was, and restores a deleted record with its links.

Rows are saved one by one, so that the history records them and the search index follows by its signals.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction

from sections.models import Block, Change, Entry, Mention, changing, tracked_models
from sections.queries.changes import OF_ENTRY, OF_PARAGRAPH, Columns, Step, belongs_to, rows_after, steps

from .relink import names_by_report, refuse_clashes, relink

PARTS_OF_ENTRY = {model: columns for model, columns in OF_ENTRY.items() if model is not Mention}
NOT_YET = "The record did not exist at that time. Choose a later time."


class CannotUndo(Exception):
    """Says in words what prevents it, and the way out."""


class _NotRestored(Exception):
    """Says in words why a single row could not be restored."""


@dataclass
class Undone:
    """The change that undid or restored something, and what it could not restore, in words."""

    change: Change
    left_out: list[str] = field(default_factory=list)

    def restore(self, model: type[models.Model], former: models.Model, fields: list[str] | None = None) -> None:
        """Restores a row from a row of history, in the given fields or all; or notes why that cannot be done."""
        try:
            _restore_row(model, former, fields)
        except _NotRestored as fault:
            self.left_out.append(str(fault))


def undo(change: Change, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Undoes everything that one change did. Raises CannotUndo if any of it was changed again later."""
    if not change.is_by_hand:
        raise CannotUndo("A command made this change to many records. Restore the single record instead.")
    to_undo = [step for step in steps([change])[change.pk] if not _is_automatic(step)]
    order = tracked_models()
    to_undo.sort(key=lambda step: order.index(step.model))
    reason = reason or f"Undoes the change of {change.when:%d %B %Y, %H:%M}"
    with changing(Change.Kind.REVERT, reason, user) as new_change:
        undone = Undone(new_change)
        _refuse_later_changes(to_undo)
        entries = {key for step in to_undo for key in _entries_of(step)}
        before = names_by_report(entries)
        for step in reversed(to_undo):
            if step.kind == "added":
                for row in step.model._base_manager.filter(pk=step.key):
                    row.delete()
        for step in to_undo:
            if step.kind == "changed" and step.before:
                undone.restore(step.model, step.before, step.fields)
            elif step.kind == "removed":
                undone.restore(step.model, step.row)
        mentions = [step for step in to_undo if step.model is Mention]
        blocks = {row.block_id for step in mentions for row in (step.row, step.before) if row}
        refuse_clashes(entries)
        relink(before, entries, blocks)
    return undone


def revert_entry(key: int, last: int, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Reverts an entry with names, short forms and relations to how it was after the change with the key `last`.

    A deleted entry is restored, with the links on which people decided.
    """
    with _reverting(Entry, key, reason, user) as undone:
        was_deleted = undone.change.kind == Change.Kind.RESTORE
        former = _rows_of(PARTS_OF_ENTRY, key, last)
        if not former[Entry] and (was_deleted or Entry.history.filter(id=key).exists()):
            raise CannotUndo(NOT_YET)
        before = names_by_report([key])
        _restore_parts(PARTS_OF_ENTRY, key, former, undone)
        if was_deleted:
            for mention in rows_after(Mention, OF_ENTRY[Mention], key, last):
                if mention.instance.is_decided:
                    undone.restore(Mention, mention)
        refuse_clashes([key])
        relink(before, [key], Mention.objects.filter(entry=key).values_list("block", flat=True))
    return undone


def revert_row(
    model: type[models.Model], key: int, last: int, reason: str = "", user: AbstractBaseUser | None = None
) -> Undone:
    """Reverts or restores one row that stands alone, such as a line of the thesaurus, as `revert_entry` does."""
    with _reverting(model, key, reason, user) as undone:
        former = rows_after(model, ("id",), key, last)
        if not former:
            raise CannotUndo(NOT_YET)
        undone.restore(model, former[0])
    return undone


def revert_paragraph(key: int, last: int, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Reverts a paragraph's notes, subjects and article links, as `revert_entry` does."""
    with changing(Change.Kind.REVERT, reason, user) as change:
        undone = Undone(change)
        _restore_parts(OF_PARAGRAPH, key, _rows_of(OF_PARAGRAPH, key, last), undone)
    return undone


@contextmanager
def _reverting(model, key, reason, user) -> Iterator[Undone]:
    is_stored = model._base_manager.filter(pk=key).exists()
    with changing(Change.Kind.REVERT if is_stored else Change.Kind.RESTORE, reason, user) as change:
        yield Undone(change)


def _rows_of(parts: Columns, key, last):
    """The rows of history that belonged to a record after a change, by model."""
    return {model: rows_after(model, columns, key, last) for model, columns in parts.items()}


def _restore_parts(parts: Columns, key, former, undone):
    """Deletes the rows of a record that were added later, and restores its former rows."""
    for model in reversed(parts):
        belonging = belongs_to(parts[model], key)
        recorded = model.history.filter(belonging).values("id")  # a row without history was there from the start
        added = model.objects.filter(belonging, pk__in=recorded).exclude(pk__in=[row.id for row in former[model]])
        for row in added:
            row.delete()
    for model, rows in former.items():
        for row in rows:
            undone.restore(model, row)


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


def _refuse_later_changes(to_undo: Iterable[Step]):
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


def _entries_of(step: Step):
    for row in filter(None, (step.row, step.before)):
        for column in OF_ENTRY.get(step.model, ()):
            yield getattr(row, column)


def _is_automatic(step: Step):
    """Whether linking by names made the step: it repeats that by itself."""
    rows = [row for row in (step.row, step.before) if row]
    return step.model is Mention and not any(row.instance.is_decided for row in rows)
