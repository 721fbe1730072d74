"""A register of names as a tree of tokens, what it finds in a text, and names that two entries claim."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from sections.text.spans import Span, apart

from .nesting import names_its_entry_within
from .tokens import Token, tokens

# Words that may open a short form and are capitalised only where a sentence begins.
OPENERS = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "such", "said", "both"}


Rejection = tuple[int, int, Hashable]  # a span of a text, and the entry that it does not mean


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name and the entry that it means: everywhere, or only in stated paragraphs by a stated rule.

    Square brackets enclose what names the entry; words outside them only distinguish it:
    "Harbour Act; [Regulations]" finds the regulations that follow that act.
    """

    text: str
    entry: Hashable
    acronym: bool = False
    paragraphs: frozenset[int] | None = None
    rule: str = ""

    @property
    def contextual(self) -> bool:
        return self.paragraphs is not None


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A span of a text and the names that claim it; `within` are the spans of the longer names that hold it."""

    start: int
    end: int
    names: tuple[KnownName, ...]
    within: tuple[Span, ...] = ()

    @property
    def entries(self) -> set:
        return {name.entry for name in self.names}


@dataclass(slots=True)
class _Node:
    onward: dict = field(default_factory=dict)
    # The names that end here, each with how many tokens before and after it only distinguish it.
    ends: list = field(default_factory=list)


class NameTree:
    """All names of a register, ready to be looked for in one pass over a text.

    A name of several words is found whatever its case. An acronym and a name of one word are
    found only as they are written. A short form may differ in the case of its opening article.
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._root = _Node()
        for name in names:
            before, inner, after = _parted(name.text)
            node = self._root
            for step in _steps_to(name):
                node = node.onward.setdefault(step, _Node())
            if inner:
                node.ends.append((name, len(before), len(after)))

    def find(self, text: str, paragraph: int, rejected: Collection[Rejection] = ()) -> list[NameSpan]:
        """The spans of the text that names claim, in order: where some overlap, the longest.

        A name within a longer one is found too, behind it, where it means its entry there as well: see `nesting`.
        A rejected span leaves its place to the names of other entries, and to longer ones.
        """
        chosen: list[NameSpan] = []
        spans = self.spans(text, paragraph)
        if rejected:
            spans = [left for span in spans if (left := _without(span, rejected)).names]
        for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
            around = [other for other in chosen if not apart((span.start, span.end), (other.start, other.end))]
            if not around:
                chosen.append(span)
            elif all(names_its_entry_within(span, other, text) for other in around):
                chosen.append(replace(span, within=tuple((other.start, other.end) for other in around)))
        return sorted(chosen, key=lambda span: (span.start, -span.end))

    def spans(self, text: str, paragraph: int) -> list[NameSpan]:
        """Every span of the text that names claim, also those inside longer ones, by where they begin."""
        stream = tokens(text)
        return [span for first in range(len(stream)) for span in self._from(stream, first, paragraph)]

    def _from(self, stream: list[Token], first: int, paragraph: int) -> Iterable[NameSpan]:
        level = [self._root]
        for last in range(first, len(stream)):
            steps = ((True, stream[last].printed), (False, stream[last].folded))
            level = [node.onward[step] for node in level for step in steps if step in node.onward]
            if not level:
                return
            claims = defaultdict(list)
            for name, before, after in chain.from_iterable(node.ends for node in level):
                if not name.contextual or paragraph in name.paragraphs:
                    claims[stream[first + before].start, stream[last - after].end].append(name)
            for (start, end), names in claims.items():
                # Where a rule says what a span means in this paragraph, the rule decides.
                ruled = [name for name in names if name.contextual]
                yield NameSpan(start, end, tuple(ruled or names))


def is_rejected(span: Span, entry: Hashable, rejected: Collection[Rejection]) -> bool:
    """Whether a person decided that the span, or a longer one that holds it, does not mean the entry."""
    return any(entry == other and start <= span[0] and span[1] <= end for start, end, other in rejected)


def _without(span, rejected):
    """The span with the names that may still mean their entries there."""
    place = (span.start, span.end)
    return replace(span, names=tuple(name for name in span.names if not is_rejected(place, name.entry, rejected)))


def _parted(text: str) -> tuple[list[Token], list[Token], list[Token]]:
    """The tokens before, within and after the square brackets of a name; without any, all are within."""
    before, bracket, rest = text.partition("[")
    if not bracket:
        return [], tokens(text), []
    inner, _, after = rest.partition("]")
    return tokens(before), tokens(inner), tokens(after)


def _steps_to(name: KnownName) -> list[tuple[bool, str]]:
    """The way to the name through the tree: for each token whether case counts, and its form."""
    stream = [token for part in _parted(name.text) for token in part]
    as_written = name.acronym or name.contextual or len(stream) == 1
    steps = []
    for place, token in enumerate(stream):
        exact = as_written and not (place == 0 and token.folded in OPENERS)
        steps.append((exact, token.printed if exact else token.folded))
    return steps


def clashes(names: Iterable[KnownName], others: Iterable[KnownName]) -> list[tuple[KnownName, KnownName]]:
    """Each of the names with the name of another entry that is found at the same places.

    A short form clashes only with another's in a paragraph that both name, as it takes precedence over names that
    hold everywhere.
    """
    by_words = defaultdict(list)
    for other in others:
        by_words[_words(other)].append(other)
    return [(name, other) for name in names for other in by_words.get(_words(name), ()) if _meet(name, other)]


def _words(name):
    """The name in its three parts, without regard to case and accents."""
    return tuple(tuple(token.folded for token in part) for part in _parted(name.text))


def _meet(name, other):
    """Whether two names of the same words are found at the same places."""
    if name.entry == other.entry or name.contextual != other.contextual:
        return False
    if name.contextual and not name.paragraphs & other.paragraphs:
        return False
    both = zip(_steps_to(name), _steps_to(other), strict=True)
    return all(here == there or not (exact and also) for (exact, here), (also, there) in both)
