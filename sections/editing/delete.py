"""Deletes an entry with all that belongs to it; its words are then linked to other entries with such names."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from sections.models import Change, Entry, Mention, Name, Relation, ShortForm, changing, delete_rows

from .relink import names_of, relink


def delete_entry(entry: Entry, reason: str = "", user: AbstractBaseUser | None = None) -> Change:
    """Deletes the entry. Its history stays, and it can be restored with its links."""
    with changing(Change.Kind.DELETE, reason, user) as change:
        key = entry.pk
        before = names_of([key])
        mentions = list(Mention.objects.filter(entry=key))
        delete_rows(mentions)
        delete_rows(list(Name.objects.filter(entry=key)))
        delete_rows(list(ShortForm.objects.filter(entry=key)))
        delete_rows(list(Relation.objects.filter(Q(source=key) | Q(target=key))))
        Entry.objects.get(pk=key).delete()
        relink(before, [key], {mention.block_id for mention in mentions})
    return change
