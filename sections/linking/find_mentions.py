"""Finds in a report’s blocks, read in order, which entries they name, and on what basis."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from .names import KnownName, NameTree, Rejection, is_rejected
from .short_forms import ShortFormSpan, head_word, short_forms


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block to read: its key, the paragraph and the reply that it stands in, and its text.

    `rejected` are the spans in it that a person decided not to mean an entry, each with that entry.
    """

    key: Hashable
    paragraph: int
    reply: Hashable
    text: str
    rejected: frozenset[Rejection] = frozenset()


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A span of a block that names an entry; `rule` says why, where the name alone does not.

    Without an entry it cannot be linked with certainty; `claims` are then the entries that it may mean, if any.
    `longer` is the shortest of the longer names that hold it, "" where none does.
    """

    block: TextBlock
    start: int
    end: int
    entry: Hashable | None = None
    rule: str = ""
    claims: frozenset = frozenset()
    longer: str = ""

    @property
    def surface(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def contextual(self) -> bool:
        return bool(self.rule)


@dataclass(slots=True)
class Findings:
    """What was found in a report, and what stays open for an editor."""

    mentions: list[FoundMention] = field(default_factory=list)
    ambiguous: list[FoundMention] = field(default_factory=list)
    unresolved: list[FoundMention] = field(default_factory=list)


def find_mentions(blocks: Iterable[TextBlock], names: Iterable[KnownName]) -> Findings:
    """The mentions of a report whose blocks come in reading order, with what stays open."""
    names = list(names)
    tree = NameTree(names)
    heads = defaultdict(set)  # by entry
    for name in names:
        if not name.contextual and (head := head_word(name.text)):
            heads[name.entry].add(head)
    all_heads = frozenset().union(*heads.values())
    findings = Findings()
    for _, blocks_of_reply in groupby(blocks, lambda block: block.reply):
        named = {}  # the entries that the reply has named so far, with the heads of their names
        for block in blocks_of_reply:
            for place in _places(block, tree, all_heads):
                if isinstance(place, ShortFormSpan):
                    _resolve(block, place, named, findings)
                elif len(place.entries) > 1:
                    claims = frozenset(place.entries)
                    findings.ambiguous.append(FoundMention(block, place.start, place.end, claims=claims))
                else:
                    name, longer = place.names[0], _longer(block, place)
                    found = FoundMention(block, place.start, place.end, name.entry, name.rule, longer=longer)
                    findings.mentions.append(found)
                    if not longer:  # what is named only in passing, a short form does not take up
                        named[name.entry] = heads[name.entry]
    return findings


def _places(block, tree, heads):
    """Where the block names entries or holds a short form, in order."""
    spans = tree.find(block.text, block.paragraph, block.rejected)
    forms = short_forms(block.text, [(span.start, span.end) for span in spans], heads)
    return sorted([*spans, *forms], key=lambda place: place.start)


def _longer(block, span):
    """The words of the shortest name that holds the span."""
    start, end = min(span.within, key=lambda longer: longer[1] - longer[0], default=(0, 0))
    return block.text[start:end]


def _resolve(block, form, named, findings):
    """Takes a short form to mean the one entry named so far whose name turns on its head; else leaves it open."""
    candidates = [
        entry
        for entry, heads in named.items()
        if form.head in heads and not is_rejected((form.start, form.end), entry, block.rejected)
    ]
    if len(candidates) != 1:
        findings.unresolved.append(FoundMention(block, form.start, form.end))
        return
    rule = f"The only entry with “{form.head}” at its head that the reply has named so far"
    findings.mentions.append(FoundMention(block, form.start, form.end, candidates[0], rule))
