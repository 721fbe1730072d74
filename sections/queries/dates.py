"""The dates in a report, and those in its sentences that name an entry.

Words that end with a colon and the items of the list below them count as one sentence. A date of another law or
programme in the same sentence is not the entry's. Names within longer names do not count: the date of the "INM
guidelines" is not one of the INM.
"""

from collections import defaultdict
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext

from sections.figures import Named, named_in, owners
from sections.models import Basis, Block, DatedEvent, Entry, Mention, Name, Paragraph, Report
from sections.text.sentences import sentence_bounds

IN_A_NAME = "name"  # the sense of a year that only tells one thing from another: "PTRM 2008"
HAVE_DATES = (Entry.Type.LAW, Entry.Type.PROGRAMME)  # what happens to one of these does not happen to another


def dated_events(report: Report) -> QuerySet[DatedEvent]:
    """The dates that readers see, with their places, in chronological order; also those in names and titles."""
    order = ("first", "-last", "block__paragraph__number", "block__position", "start")
    return DatedEvent.objects.shown().of(report).with_places().order_by(*order)


def dates_of_entry(report: Report | None, entry: Entry) -> list[tuple[str, str, Paragraph]]:
    """The dates that the report connects with the entry, in chronological order; a fixed number of queries.

    Each row is the dates in words, what happened then, and the paragraph that says so.
    """
    here = Mention.objects.shown().filter(block__paragraph__report=report).own()
    paragraphs = here.filter(entry=entry).values("block__paragraph")
    mentions: dict[int, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))  # by paragraph and block
    for mention in here.filter(block__paragraph__in=paragraphs).select_related("entry", "block").order_by("start"):
        mentions[mention.block.paragraph_id][mention.block_id].append(mention)
    rows = DatedEvent.objects.shown().filter(block__paragraph__in=list(mentions)).exclude(sense=IN_A_NAME)
    rows = list(rows.with_places().order_by("block__paragraph__number", "what", "first", "last", "start"))
    names = _names(mentions)
    beside = defaultdict(list)
    for row in rows:
        beside[row.block_id].append((row.start, row.end))
    own = [row for row in rows if _is_of(entry, row, mentions[row.block.paragraph_id], names, beside[row.block_id])]
    groups = groupby(own, key=lambda row: (row.block.paragraph, row.what))
    groups = [(what, paragraph, list(dates)) for (paragraph, what), dates in groups]
    groups.sort(key=lambda group: (group[2][0].first, group[2][0].last, group[1].number))
    return [(_in_words(dates), what, paragraph) for what, paragraph, dates in groups]


def _in_words(dates):
    """The dates in words; of more than two the first and the last: "2010 … 2016"."""
    words = list(dict.fromkeys(row.in_words for row in dates))
    if len(words) == 2:
        return gettext("%(first)s and %(last)s") % {"first": words[0], "last": words[1]}
    return f"{words[0]} … {words[-1]}" if len(words) > 2 else words[0]


def _names(mentions):
    """By the key of an entry the names by which the words for a date may name it."""
    found = defaultdict(set)
    for mention in (each for blocks in mentions.values() for rows in blocks.values() for each in rows):
        found[mention.entry_id].add(mention.entry.name)
        if mention.basis != Basis.CONTEXTUAL:
            found[mention.entry_id].add(mention.surface)
    for entry, text in Name.objects.filter(entry__in=list(found)).order_by().values_list("entry", "text"):
        found[entry].add(text)
    return found


def _is_of(entry, row, mentions, names, dates):
    """Whether the date is one of the entry: it is named in the date's sentence, and the date is of no other there."""
    here = mentions[row.block_id]
    if row.block.kind == Block.Kind.TABLE:
        return any(mention.entry_id == entry.pk for mention in here)
    text = row.block.text
    sentence = next(bounds for bounds in sentence_bounds(text) if row.start < bounds[1])
    here = [mention for mention in here if sentence[0] <= mention.start < sentence[1]]
    if not any(mention.entry_id == entry.pk for mention in here):
        return _opens_a_list(row, sentence) and _is_in_items(entry, row, mentions)
    if entry.type in HAVE_DATES:
        others = {mention.entry_id for mention in here if mention.entry.type in HAVE_DATES}
        said = named_in(row.what, [(name, other) for other in others for name in names[other]])
        if said:
            return entry.pk in said
    alike = [Named(each.start, each.end, each.entry_id) for each in here if each.entry.type == entry.type]
    return entry.pk in owners(text, sentence, (row.start, row.end), alike, dates)


def _opens_a_list(row, sentence):
    text = row.block.text.rstrip()
    return text.endswith(":") and sentence[1] >= len(text)


def _is_in_items(entry, row, mentions):
    """Whether an item of the list below the date names the entry."""
    blocks = [rows[0].block for rows in mentions.values() if any(each.entry_id == entry.pk for each in rows)]
    return any(block.kind == Block.Kind.ITEM and block.position > row.block.position for block in blocks)
