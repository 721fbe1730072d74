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

from .merge_entries import give_name, give_short_form
from .relink import names_of, refresh_blocks, refuse_clashes, relink


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
        was = {_place(mention): mention.entry_id for mention in _at(left_alone)}
        if to.pk is None:
            to.full_clean()
            to.save()
        for name in parts.names:
            give_name(name, to)
        for form in parts.short_forms:
            give_short_form(form, to)
        for mention in parts.mentions:
            mention.entry, mention.basis, mention.rule = to, Basis.EDITOR, ""
            mention.review = Review.CONFIRMED
        update_rows(parts.mentions, ["entry", "basis", "rule", "review"])
        refuse_clashes([to.pk])
        blocks = {mention.block_id for mention in parts.mentions}
        relink(before, [entry.pk, to.pk], blocks)
        _leave_alone(left_alone, was)
    return change


def _leave_alone(places, was):
    """Makes the links at these places as they were, by decision; a place that had none has a rejected one."""
    now = {_place(mention): mention for mention in _at(places)}
    changed = []
    for place, mention in now.items():
        if place in was:
            mention.entry_id, mention.basis, mention.rule = was[place], Basis.EDITOR, ""
            mention.review = Review.CONFIRMED
        else:
            mention.review = Review.REJECTED
        changed.append(mention)
    update_rows(changed, ["entry", "basis", "rule", "review"])
    create_rows([_mention(place, entry) for place, entry in was.items() if place not in now and not _is_taken(place)])
    refresh_blocks({block for block, _, _ in places})


def _mention(place, entry):
    block, start, end = place
    surface = Block.objects.get(pk=block).text[start:end]
    decided = {"basis": Basis.EDITOR, "review": Review.CONFIRMED}
    return Mention(block_id=block, start=start, end=end, entry_id=entry, surface=surface, **decided)


def _is_taken(place):
    block, start, end = place
    return Mention.objects.filter(block=block, start__lt=end, end__gt=start).exists()


def _at(places):
    rows = Mention.objects.filter(block__in={block for block, _, _ in places})
    return [row for row in rows if _place(row) in places]


def _place(mention):
    return mention.block_id, mention.start, mention.end
