"""Brings the mentions in line with the names of entries, and the search index with the mentions, in one transaction."""

from collections.abc import Iterable

from sections.linking.names import KnownName, clashes
from sections.linking.sync import LinkPlan, carry_out, known_names, plan_links, text_blocks
from sections.linking.tokens import tokens
from sections.models import Block, Change, Entry, Mention, Paragraph, Report, changing
from sections.search.service import refresh
from sections.text.fold import fold

NamesByReport = dict[int, frozenset[KnownName]]


class NameClash(Exception):
    """Two entries claim one name; says which two, and the way out."""


def names_by_report() -> NamesByReport:
    """For each report's key, every name by which an entry is found in it."""
    return {report.pk: frozenset(known_names(report)) for report in Report.objects.all()}


def relink(before: NamesByReport, entries: Iterable[int], blocks: Iterable[int] = ()) -> None:
    """Brings mentions and search index in line after an edit.

    The edit changed names of `entries` since `before`, and itself changed mentions in `blocks`.
    """
    blocks = set(blocks)
    replies = Block.objects.filter(pk__in=blocks).values_list("paragraph__section", flat=True)
    apply_plans(plans_after(before, entries, replies), blocks)


def plans_after(before: NamesByReport, entries: Iterable[int], replies: Iterable[int] = ()) -> list[LinkPlan]:
    """What relinking would do to each report, now that the names of these entries are no longer those in `before`.

    Reads only the replies that can change: those that mention the entries or hold a new or former name, and those
    whose section keys are given.
    """
    entries, replies = set(entries), set(replies)
    plans = []
    for report in Report.objects.all():
        names = known_names(report)
        changed = [name for name in before.get(report.pk, frozenset()) ^ set(names) if name.entry in entries]
        if changed or replies:
            plans.append(plan_links(report, _affected_blocks(report, changed, entries, replies), names))
    return plans


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


def refuse_clashes(entries: Iterable[int]) -> None:
    """Raises NameClash if another entry has a name that one of these has."""
    entries = set(entries)
    pairs = []
    for report in Report.objects.all():
        names = known_names(report)
        own = [name for name in names if name.entry in entries]
        pairs += clashes(own, [name for name in names if name.entry not in entries])
    if pairs:
        named = Entry.objects.in_bulk({name.entry for pair in pairs for name in pair})
        raise NameClash(" ".join(dict.fromkeys(_clash_words(*pair, named) for pair in pairs)))


def _clash_words(name, other, named):
    mine, theirs = named[name.entry].name, named[other.entry].name
    words = f"“{name.text}” would mean both {mine} and {theirs}"
    if name.contextual:
        shared = ", ".join(map(str, sorted(name.paragraphs & other.paragraphs)))
        return f"{words} in paragraph {shared}. Remove those paragraphs from one of the two short forms."
    return (
        f"{words}. If it means {mine} in certain paragraphs only, enter it under “Short forms” with their numbers "
        "instead; or remove it from the other entry first."
    )


def _affected_blocks(report, names, entries, replies):
    """The blocks of the replies that can change, in reading order."""
    blocks = text_blocks(report)
    words_of_names = [{token.folded for token in tokens(name.text)} - {"[", "]", ";"} for name in names]
    mentions = Mention.objects.filter(entry__in=entries, block__paragraph__report=report)
    replies = replies | set(mentions.values_list("block__paragraph__section_id", flat=True))
    for block in blocks:
        if block.reply not in replies:
            text = fold(block.text)
            if any(all(word in text for word in words) for words in words_of_names):
                replies.add(block.reply)
    return [block for block in blocks if block.reply in replies]
