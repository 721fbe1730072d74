"""A register of names as a tree of tokens, and what it finds in a text."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .tokens import Token, tokens

# Words that may open a short form and are written large only where a sentence begins.
OPENERS = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "such", "said", "both"}


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name and the entry that it means: everywhere, or only in stated paragraphs by a stated rule."""

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
class Found:
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
    names: list = field(default_factory=list)


class NameTree:
    """All names of a register, ready to be looked for in one pass over a text.

    A name of several words is found whatever its case. An acronym and a name of one word are
    found only as they are written. A short form may differ in the case of its opening article.
    """

    def __init__(self, names: Iterable[KnownName]):
        self._root = _Node()
        for name in names:
            self._add(name)

    def _add(self, name: KnownName) -> None:
        node = self._root
        for step in _steps(name):
            node = node.onward.setdefault(step, _Node())
        if node is not self._root:
            node.names.append(name)

    def find(self, text: str, paragraph: int) -> list[Found]:
        """The spans of the text that names claim: none within or across another, the longest first chosen."""
        stream = tokens(text)
        spans = [span for at in range(len(stream)) for span in self._from(stream, at, paragraph)]
        return longest(spans)

    def _from(self, stream: list[Token], at: int, paragraph: int) -> Iterable[Found]:
        level = [self._root]
        for place in range(at, len(stream)):
            token = stream[place]
            steps = ((True, token.printed), (False, token.folded))
            level = [node.onward[step] for node in level for step in steps if step in node.onward]
            if not level:
                return
            names = tuple(name for node in level for name in node.names if name.holds_in(paragraph))
            if names:
                yield Found(stream[at].start, token.end, _strongest(names))


def longest(spans: Iterable[Found]) -> list[Found]:
    """The spans that remain, in order of place, when a longer one drives out all that overlap it."""
    kept: list[Found] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _steps(name: KnownName) -> list[tuple[bool, str]]:
    """The way to the name through the tree: for each token whether case counts, and its form."""
    stream = tokens(name.text)
    as_written = name.acronym or len(stream) == 1
    steps = []
    for place, token in enumerate(stream):
        opener = place == 0 and token.folded in OPENERS
        exact = (as_written or name.contextual) and not opener
        steps.append((exact, token.printed if exact else token.folded))
    return steps


def _strongest(names: tuple[KnownName, ...]) -> tuple[KnownName, ...]:
    """Where a rule says what a span means in this paragraph, the rule decides."""
    ruled = tuple(name for name in names if name.contextual)
    return ruled or names
