"""Splits an entry: names, short forms and links go to another entry, which may be made in the same step."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser

from sections.models import (
    Basis,
    Block,
    Change,
    Entry,
    Mention,
    Name,
    Review,
    ShortForm,
    changing,
    create_rows,
    update_rows,
)

from .merge_entries import give_mentions, give_name, give_short_form
from .relink import names_of, refresh_blocks, refuse_clashes, relink

DECIDED = ["entry", "basis", "rule", "review"]


@dataclass
class Parts:
    """What goes to the other entry."""

    names: list[Name] = field(default_factory=list)
    short_forms: list[ShortForm] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.names or self.short_forms or self.mentions)


def split(
    entry: Entry,
    to: Entry,
    parts: Parts,
    left_alone: Collection[tuple[int, int, int]] = (),
    reason: str = "",
    user: AbstractBaseUser | None = None,
) -> Change:
    """Gives parts of an entry to another one, which is stored if it is new. Links follow the names.

    Links that a person decided on stay, unless they are among the parts: those are confirmed links to the other entry.
    What follows at the places that are `left_alone`, as block, start and end, stays as it was, by decision.
    """
    with changing(Change.Kind.MOVE, reason, user) as change:
        before = names_of([entry.pk, to.pk] if to.pk else [entry.pk])
        was = {_place(row): row.entry_id for row in _at(left_alone) if row.is_shown}
        if to.pk is None:
            to.full_clean()
            to.save()
        for name in parts.names:
            give_name(name, to)
        for form in parts.short_forms:
            give_short_form(form, to)
        moved = give_mentions(parts.mentions, to)
        for mention in moved:
            _decide(mention, to.pk)
        update_rows(moved, DECIDED)
        refuse_clashes([to.pk])
        blocks = {mention.block_id for mention in parts.mentions}
        relink(before, [entry.pk, to.pk], blocks)
        _leave_alone(left_alone, was)
    return change


def _leave_alone(places, was):
    """Makes the links at these places as they were, by decision; a place that had none has a rejected one."""
    rows = {place: [] for place in places}
    for row in _at(places):
        rows[_place(row)].append(row)
    changed, added = [], []
    for place, here in rows.items():
        entry = was.get(place)
        own = next((row for row in here if row.entry_id == entry), None)
        own = own or next((row for row in here if row.is_shown), None)
        if entry is None:
            own = None
        elif own is not None:
            _decide(own, entry)
            changed.append(own)
        elif not _is_taken(place):
            added.append(_mention(place, entry))
        for other in (row for row in here if row is not own and row.is_shown):
            other.review = Review.REJECTED
            changed.append(other)
    update_rows(changed, DECIDED)
    create_rows(added)
    refresh_blocks({block for block, _, _ in places})


def _decide(mention, entry):
    mention.entry_id, mention.basis, mention.rule, mention.review = entry, Basis.EDITOR, "", Review.CONFIRMED


def _mention(place, entry):
    block, start, end = place
    mention = Mention(block_id=block, start=start, end=end, surface=Block.objects.get(pk=block).text[start:end])
    _decide(mention, entry)
    return mention


def _is_taken(place):
    block, start, end = place
    return Mention.objects.shown().filter(block=block, start__lt=end, end__gt=start).exists()


def _at(places):
    rows = Mention.objects.filter(block__in={block for block, _, _ in places})
    return [row for row in rows if _place(row) in places]


def _place(mention):
    return mention.block_id, mention.start, mention.end
