"""What a save would do to the links, in words: which appear, disappear or move, and in which paragraphs."""

from dataclasses import dataclass

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
    """A link that would change: its paragraph's number, the sentence around it, and the entry before and after."""

    number: int
    passage: Snippet
    was: str
    becomes: str
    by_rule: bool


@dataclass(frozen=True, slots=True)
class Effects:
    """The links of one kind of effect, under its heading."""

    heading: str
    links: tuple[Effect, ...]

    @property
    def paragraphs(self) -> list[int]:
        return sorted({link.number for link in self.links})


def effects(plans: list[LinkPlan], entry: Entry) -> list[Effects]:
    """The effects of plans on the links, grouped by what they mean for the entry that is being saved."""
    blocks = Block.objects.select_related("paragraph").in_bulk({key for plan in plans for key in plan.block_keys})
    was, becomes = _owners(plans)
    names = {row.pk: row.name for row in Entry.objects.filter(pk__in={*was.values(), *becomes.values()})}
    groups = {group: [] for group in HEADINGS}
    for place in sorted(was.keys() | becomes.keys(), key=lambda place: (blocks[place[0]].paragraph.number, place)):
        before, after = was.get(place), becomes.get(place)
        group = _group(before, after, entry.pk, place, was, becomes)
        if group:
            key, start, end = place
            passage = snippets(blocks[key].text, [(start, end)])[0]
            number, by_rule = blocks[key].paragraph.number, _by_rule(plans, place)
            groups[group].append(Effect(number, passage, names.get(before, ""), names.get(after, ""), by_rule))
    return [Effects(HEADINGS[group], tuple(links)) for group, links in groups.items() if links]


def _owners(plans):
    """For each place that a plan touches, the entry that it is linked to before, and after."""
    was, becomes = {}, {}
    for plan in plans:
        for mention in plan.remove:
            was[mention.block_id, mention.start, mention.end] = mention.entry_id
        for mention in plan.change:
            was[mention.block_id, mention.start, mention.end] = plan.was[mention.pk]
        for mention in (*plan.add, *plan.change):
            becomes[mention.block_id, mention.start, mention.end] = mention.entry_id
    return was, becomes


def _by_rule(plans, place):
    return any(
        (mention.block_id, mention.start, mention.end) == place and mention.basis == Basis.CONTEXTUAL
        for plan in plans
        for mention in (*plan.add, *plan.change)
    )


def _group(before, after, own, place, was, becomes):
    """The key of the heading for a place; "" for one that is listed at the link which overlaps it."""
    if after == own:
        if before == own or _overlaps(place, was, {own}):
            return "same"
        return "move here" if before or _overlaps(place, was, set(was.values())) else "appear"
    if before == own:
        if _overlaps(place, becomes, {own}):
            return ""
        return "move away" if after or _overlaps(place, becomes, set(becomes.values())) else "disappear"
    return "" if before and _overlaps(place, becomes, {own}) else "elsewhere"


def _overlaps(place, others, entries):
    """Whether a link to one of the entries overlaps the place."""
    key, start, end = place
    return any(
        block == key and first < end and last > start and entry in entries
        for (block, first, last), entry in others.items()
    )
