"""Deletes an entry with all that belongs to it; its words are then linked to other entries with such names."""

from itertools import groupby
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from sections.models import Change, Entry, Mention, Name, Paragraph, Relation, ShortForm, changing, delete_rows
from sections.text.snippet import Snippet, snippets

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


def places_of(entry: Entry) -> list[tuple[Paragraph, list[Snippet]]]:
    """The paragraphs of any report that are linked to an entry, each with the sentences around the links; one query."""
    rows = Mention.objects.shown().filter(entry=entry).select_related("block__paragraph__report")
    places = []
    for paragraph, mentions in groupby(rows.in_order(), key=attrgetter("block.paragraph")):
        passages = []
        for block, of_block in groupby(mentions, key=attrgetter("block")):
            passages += snippets(block.text, [(mention.start, mention.end) for mention in of_block])
        places.append((paragraph, passages))
    return places
