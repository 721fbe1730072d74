"""What a report says of an entry with a date: the dates that stand in the sentences that name it.

Words that end with a colon and the items of the list below them count as one sentence.
"""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from sections.models import Block, DatedEvent, Entry, Mention, Paragraph, Report
from sections.text.sentences import sentence_bounds


@dataclass(frozen=True, slots=True)
class Dated:
    """What happened, the paragraph that says so, and the dates that it prints for it, in order."""

    what: str
    paragraph: Paragraph
    dates: tuple[DatedEvent, ...]

    @property
    def words(self) -> str:
        """The dates as printed, of more than two the first and the last: "2010 … 2016"."""
        printed = list(dict.fromkeys(row.surface for row in self.dates))
        if len(printed) > 2:
            return f"{printed[0]} … {printed[-1]}"
        return (
            gettext("%(first)s and %(last)s") % {"first": printed[0], "last": printed[1]} if printed[1:] else printed[0]
        )


def dated(report: Report | None, entry: Entry) -> list[Dated]:
    """The dated things that the report says of the entry, in the order of time; two queries."""
    mentions = Mention.objects.shown().filter(entry=entry, block__paragraph__report=report)
    places = {}
    for mention in mentions.select_related("block").order_by():
        places.setdefault(mention.block.paragraph_id, []).append(mention)
    rows = DatedEvent.objects.shown().filter(block__paragraph__in=places).with_places()
    rows = rows.order_by("block__paragraph__number", "what", "first", "last", "start")
    near = [row for row in rows if _near(row, places[row.block.paragraph_id])]
    groups = groupby(near, key=lambda row: (row.block.paragraph, row.what))
    found = [Dated(what, paragraph, tuple(of_it)) for (paragraph, what), of_it in groups]
    return sorted(found, key=lambda each: (each.dates[0].first, each.dates[0].last, each.paragraph.number))


def _near(row, mentions):
    """Whether one of the names stands in the date's sentence; in a table anywhere."""
    here = [mention.start for mention in mentions if mention.block_id == row.block_id]
    if row.block.kind == Block.Kind.TABLE:
        return bool(here)
    text = row.block.text.rstrip()
    low, high = next(bounds for bounds in sentence_bounds(row.block.text) if row.start < bounds[1])
    if any(low <= start < high for start in here):
        return True
    opens_a_list = text.endswith(":") and high >= len(text)
    return opens_a_list and any(_below(mention.block, row.block) for mention in mentions)


def _below(item, words):
    return item.kind == Block.Kind.ITEM and item.position > words.position
