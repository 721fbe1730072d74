"""Short forms such as "the Institute": which are unresolved, and which one rule can resolve.

The rule: within one reply, "the" with a capitalised head word means the entry whose name turns
on that word, if exactly one such entry has been named in that reply before it. Anything else is
left open and listed for the editor.
"""

from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .tokens import tokens

ARTICLES = {"the", "this", "that", "its", "said"}
PREPOSITIONS = {"of", "for", "on", "to", "in", "against", "from", "with", "by", "at", "under", "between", "regarding"}


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A short form at its place: "the Institute" in a block, and the head word that it turns on."""

    start: int
    end: int
    text: str
    head: str


def head_word(name: str) -> str:
    """The noun that a name of several words turns on, or "" when it has none that is capitalised.

    It is the last word before the first preposition: Institute in "National Institute for Migration".
    """
    words = [token.printed for token in tokens(name) if token.printed[:1].isalpha()]
    core = []
    for word in words:
        if core and word in PREPOSITIONS:
            break
        core.append(word)
    if len(words) < 2 or not core or not core[-1][:1].isupper() or core[-1].isupper():
        return ""
    return core[-1]


def open_forms(text: str, taken: Iterable[tuple[int, int]], heads: AbstractSet[str]) -> list[OpenForm]:
    """The short forms of a text that no mention covers."""
    taken = list(taken)
    stream = tokens(text)
    forms = []
    for place, (article, head) in enumerate(zip(stream, stream[1:], strict=False)):
        if article.folded not in ARTICLES or head.printed not in heads:
            continue
        onward = stream[place + 2] if place + 2 < len(stream) else None
        if onward and onward.printed[:1].isupper():
            continue  # the beginning of a longer proper name, not a short form
        if any(start < head.end and end > article.start for start, end in taken):
            continue
        forms.append(OpenForm(article.start, head.end, text[article.start : head.end], head.printed))
    return forms


def resolve(head: str, named: Mapping[Hashable, frozenset[str]]) -> Hashable | None:
    """The one entry, among those named so far in the reply, with a name that turns on the word; else None."""
    candidates = [entry for entry, words in named.items() if head in words]
    return candidates[0] if len(candidates) == 1 else None
