"""Brings the mentions in line with the names of entries, and the search index with the mentions, in one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext, ngettext

from sections.linking.names import KnownName, clashes
from sections.linking.short_forms import head_word
from sections.linking.sync import (
    LinkPlan,
    carry_out,
    known_name,
    names_everywhere,
    names_in_reports,
    plan_links,
    text_blocks,
)
from sections.models import Block, Change, Entry, Mention, Name, Paragraph, Report, Section, changing
from sections.search.service import refresh, reports_without_index, sections_naming, sections_with

from .printed_names import settle_printed


@dataclass(frozen=True)
class Names:
    """The names of some entries: those that hold in every report, and short forms with the key of their report."""

    everywhere: frozenset[KnownName]
    in_reports: frozenset[tuple[int, KnownName]]

    def of(self, entries: Collection[int]) -> Self:
        """Those of these entries alone."""
        return Names(
            frozenset(name for name in self.everywhere if name.entry in entries),
            frozenset((report, name) for report, name in self.in_reports if name.entry in entries),
        )


@dataclass(frozen=True)
class Clash:
    """A name that two entries claim: its text, the other entry, and in words which two they are, and the way out."""

    text: str
    other: Entry
    words: str


class NameClash(Exception):
    """Names that two entries claim."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes = list(clashes)
        super().__init__(" ".join(dict.fromkeys(clash.words for clash in self.clashes)))


def names_of(entries: Iterable[int] | None = None) -> Names:
    """Every name by which these entries, or without any all entries, are found; three queries."""
    where = {} if entries is None else {"entry__in": list(entries)}
    return Names(frozenset(names_everywhere(**where)), frozenset(names_in_reports(**where)))


def relink(before: Names, entries: Iterable[int], blocks: Iterable[int] = ()) -> None:
    """Brings mentions and search index in line after an edit, and what names say of being printed.

    The edit changed names of `entries` since `before`, and itself changed mentions in `blocks`.
    """
    blocks, entries = set(blocks), set(entries)
    settle_new_names(before, entries)
    replies = Block.objects.filter(pk__in=blocks).values_list("paragraph__section", flat=True)
    apply_plans(plans_after(before, entries, replies), blocks)


def relink_places(mentions: Iterable[Mention]) -> None:
    """Brings links in line with the names after decisions on mentions, at the places of these and nowhere else."""
    places = defaultdict(list)
    for mention in mentions:
        places[mention.block_id].append((mention.start, mention.end))
    replies = Block.objects.filter(pk__in=places).values_list("paragraph__section", flat=True)

    def is_there(mention):
        return any(mention.start < end and start < mention.end for start, end in places.get(mention.block_id, ()))

    plans = plans_after(names_of([]), [], replies)
    for plan in plans:
        plan.add, plan.change, plan.remove = (
            list(filter(is_there, rows)) for rows in (plan.add, plan.change, plan.remove)
        )
    apply_plans(plans, places)


def settle_new_names(before: Names, entries: Iterable[int]) -> None:
    """Finds which of the names that these entries have now, and had not `before`, a report prints."""
    rows = Name.objects.filter(entry__in=set(entries))
    settle_printed([name for name in rows if known_name(name) not in before.everywhere])


def plans_after(
    before: Names, entries: Iterable[int], replies: Iterable[int] = (), now: Names | None = None
) -> list[LinkPlan]:
    """What relinking would do to each report, now that the names of these entries are no longer those in `before`.

    Reads only the replies that can change: those that hold a new or former name, those that mention the entries and
    hold a noun by which short forms now mean others, and those whose section keys are given. `now` are the names of all
    entries, if they have been read already.
    """
    entries, now = set(entries), now or names_of()
    before, after = before.of(entries), now.of(entries)
    sections = set(replies)
    for name in before.everywhere ^ after.everywhere:
        sections |= sections_with(name.text)
    for report, name in before.in_reports ^ after.in_reports:
        sections |= _sections_holding(report, name)
    sections |= _sections_with_other_heads(before, after, entries)
    by_report: dict[Report, set | None] = defaultdict(set)
    for section in Section.objects.filter(pk__in=sections).select_related("report") if sections else ():
        by_report[section.report].add(section.pk)
    if sections or before != after:
        by_report |= dict.fromkeys(reports_without_index())  # all their sections
    plans = []
    for report, keys in by_report.items():
        names = [*now.everywhere, *(form for _, form in names_in_reports(report=report))]
        plans.append(plan_links(report, text_blocks(report, keys), names))
    return plans


