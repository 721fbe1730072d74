"""What a save would do to the links, in words: which appear, disappear or move, and in which paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sections.linking.sync import LinkPlan
from sections.models import Basis, Block, Entry, Mention, Paragraph
from sections.text.snippet import Snippet, snippets

HEADINGS: dict[str, tuple[Promise, Promise]] = {
    "appear": (_("Links that appear"), _("These words are not linked now.")),
    "disappear": (_("Links that disappear"), _("These words will not be linked any more.")),
    "move here": (
        _("Links that move to this entry from another"),
        _("These words are linked to another entry now. They will be linked to this one."),
    ),
    "move away": (
        _("Links that move from this entry to another"),
        _("These words are linked to this entry now. They will be linked to another one."),
    ),
    "extent": (
        _("Links to this entry that become longer or shorter"),
        _("They stay links to this entry, but other words are part of the link."),
    ),
    "reason": (
        _("Links to this entry that are there for another reason"),
        _("The words and the entry stay the same. What changes is why they are linked: by a name or by a short form."),
    ),
    "elsewhere": (
        _("Links of other entries that change as a result"),
        _("A short form such as “the Institute” now means another entry there, or none."),
    ),
}
EXCLUDABLE = ("appear", "move here")


@dataclass(frozen=True, slots=True)
class Effect:
    """A link that would change: its paragraph, the sentence around it, and the entry before and after.

    Of a link that becomes longer or shorter `words` are those linked now. `key` names a place that can be excluded.
    `longer` are the words of the longer name that holds the link, "" where none does.
    """

    paragraph: Paragraph
    passage: Snippet
    was: str
    becomes: str
    by_rule: bool
    words: str
    key: str
    longer: str


def effects(plans: list[LinkPlan], entry: Entry) -> list[dict[str, Any]]:
    """The effects of plans on the links, grouped by what they mean for the entry that is being saved.

    Each group is a `heading`, what it `means`, the `links` under it, and their `paragraphs`.
    """
    was, becomes = {}, {}  # for each place that a plan touches, the entry it is linked to
    by_rule, surfaces, longer = set(), {}, {}
    for plan in plans:
        was |= {_place(mention): mention.entry_id for mention in plan.remove}
        was |= {_place(mention): plan.was[mention.pk] for mention in plan.change}
        longer |= plan.longer_names
        surfaces |= {_place(mention): mention.surface for mention in plan.remove}
        becomes |= {_place(mention): mention.entry_id for mention in (*plan.add, *plan.change)}
        by_rule |= {_place(mention) for mention in (*plan.add, *plan.change) if mention.basis == Basis.CONTEXTUAL}
    blocks = Block.objects.select_related("paragraph__report")
    blocks = blocks.in_bulk({key for plan in plans for key in plan.block_keys})
    names = dict(Entry.objects.filter(pk__in={*was.values(), *becomes.values()}).values_list("pk", "name"))
    groups = {group: [] for group in HEADINGS}
    for place in sorted(was.keys() | becomes.keys(), key=lambda place: (blocks[place[0]].paragraph.number, place)):
        if group := _group(place, entry.pk, was, becomes):
            key, *span = place
            (passage,) = snippets(blocks[key].text, [tuple(span)])
            before, after = (_owners_in_words(place, entries, entry.pk, names) for entries in (was, becomes))
            former = [surfaces[other] for other in _overlapping(place, was) if was[other] == entry.pk]
            groups[group].append(
                Effect(
                    blocks[key].paragraph, passage, before, after, place in by_rule,
                    words=former[0] if group == "extent" and former else "",
                    key="-".join(map(str, place)) if group in EXCLUDABLE else "",
                    longer=longer.get(place, ""),
                )
            )  # fmt: skip
    return [
        {
            "heading": str(HEADINGS[group][0]),
            "means": str(HEADINGS[group][1]),
            "links": links,
            "paragraphs": list(dict.fromkeys(link.paragraph for link in links)),
        }
        for group, links in groups.items()
        if links
    ]


def excluded_mentions(entry: Entry, keys: Iterable[str]) -> list[Mention]:
    """The undecided links to the entry at places with these keys, as effects and a post name them."""
    rows = Mention.objects.filter(entry=entry).select_related("block__paragraph")
    wanted = set(keys)
    return [row for row in rows if not row.is_decided and "-".join(map(str, _place(row))) in wanted] if wanted else []


def _place(mention):
    return mention.block_id, mention.start, mention.end


def _group(place, own, was, becomes):
    """The key of the heading for a place; "" for one that is listed at the link which overlaps it."""
    before, after = was.get(place), becomes.get(place)
    if after == own:
        if before == own:
            return "reason"
        if own in _owners(place, was):
            return "extent"
        return "move here" if before or _overlapping(place, was) else "appear"
    if before == own:
        if own in _owners(place, becomes):
            return ""
        return "move away" if after or _overlapping(place, becomes) else "disappear"
    return "" if before and own in _owners(place, becomes) else "elsewhere"


def _owners(place, links):
    return {links[other] for other in _overlapping(place, links)}


def _owners_in_words(place, links, own, names):
    """The entry to which the place is linked; if none, the other entries with a link that overlaps it."""
    keys = [links[place]] if place in links else sorted(_owners(place, links) - {own})
    return ", ".join(names[key] for key in keys)


def _overlapping(place, links):
    """The places of the links that overlap the place."""
    block, start, end = place
    return [other for other in links if other[0] == block and other[1] < end and other[2] > start]
