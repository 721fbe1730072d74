"""What a save would do to the links, in words: which appear, disappear or move, and in which paragraphs."""

from dataclasses import dataclass
from typing import Any

from sections.linking.sync import LinkPlan
from sections.models import Basis, Block, Entry
from sections.text.snippet import Snippet, snippets

HEADINGS = {
    "appear": "Links that appear",
    "disappear": "Links that disappear",
    "move here": "Links that move to this entry from another",
    "move away": "Links that move from this entry to another",
    "same": "Links of this entry whose words or basis change",
    "elsewhere": "Links of other entries that change as a result",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """A link that would change: its paragraph's number, the sentence around it, and the entry before and after.

    `longer` are the words of the longer name that holds it, "" where none does.
    """

    number: int
    passage: Snippet
    was: str
    becomes: str
    by_rule: bool
    longer: str


def effects(plans: list[LinkPlan], entry: Entry) -> list[dict[str, Any]]:
    """The effects of plans on the links, grouped by what they mean for the entry that is being saved.

    Each group is a `heading`, the `links` under it, and the numbers of their `paragraphs`.
    """
    was, becomes, by_rule, longer = {}, {}, set(), {}  # for each place that a plan touches, the entry it is linked to
    for plan in plans:
        was |= {_place(mention): mention.entry_id for mention in plan.remove}
        was |= {_place(mention): plan.was[mention.pk] for mention in plan.change}
        becomes |= {_place(mention): mention.entry_id for mention in (*plan.add, *plan.change)}
        by_rule |= {_place(mention) for mention in (*plan.add, *plan.change) if mention.basis == Basis.CONTEXTUAL}
        longer |= plan.longer_names
    blocks = Block.objects.select_related("paragraph").in_bulk({key for plan in plans for key in plan.block_keys})
    names = dict(Entry.objects.filter(pk__in={*was.values(), *becomes.values()}).values_list("pk", "name"))
    groups = {group: [] for group in HEADINGS}
    for place in sorted(was.keys() | becomes.keys(), key=lambda place: (blocks[place[0]].paragraph.number, place)):
        if group := _group(place, entry.pk, was, becomes):
            key, *span = place
            (passage,) = snippets(blocks[key].text, [tuple(span)])
            before, after = (names.get(entries.get(place), "") for entries in (was, becomes))
            number, within = blocks[key].paragraph.number, longer.get(place, "")
            groups[group].append(Effect(number, passage, before, after, place in by_rule, within))
    return [
        {"heading": HEADINGS[group], "links": links, "paragraphs": sorted({link.number for link in links})}
        for group, links in groups.items()
        if links
    ]


def _place(mention):
    return mention.block_id, mention.start, mention.end


def _group(place, own, was, becomes):
    """The key of the heading for a place; "" for one that is listed at the link which overlaps it."""
    before, after = was.get(place), becomes.get(place)
    if after == own:
        if before == own or own in _overlapping(place, was):
            return "same"
        return "move here" if before or _overlapping(place, was) else "appear"
    if before == own:
        if own in _overlapping(place, becomes):
            return ""
        return "move away" if after or _overlapping(place, becomes) else "disappear"
    return "" if before and own in _overlapping(place, becomes) else "elsewhere"


def _overlapping(place, links):
    """The entries of the links that overlap the place."""
    block, start, end = place
    return {entry for (other, first, last), entry in links.items() if other == block and first < end and last > start}
