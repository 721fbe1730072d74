"""Finds in a report’s blocks, read in order, which entries they name, and on what basis."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .names import KnownName, NameTree
from .short_forms import OpenForm, head_word, open_forms, resolve


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block to read: its key, the paragraph and the reply that it stands in, and its text."""

    key: Hashable
    paragraph: int
    reply: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class FoundMention:
    """An entry named at a place; `rule` says why, where the name alone does not."""

    block: TextBlock
    start: int
    end: int
    entry: Hashable
    rule: str = ""

    @property
    def surface(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def contextual(self) -> bool:
        return bool(self.rule)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A span that cannot be linked with certainty; `entries` are those that claim it, if any do."""

    block: TextBlock
    start: int
    end: int
    entries: frozenset = frozenset()

    @property
    def surface(self) -> str:
        return self.block.text[self.start : self.end]


@dataclass(slots=True)
class Findings:
    """What was found in a report, and what stays open for an editor."""

    mentions: list[FoundMention] = field(default_factory=list)
    ambiguous: list[LeftOpen] = field(default_factory=list)
    unresolved: list[LeftOpen] = field(default_factory=list)


def find_mentions(blocks: Iterable[TextBlock], names: Iterable[KnownName]) -> Findings:
    """The mentions of a report whose blocks come in reading order, with what stays open."""
    names = list(names)
    tree = NameTree(names)
    heads = _heads_by_entry(name for name in names if not name.contextual)
    findings = Findings()
    reply, named = None, {}
    for block in blocks:
        if block.reply != reply:
            reply, named = block.reply, {}
        _find_in_block(block, tree, heads, named, findings)
    return findings


def _find_in_block(block, tree, heads, named, findings):
    spans = tree.find(block.text, block.paragraph)
    taken = [(span.start, span.end) for span in spans]
    places = [*spans, *open_forms(block.text, taken, frozenset().union(*heads.values()))]
    for place in sorted(places, key=lambda place: place.start):
        if isinstance(place, OpenForm):
            _resolve_short_form(block, place, named, findings)
            continue
        if len(place.entries) > 1:
            findings.ambiguous.append(LeftOpen(block, place.start, place.end, frozenset(place.entries)))
            continue
        name = place.names[0]
        findings.mentions.append(FoundMention(block, place.start, place.end, name.entry, name.rule))
        named[name.entry] = heads.get(name.entry, frozenset())


def _resolve_short_form(block, form, named, findings):
    entry = resolve(form.head, named)
    if entry is None:
        findings.unresolved.append(LeftOpen(block, form.start, form.end))
        return
    rule = f"The only entry with “{form.head}” at its head that the reply has named so far"
    findings.mentions.append(FoundMention(block, form.start, form.end, entry, rule))


def _heads_by_entry(names):
    heads: dict[Hashable, set] = {}
    for name in names:
        if head := head_word(name.text):
            heads.setdefault(name.entry, set()).add(head)
    return {entry: frozenset(words) for entry, words in heads.items()}
