"""Undoes one change, reverts a record to how it was, and restores a deleted record with its links.

It takes no longer than what it undoes: rows are compared and stored many at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.utils.translation import gettext as _

from sections.models import Change, Entry, Mention, changing
from sections.models.history import FormerRow
from sections.models.moments import moment
from sections.queries.changes import OF_ENTRY, Columns, belongs_to, rows_after, rows_of

from .net_changes import NetRow, net_rows
from .relink import names_of, refuse_clashes, relink
from .restore_rows import remove_rows, restore_rows, stored_rows

NAMED = 5  # records that a refusal names


class CannotUndo(Exception):
    """Says in words what prevents it, and the way out."""


@dataclass
class Undone:
    """The change that undid or restored something, and what it could not restore, in words."""

    change: Change
    left_out: list[str] = field(default_factory=list)


def undo(change: Change, reason: str = "", user: AbstractBaseUser | None = None) -> Undone:
    """Undoes everything that one change did. Raises CannotUndo if any of it was changed again later.

    Undoing what undid another change does that one again.
    """
    if not change.is_by_hand:
        raise CannotUndo(_("A command made this change to many records. Restore the single record instead."))
    with changing(Change.Kind.REVERT, reason, user) as new_change:
        change.refresh_from_db()
        if change.is_undone:
            raise CannotUndo(_("This change is undone already."))
        rows = [row for row in net_rows(rows_of([change])[change.pk]) if not row.is_automatic]
        stored = stored_rows(row.last for row in rows)
        _refuse_later_changes(rows, stored)
        unwanted = [stored[row.last.instance_type, row.last.id] for row in rows if row.was is None]
        wanted = [(row.was, row.columns) for row in rows if row.was]
        both = [each for row in rows for each in (row.was, row.left) if each]
        entries = {getattr(row, column) for row in both for column in OF_ENTRY.get(row.instance_type, ())}
        blocks = {row.block_id for row in both if row.instance_type is Mention}
        left_out = _go_back(unwanted, wanted, entries, blocks)
        _mark_undone(change, new_change)
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
            part: [row for row in rows_after(part, columns, key, last) if not NetRow(row, row, row).is_automatic]
            for part, columns in parts.items()
            if part is not Mention or was_deleted
        }
        if has_history and not former[model] and (was_deleted or model.history.filter(id=key).exists()):
            raise CannotUndo(_("The record did not exist at that time. Choose a later time."))
        wanted = [(row, row.columns()) for rows in former.values() for row in rows]
        is_entry = model is Entry
        # Lazy, as the rows of an entry are restored before its links are read.
        blocks = Mention.objects.filter(entry=key).values_list("block", flat=True) if is_entry else ()
        left_out = _go_back(list(_added_later(parts, key, former)), wanted, [key] if is_entry else [], blocks)
    return Undone(change, left_out)


def _go_back(
    unwanted: list[Model], wanted: list[tuple[FormerRow, list[str]]], entries: Iterable, blocks: Iterable
) -> list[str]:
    """Deletes rows, gives others the former values of the named columns, and brings the links of entries in line.

    Says in words which rows could not be restored.
    """
    before = names_of()
    remove_rows(unwanted)
    left_out = restore_rows(wanted)
    refuse_clashes(entries)
    relink(before, entries, blocks)
    return left_out


def _mark_undone(change, new_change):
    """Notes that the one change undid the other: what that one undid, if anything, is in effect again."""
    new_change.undoes = change
    new_change.save(update_fields=["undoes"])
    is_undone = True
    while change is not None:
        change.is_undone = is_undone
        change.save(update_fields=["is_undone"])
        change, is_undone = change.undoes, not is_undone


def _added_later(parts, key, former):
    """The rows of a record that were added after its `former` rows."""
    for model in reversed(former):
        belonging = belongs_to(parts[model], key)
        recorded = model.history.filter(belonging).values("id")  # a row without history was there from the start
        yield from model.objects.filter(belonging, pk__in=recorded).exclude(pk__in=[row.id for row in former[model]])


def _refuse_later_changes(rows, stored):
    """Raises CannotUndo, which names the records that are not as the change left them, and who changed them."""
    changed = []
    for row in rows:
        now = stored.get((row.last.instance_type, row.last.id))
        if row.left is None:
            is_as_left = now is None
        else:
            is_as_left = now is not None and not set(row.columns) & set(row.left.differing(now))
        if not is_as_left:
            changed.append((row.last, now))
    if changed:
        named = "; ".join(dict.fromkeys(_changed_since(*each) for each in changed[:NAMED]))
        if len(changed) > NAMED:
            named = _("%(records)s (and %(count)s more)") % {"records": named, "count": len(changed) - NAMED}
        raise CannotUndo(
            _(
                "Changed again since then: %(records)s. Nothing was undone. "
                "Undo the later changes first, or revert the record to a date."
            )
            % {"records": named}
        )


def _changed_since(row, now):
    """A record in words, with who changed it last and when."""
    words = str(now) if now is not None else row.words
    latest = row.instance_type.history.filter(id=row.id).select_related("change__user").order_by("-history_id").first()
    if latest is None or latest.change is None or latest.change.user is None:
        return words
    who, when = latest.change.user.get_username(), moment(latest.change.when)
    return _("%(record)s, by %(user)s on %(when)s") % {"record": words, "user": who, "when": when}