def _sections_holding(report, name):
    """The sections of the paragraphs that a short form is for."""
    rows = Paragraph.objects.filter(report=report, number__in=name.paragraphs)
    return set(rows.values_list("section", flat=True))


def _sections_with_other_heads(before, after, entries):
    """The sections in which a short form such as "the Office" may now mean another entry, or none.

    It means an entry that the section mentions and whose name turns on this noun.
    """
    sections = set()
    for entry in entries:
        if changed := _heads(before, entry) ^ _heads(after, entry):
            naming = sections_naming([entry])
            for head in changed if naming else ():
                sections |= naming & sections_with(head)
    return sections


def _heads(names, entry):
    return {head_word(name.text) for name in names.everywhere if name.entry == entry} - {""}


def apply_plans(plans: Iterable[LinkPlan], blocks: Iterable[int] = ()) -> None:
    """Writes the plans, and updates the search index there and in `blocks`."""
    with changing(Change.Kind.LINK):
        blocks = set(blocks)
        for plan in plans:
            carry_out(plan)
            blocks |= plan.block_keys
        refresh_blocks(blocks)


def refresh_blocks(blocks: Iterable[int]) -> None:
    """Updates the search index for the links in these blocks."""
    if blocks := set(blocks):
        refresh(Paragraph.objects.filter(blocks__in=blocks).distinct())


def refuse_clashes(entries: Iterable[int], now: Names | None = None) -> None:
    """Raises NameClash if another entry has a name that one of these has; `now` as for `plans_after`."""
    entries, now = set(entries), now or names_of()
    own = [name for name in now.everywhere if name.entry in entries]
    pairs = clashes(own, [name for name in now.everywhere if name.entry not in entries])
    for report in {report for report, name in now.in_reports if name.entry in entries}:
        here = [name for of, name in now.in_reports if of == report]
        mine = [name for name in here if name.entry in entries]
        pairs += clashes(mine, [name for name in here if name.entry not in entries])
    pairs.sort(key=lambda pair: (pair[0].text, pair[1].text))
    if pairs:
        named = Entry.objects.in_bulk({name.entry for pair in pairs for name in pair})
        raise NameClash(Clash(name.text, named[other.entry], _clash_words(name, other, named)) for name, other in pairs)


def _clash_words(name, other, named):
    mine, theirs = _told_apart(named[name.entry], named[other.entry])
    details = {"name": name.text, "mine": mine, "theirs": theirs}
    if name.contextual:
        message = ngettext(
            "“%(name)s” would mean both %(mine)s and %(theirs)s in paragraph %(numbers)s. Remove that paragraph from "
            "one of the two short forms.",
            "“%(name)s” would mean both %(mine)s and %(theirs)s in paragraphs %(numbers)s. Remove those paragraphs "
            "from one of the two short forms.",
            len(shared := sorted(name.paragraphs & other.paragraphs)),
        )
        return message % (details | {"numbers": ", ".join(map(str, shared))})
    message = gettext(
        "“%(name)s” would mean both %(mine)s and %(theirs)s. If it means the first in certain paragraphs only, enter "
        "it under “Short forms” with their numbers instead. Or remove it from the other entry first."
    )
    return message % details


def _told_apart(entry, other):
    """Two entries with their registers; where these do not tell them apart, with their addresses."""
    words = [f"{each.name} ({each.get_type_display()})" for each in (entry, other)]
    return words if words[0] != words[1] else [f"{each.name} ({each.get_absolute_url()})" for each in (entry, other)]
