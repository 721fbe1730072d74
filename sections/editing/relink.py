"""Brings the mentions in line with an entry's names, and the search index with the mentions, in one transaction."""

from collections.abc import Iterable

from sections.linking.clashes import clashes
from sections.linking.names import KnownName
from sections.linking.sync import LinkPlan, carry_out, known_names, plan_links, text_blocks
from sections.linking.tokens import searchable, tokens
from sections.models import Block, Change, Entry, Mention, Paragraph, Report, changing, content_changed
from sections.search.service import refresh


class NameClash(Exception):
    """A name that two entries would claim; says which, and the way out."""


def names_by_report(entries: Iterable[int]) -> dict[int, frozenset[KnownName]]:
    """For each report's key, the names by which these entries are found in it."""
    wanted = set(entries)
    return {
        report.pk: frozenset(name for name in known_names(report) if name.entry in wanted)
        for report in Report.objects.all()
    }


def plans_after(
    before: dict[int, frozenset[KnownName]], entries: Iterable[int], replies: Iterable[int] = ()
) -> list[LinkPlan]:
    """What relinking would do to each report, now that the names of these entries are others than before.

    Reads only the replies that name the entries or hold a name that came or went, and those given as keys of
    sections: nothing else can change.
    """
    entries, replies = set(entries), set(replies)
    plans = []
    for report in Report.objects.all():
        names = known_names(report)
        now = frozenset(name for name in names if name.entry in entries)
        then = before.get(report.pk, frozenset())
        if now != then or replies:
            blocks = _touched_blocks(report, then ^ now, entries, replies)
            plans.append(plan_links(report, blocks, names))
    return plans


def apply_plans(plans: Iterable[LinkPlan]) -> set[int]:
    """Writes the plans and brings the search index in step; returns the keys of the paragraphs whose links changed."""
    with changing(Change.Kind.LINK):
        blocks = set()
        for plan in plans:
            carry_out(plan)
            blocks |= plan.block_keys
        return refresh_blocks(blocks)


def refresh_blocks(blocks: Iterable[int]) -> set[int]:
    """Brings the search index in line with the links of these blocks; with none, only with names and words."""
    keys = set(Block.objects.filter(pk__in=blocks).values_list("paragraph_id", flat=True))
    if keys:
        refresh(Paragraph.objects.filter(pk__in=keys))
    else:
        content_changed(names=True)
    return keys


def refuse_clashes(entries: Iterable[int]) -> None:
    """Raises NameClash when another entry has a name that one of these has, with both named."""
    entries = set(entries)
    found = []
    for report in Report.objects.all():
        names = known_names(report)
        own = [name for name in names if name.entry in entries]
        found += clashes(own, [name for name in names if name.entry not in entries])
    if found:
        named = Entry.objects.in_bulk({name.entry for pair in found for name in pair})
        raise NameClash(" ".join(dict.fromkeys(_clash_words(*pair, named) for pair in found)))


def _clash_words(name, other, named):
    mine, theirs = named[name.entry], named[other.entry]
    if name.contextual:
        shared = ", ".join(map(str, sorted(name.paragraphs & other.paragraphs)))
        return (
            f"“{name.text}” would mean both {mine.name} and {theirs.name} in paragraph {shared}. "
            "Take those paragraphs out of one of the two short forms."
        )
    return (
        f"“{name.text}” would mean both {mine.name} and {theirs.name}. If it means {mine.name} in certain paragraphs "
        "only, enter it under “Short forms” with their numbers instead; or remove it from the other entry first."
    )


def _touched_blocks(report, names, entries, replies):
    blocks = text_blocks(report)
    words = [{token.folded for token in tokens(name.text)} - {"[", "]", ";"} for name in names]
    held = Mention.objects.filter(entry__in=entries, block__paragraph__report=report)
    replies = replies | set(held.values_list("block__paragraph__section_id", flat=True))
    for block in blocks:
        if block.reply not in replies:
            text = searchable(block.text)
            if any(all(word in text for word in needed) for needed in words):
                replies.add(block.reply)
    return [block for block in blocks if block.reply in replies]
