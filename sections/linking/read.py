"""Reads a report's blocks in order and finds which entries they name, and on what basis."""

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
class Reading:
    """What a reading of a report found, and what it left open for an editor."""

    mentions: list[FoundMention] = field(default_factory=list)
    ambiguous: list[LeftOpen] = field(default_factory=list)
    unresolved: list[LeftOpen] = field(default_factory=list)


def read(blocks: Iterable[TextBlock], names: Iterable[KnownName]) -> Reading:
    """The mentions of a report whose blocks come in reading order, with what stays open."""
    names = list(names)
    tree = NameTree(names)
    heads = _heads_by_entry(name for name in names if not name.contextual)
    reading = Reading()
    reply, named = None, {}
    for block in blocks:
        if block.reply != reply:
            reply, named = block.reply, {}
        _read_block(block, tree, heads, named, reading)
    return reading


def _read_block(block, tree, heads, named, reading):
    spans = tree.find(block.text, block.paragraph)
    taken = [(span.start, span.end) for span in spans]
    places = [*spans, *open_forms(block.text, taken, frozenset().union(*heads.values()))]
    for place in sorted(places, key=lambda place: place.start):
        if isinstance(place, OpenForm):
            _read_open_form(block, place, named, reading)
            continue
        if len(place.entries) > 1:
            reading.ambiguous.append(LeftOpen(block, place.start, place.end, frozenset(place.entries)))
            continue
        name = place.names[0]
        reading.mentions.append(FoundMention(block, place.start, place.end, name.entry, name.rule))
        named[name.entry] = heads.get(name.entry, frozenset())


def _read_open_form(block, form, named, reading):
    entry = resolve(form.head, named)
    if entry is None:
        reading.unresolved.append(LeftOpen(block, form.start, form.end))
        return
    rule = f"The only entry with “{form.head}” at its head that the reply has named so far"
    reading.mentions.append(FoundMention(block, form.start, form.end, entry, rule))


def _heads_by_entry(names):
    heads: dict[Hashable, set] = {}
    for name in names:
        if head := head_word(name.text):
            heads.setdefault(name.entry, set()).add(head)
    return {entry: frozenset(words) for entry, words in heads.items()}
