"""What an editor says about names beside the names themselves: keep the old one, and do not link it here."""

from collections.abc import Iterable

from sections.models import Entry, Mention, Name, Review, update_rows
from sections.text.fold import fold

from .relink import refresh_blocks


def keep_former_name(entry: Entry, former: str) -> None:
    """Makes the former name another name, unless the entry has it already but for case and marks."""
    others = {fold(entry.name), *(fold(text) for text in entry.names.values_list("text", flat=True))}
    if fold(former) not in others:
        Name.objects.create(entry=entry, text=former)


def reject_places(mentions: Iterable[Mention]) -> None:
    """Rejects links, so that their places stay without a link to this entry; the search index follows."""
    rejected = list(mentions)
    for mention in rejected:
        mention.review = Review.REJECTED
    update_rows(rejected, ["review"])
    refresh_blocks({mention.block_id for mention in rejected})
