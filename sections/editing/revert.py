"""Takes changes back: one change, a record to how it once was, a deleted record with its links."""

from dataclasses import dataclass, field

from django.db import models

from sections.models import (
    ArticleLink,
    Basis,
    Change,
    Entry,
    Mention,
    Name,
    Paragraph,
    Relation,
    Review,
    ShortForm,
    changing,
    tracked_models,
)
from sections.queries.changes import OF_ENTRY, OF_PARAGRAPH, Step, rows_until, steps
from sections.search.service import refresh

from .putting import NotPut, as_stored, put, take_away
from .relink import apply_plans, names_by_report, plans_after, refresh_blocks, refuse_clashes

PARTS = {model: columns for model, columns in OF_ENTRY.items() if model is not Mention}


class CantUndo(Exception):
    """Says in words what stands in the way, and the way out."""


@dataclass
class Undone:
    """The change by which something was taken back, and what could not be put back, in words."""

    change: Change
    left_out: list[str] = field(default_factory=list)


def undo(change: Change, reason: str = "", user=None) -> Undone:
    """Takes back all that one change did. What was changed again since then stands in the way."""
    if not change.is_by_hand:
        raise CantUndo(
            "This change came from a command and touched many records. Bring the single record back instead."
        )
    found = [step for step in steps([change])[change.pk] if not _automatic(step)]
    with changing(Change.Kind.REVERT, reason or f"Takes back the change of {change.when:%d %B %Y, %H:%M}", user) as new:
        done = Undone(new)
        _refuse_changed_since(found)
        entries = {key for step in found for key in _entries_of(step)}
        before = names_by_report(entries)
        places = tracked_models()
        for step in sorted(found, key=lambda step: -places.index(step.model)):
            if step.kind == "added":
                take_away(step.model, step.key)
        for step in sorted(found, key=lambda step: places.index(step.model)):
            if step.kind == "changed" and step.before:
                _put(step.model, step.before, done, step.fields)
            elif step.kind == "removed":
                _put(step.model, step.row, done)
        _follow(before, entries, found)
    return done


def revert_entry(key: int, last: int, reason: str = "", user=None) -> Undone:
    """Brings an entry with names, short forms and relations to how it was when the change of key `last` was made.

    An entry that is there no more comes back, with the links on which people had decided.
    """
    kind = Change.Kind.REVERT if Entry.objects.filter(pk=key).exists() else Change.Kind.RESTORE
    with changing(kind, reason, user) as change:
        done = Undone(change)
        wanted = {model: rows_until(model, columns, key, last) for model, columns in PARTS.items()}
        if not wanted[Entry] and not (kind == Change.Kind.REVERT and not _seen(Entry, key)):
            raise CantUndo("At that time the entry did not exist yet. Choose a later one.")
        before = names_by_report([key])
        for model in (Relation, ShortForm, Name):
            kept = {row.id for row in wanted[model]}
            seen = set(model.history.model.objects.filter(_of(model, key)).values_list("id", flat=True))
            for row in model.objects.filter(_of(model, key)):
                if row.pk in seen - kept:
                    take_away(model, row.pk)
        for model, rows in wanted.items():
            for row in rows:
                _put(model, row, done)
        if kind == Change.Kind.RESTORE:
            for row in rows_until(Mention, ("entry_id",), key, last):
                if _decided(row):
                    _put(Mention, row, done)
        refuse_clashes([key])
        mentions = Mention.objects.filter(entry=key).values_list("block", "block__paragraph__section")
        apply_plans(plans_after(before, [key], {section for _, section in mentions}))
        refresh_blocks([block for block, _ in mentions])
    return done


def revert_row(model: type[models.Model], key: int, last: int, reason: str = "", user=None) -> Undone:
    """Brings one note, article link or line of the thesaurus to how it was when the change of key `last` was made."""
    kind = Change.Kind.REVERT if model.objects.filter(pk=key).exists() else Change.Kind.RESTORE
    with changing(kind, reason, user) as change:
        done = Undone(change)
        rows = rows_until(model, ("id",), key, last)
        if not rows:
            raise CantUndo("At that time the record did not exist. Choose a later one.")
        _put(model, rows[0], done)
        _refresh_rows(model, rows)
    return done


def revert_beside(key: int, last: int, reason: str = "", user=None) -> Undone:
    """Brings a paragraph's notes and article links to how they were when the change of key `last` was made."""
    with changing(Change.Kind.REVERT, reason, user) as change:
        done = Undone(change)
        for model, columns in OF_PARAGRAPH.items():
            wanted = rows_until(model, columns, key, last)
            kept = {row.id for row in wanted}
            seen = model.history.model.objects.filter(paragraph_id=key).values("id")
            for row in model.objects.filter(paragraph=key, pk__in=seen).exclude(pk__in=kept):
                take_away(model, row.pk)
            for row in wanted:
                _put(model, row, done)
        refresh(Paragraph.objects.filter(pk=key))
    return done


def _refuse_changed_since(found):
    since = []
    for step in found:
        stored = as_stored(step.model, step.key)
        if step.kind == "removed":
            if stored is not None:
                since.append(str(stored))
        elif stored is None or any(getattr(stored, name) != getattr(step.row, name) for name in step.fields):
            since.append(str(stored or step.row.instance))
    if since:
        raise CantUndo(
            f"Changed again since then: {'; '.join(dict.fromkeys(since))}. "
            "Take back the later changes first, or bring the record back to a date."
        )


def _put(model, row, done, fields=None):
    try:
        put(model, row, fields)
    except NotPut as reason:
        done.left_out.append(str(reason))


def _follow(before, entries, found):
    """Brings mentions and the search index in line with what was put back."""
    refuse_clashes(entries)
    mentions = [step for step in found if step.model is Mention]
    blocks = {row.block_id for step in mentions for row in (step.row, step.before) if row}
    held = Mention.objects.filter(block__in=blocks).values_list("block__paragraph__section", flat=True)
    apply_plans(plans_after(before, entries, set(held)))
    refresh_blocks(blocks)
    for step in found:
        if step.model is ArticleLink:
            _refresh_rows(ArticleLink, [row for row in (step.row, step.before) if row])


def _refresh_rows(model, rows):
    if model is ArticleLink:
        refresh(Paragraph.objects.filter(pk__in={row.paragraph_id for row in rows}))
    else:
        refresh_blocks(())


def _entries_of(step: Step):
    for row in filter(None, (step.row, step.before)):
        for column in OF_ENTRY.get(step.model, ()):
            yield getattr(row, column)


def _automatic(step: Step) -> bool:
    """Whether linking by names did it: it does so again by itself."""
    return step.model is Mention and not any(_decided(row) for row in (step.row, step.before) if row)


def _decided(row) -> bool:
    return row.review != Review.UNREVIEWED or row.basis == Basis.EDITOR


def _seen(model, key):
    """Whether the history of a model holds any row of the key; a row that was never changed has none."""
    return model.history.model.objects.filter(id=key).exists()


def _of(model, key):
    found = models.Q()
    for column in PARTS[model]:
        found |= models.Q(**{column: key})
    return found
