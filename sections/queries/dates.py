"""The dates in a report, and those in its sentences that name an entry.

Words that end with a colon and the items of the list below them count as one sentence.
"""

from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext

from sections.models import Block, DatedEvent, Entry, Mention, Paragraph, Report
from sections.text.sentences import sentence_bounds


def dated_events(report: Report) -> QuerySet[DatedEvent]:
    """The dates that readers see, with their places, in chronological order."""
    order = ("first", "-last", "block__paragraph__number", "block__position", "start")
    return DatedEvent.objects.shown().of(report).with_places().order_by(*order)


def dates_of_entry(report: Report | None, entry: Entry) -> list[tuple[str, str, Paragraph]]:
    """The dates that the report connects with the entry, in chronological order; a fixed number of queries.

    Each row is the dates as printed, what happened then, and the paragraph that says so.
    """
    mentions = Mention.objects.shown().filter(entry=entry, block__paragraph__report=report)
    by_paragraph: dict[int, list[Mention]] = {}
    for mention in mentions.select_related("block").order_by():
        by_paragraph.setdefault(mention.block.paragraph_id, []).append(mention)
    rows = DatedEvent.objects.shown().filter(block__paragraph__in=by_paragraph).with_places()
    rows = rows.order_by("block__paragraph__number", "what", "first", "last", "start")
    near = [row for row in rows if _is_near(row, by_paragraph[row.block.paragraph_id])]
    groups = groupby(near, key=lambda row: (row.block.paragraph, row.what))
    groups = [(what, paragraph, list(dates)) for (paragraph, what), dates in groups]
    groups.sort(key=lambda group: (group[2][0].first, group[2][0].last, group[1].number))
    return [(_as_printed(dates), what, paragraph) for what, paragraph, dates in groups]


def _as_printed(dates):
    """The dates in words; of more than two the first and the last: "2010 … 2016"."""
    printed = list(dict.fromkeys(row.surface for row in dates))
    if len(printed) == 2:
        return gettext("%(first)s and %(last)s") % {"first": printed[0], "last": printed[1]}
    return f"{printed[0]} … {printed[-1]}" if len(printed) > 2 else printed[0]


def _is_near(row, mentions):
    """Whether a mention is in the date's sentence; in a table, anywhere."""
    starts = [mention.start for mention in mentions if mention.block_id == row.block_id]
    if row.block.kind == Block.Kind.TABLE:
        return bool(starts)
    text = row.block.text.rstrip()
    low, high = next(bounds for bounds in sentence_bounds(row.block.text) if row.start < bounds[1])
    if any(low <= start < high for start in starts):
        return True
    opens_a_list = text.endswith(":") and high >= len(text)
    items = [mention.block for mention in mentions if mention.block.kind == Block.Kind.ITEM]
    return opens_a_list and any(item.position > row.block.position for item in items)
