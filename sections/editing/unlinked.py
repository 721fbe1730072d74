"""Why a name makes no link where it stands, and why it stands nowhere: so that nobody is left to guess."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from sections.linking.names import KnownName, NameTree
from sections.linking.sync import LinkPlan
from sections.linking.tokens import tokens
from sections.models import Block, Change, Entry, Mention, Paragraph
from sections.search.service import reports_without_index, sections_with

from .relink import Names


class Why(StrEnum):
    """What keeps a name from making a link."""

    NOT_PRINTED = "not printed"
    OTHER_LETTERS = "other letters"  # the reports print it only with other capitals
    LONGER = "longer"  # it stands within a longer name
    CLAIMED = "claimed"  # the same words are linked to another entry
    REJECTED = "rejected"  # a person decided against a link there
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a name makes no link, with the `paragraphs` in which it holds.

    `words` are those printed there, of a longer name all of it; `entry` is the other entry that has them. `change` is
    the one in which a person decided; None where that was before this site.
    """

    why: Why
    paragraphs: tuple[Paragraph, ...] = ()
    words: str = ""
    entry: Entry | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class NameLinks:
    """A name of an entry: how many of the `places` where it stands are linked to it, and what prevents the others."""

    name: KnownName
    places: int
    linked: int
    obstacles: tuple[Obstacle, ...]


def new_names(before: Names, after: Names) -> list[tuple[int | None, KnownName]]:
    """The names that came in between, each with the key of the report that it holds in, None for all."""
    everywhere = [(None, name) for name in after.everywhere - before.everywhere]
    return sorted([*everywhere, *(after.in_reports - before.in_reports)], key=lambda pair: pair[1].text)


def links_of_names(names: Iterable[tuple[int | None, KnownName]], plans: Iterable[LinkPlan]) -> list[NameLinks]:
    """What came of each name where the plans have been carried out."""
    open_places = {
        (place.block.key, place.start, place.end): place.claims for plan in plans for place in plan.findings.ambiguous
    }
    return [_links_of(report, name, open_places) for report, name in names]


def _links_of(report, name, open_places):
    blocks = list(_blocks_with(report, name))
    tree = NameTree([name])
    places = [
        (block, span.start, span.end) for block in blocks for span in tree.spans(block.text, block.paragraph.number)
    ]
    if not places:
        return NameLinks(name, 0, 0, (_nowhere(name, blocks),))
    mentions = defaultdict(list)
    for mention in Mention.objects.filter(block__in={block.pk for block, *_ in places}).select_related("entry"):
        mentions[mention.block_id].append(mention)
    linked, obstacles = 0, defaultdict(list)
    for block, start, end in places:
        overlapping = [row for row in mentions[block.pk] if row.start < end and row.end > start]
        if any(row.entry_id == name.entry and row.is_shown for row in overlapping):
            linked += 1
            continue
        claims = open_places.get((block.pk, start, end), frozenset())
        obstacles[_obstacle(name, (start, end), overlapping, claims)].append(block.paragraph)
    return NameLinks(
        name, len(places), linked,
        tuple(Obstacle(why, tuple(dict.fromkeys(where)), *rest) for (why, *rest), where in obstacles.items()),
    )  # fmt: skip


def _blocks_with(report, name) -> QuerySet[Block]:
    """The blocks in which the name may stand, in reading order."""
    blocks = Block.objects.select_related("paragraph__report")
    blocks = blocks.order_by("paragraph__report", "paragraph__number", "position")
    if report is not None:
        return blocks.filter(paragraph__report=report, paragraph__number__in=name.paragraphs)
    unread = list(reports_without_index().values_list("pk", flat=True))
    indexed = blocks.filter(paragraph__section__in=sections_with(name.text))
    return indexed | blocks.filter(paragraph__report__in=unread) if unread else indexed


def _nowhere(name, blocks):
    """Why a name stands nowhere; perhaps the reports print it with other capitals."""
    wanted = [token.folded for token in tokens(name.text)]
    for block in blocks:
        stream = tokens(block.text)
        for first in range(len(stream) - len(wanted) + 1):
            found = stream[first : first + len(wanted)]
            if [token.folded for token in found] == wanted:
                return Obstacle(Why.OTHER_LETTERS, (block.paragraph,), block.text[found[0].start : found[-1].end])
    return Obstacle(Why.NOT_PRINTED)


def _obstacle(name, span, overlapping, claims):
    """The reason, the words, the entry and the change by which one place has no link."""
    for row in sorted(overlapping, key=lambda row: not row.is_shown):
        if row.is_shown:
            return (Why.CLAIMED if (row.start, row.end) == span else Why.LONGER), row.surface, row.entry, None
        if row.entry_id == name.entry:
            return Why.REJECTED, row.surface, None, _decision(row)
    if rejected := next(iter(overlapping), None):
        return Why.REJECTED, rejected.surface, rejected.entry, _decision(rejected)
    other = Entry.objects.filter(pk__in=claims - {name.entry}).first() if claims else None
    return Why.AMBIGUOUS, "", other, None


def _decision(mention):
    """The change in which a person rejected the link."""
    rows = mention.history.filter(review=mention.review).exclude(change=None).order_by("history_id")
    former = rows.select_related("change__user").last()
    return former.change if former else None
