"""Moves an entry to another register; it stays the same record, with all that belongs to it and its history."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sections.models import Change, Entry, Mention, changing
from sections.models.kinds import KINDS_BY_TYPE

from .addresses import keep_address
from .new_slugs import free_slug
from .relink import refresh_blocks


def move_to_register(
    entry: Entry, type: str, kind: str, reason: str = "", user: AbstractBaseUser | None = None
) -> Change:
    """Gives the entry another type and a kind of that; its old address leads to the new one.

    The last part of its address stays, with a number where another entry has it. Raises ValidationError for a type that
    it has already, and for a kind that the type does not have.
    """
    if type == entry.type:
        raise ValidationError({"type": _("The entry is in this register already.")})
    if kind not in KINDS_BY_TYPE.get(type, {}):
        raise ValidationError({"kind": _("Choose a kind of the register to which the entry moves.")})
    with changing(Change.Kind.EDIT, reason, user) as change:
        moved = Entry.objects.get(pk=entry.pk)
        keep_address(moved, moved)
        moved.slug = free_slug(type, moved.name, moved.slug, own=moved.pk)
        moved.type, moved.kind = type, kind
        moved.full_clean()
        moved.save()
        refresh_blocks(Mention.objects.filter(entry=moved.pk).values_list("block", flat=True))
    return change
