"""A register of names as a tree of tokens, and what it finds in a text."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .tokens import Token, tokens

# Words that may open a short form and are capitalised only where a sentence begins.
OPENERS = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "such", "said", "both"}


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

    def holds_in(self, paragraph: int) -> bool:
        """Whether the name means its entry in the paragraph of that number."""
        return self.paragraphs is None or paragraph in self.paragraphs


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A span of a text and the names that claim it."""

    start: int
    end: int
    names: tuple[KnownName, ...]

    @property
    def entries(self) -> set:
        return {name.entry for name in self.names}


@dataclass(slots=True)
class _Node:
    onward: dict = field(default_factory=dict)
    ends: list = field(default_factory=list)  # of _End


@dataclass(frozen=True, slots=True)
class _End:
    """A name that ends here, with how many tokens before and after it only distinguish it."""

    name: KnownName
    before: int
    after: int


class NameTree:
    """All names of a register, ready to be looked for in one pass over a text.

    A name of several words is found whatever its case. An acronym and a name of one word are
    found only as they are written. A short form may differ in the case of its opening article.
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._root = _Node()
        for name in names:
            self._add(name)

    def _add(self, name: KnownName) -> None:
        before, inner, after = parted(name.text)
        node = self._root
        for step in steps_to(name, [*before, *inner, *after]):
            node = node.onward.setdefault(step, _Node())
        if inner:
            node.ends.append(_End(name, len(before), len(after)))

    def find(self, text: str, paragraph: int) -> list[NameSpan]:
        """The spans of the text that names claim: none within or across another, the longest first chosen."""
        stream = tokens(text)
        spans = [span for at in range(len(stream)) for span in self._from(stream, at, paragraph)]
        return longest(spans)

    def _from(self, stream: list[Token], at: int, paragraph: int) -> Iterable[NameSpan]:
        level = [self._root]
        for place in range(at, len(stream)):
            token = stream[place]
            steps = ((True, token.printed), (False, token.folded))
            level = [node.onward[step] for node in level for step in steps if step in node.onward]
            if not level:
                return
            ends = [end for node in level for end in node.ends if end.name.holds_in(paragraph)]
            yield from _spans(stream, at, place, ends)


def _spans(stream, first, last, ends) -> Iterable[NameSpan]:
    """One span for all names that end here and name the same tokens."""
    claims: dict[tuple[int, int], list[KnownName]] = {}
    for end in ends:
        start, stop = stream[first + end.before].start, stream[last - end.after].end
        claims.setdefault((start, stop), []).append(end.name)
    for (start, stop), names in claims.items():
        yield NameSpan(start, stop, _strongest(tuple(names)))


def longest(spans: Iterable[NameSpan]) -> list[NameSpan]:
    """The spans in order, without those that overlap a longer one."""
    chosen: list[NameSpan] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def parted(text: str) -> tuple[list[Token], list[Token], list[Token]]:
    """The tokens before, within and after the square brackets of a name; without any, all are within."""
    before, bracket, rest = text.partition("[")
    if not bracket:
        return [], tokens(text), []
    inner, _, after = rest.partition("]")
    return tokens(before), tokens(inner), tokens(after)


def steps_to(name: KnownName, stream: list[Token]) -> list[tuple[bool, str]]:
    """The way to the name through the tree: for each token whether case counts, and its form."""
    as_written = name.acronym or name.contextual or len(stream) == 1
    steps = []
    for place, token in enumerate(stream):
        exact = as_written and not (place == 0 and token.folded in OPENERS)
        steps.append((exact, token.printed if exact else token.folded))
    return steps


def _strongest(names: tuple[KnownName, ...]) -> tuple[KnownName, ...]:
    """Where a rule says what a span means in this paragraph, the rule decides."""
    ruled = tuple(name for name in names if name.contextual)
    return ruled or names
