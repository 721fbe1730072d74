"""Removes an entry with all that belongs to it, and links anew what its names had kept from others."""

from django.db.models import Q

from sections.models import Change, Entry, Mention, Name, Relation, ShortForm, changing, delete_rows
from sections.models.text import Block

from .relink import apply_plans, names_by_report, plans_after, refresh_blocks


def remove_entry(entry: Entry, reason: str = "", user=None) -> Change:
    """Removes the entry; its history stays, and it can be restored with its links."""
    with changing(Change.Kind.EDIT, reason, user) as change:
        before = names_by_report([entry.pk])
        mentions = list(Mention.objects.filter(entry=entry))
        blocks = {mention.block_id for mention in mentions}
        replies = Block.objects.filter(pk__in=blocks).values_list("paragraph__section", flat=True)
        delete_rows(mentions)
        delete_rows(list(Name.objects.filter(entry=entry)))
        delete_rows(list(ShortForm.objects.filter(entry=entry)))
        delete_rows(list(Relation.objects.filter(Q(source=entry) | Q(target=entry))))
        key = entry.pk
        Entry.objects.get(pk=key).delete()
        apply_plans(plans_after(before, [key], set(replies)))
        refresh_blocks(blocks)
    return change
