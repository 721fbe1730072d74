"""Short forms such as "the Institute": which are unresolved, and which one rule can resolve.

The rule: within one reply, "the" with a capitalised head word means the entry whose name turns
on that word, if exactly one such entry has been named in that reply before it. Anything else is
left open and listed for the editor.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from .tokens import tokens

ARTICLES = {"the", "this", "that", "its", "said"}
PREPOSITIONS = {"of", "for", "on", "to", "in", "against", "from", "with", "by", "at", "under", "between", "regarding"}


@dataclass(frozen=True, slots=True)
class ShortFormSpan:
    """A short form at its place: "the Institute" in a block, and the head word that it turns on."""

    start: int
    end: int
    head: str


def head_word(name: str) -> str:
    """The noun that a name of several words turns on, or "" when it has none that is capitalised.

    It is the last word before the first preposition: Institute in "National Institute for Migration".
    """
    words = [token.printed for token in tokens(name) if token.printed[:1].isalpha()]
    if len(words) < 2:
        return ""
    head = [words[0], *takewhile(lambda word: word not in PREPOSITIONS, words[1:])][-1]
    return head if head[:1].isupper() and not head.isupper() else ""


def short_forms(text: str, taken: Iterable[tuple[int, int]], heads: AbstractSet[str]) -> list[ShortFormSpan]:
    """The short forms of a text that no mention covers."""
    taken = list(taken)
    stream = tokens(text)
    forms = []
    for article, head, onward in zip_longest(stream, stream[1:], stream[2:]):
        if article.folded not in ARTICLES or head is None or head.printed not in heads:
            continue
        if onward and onward.printed[:1].isupper():
            continue  # the beginning of a longer proper name, not a short form
        if not any(start < head.end and end > article.start for start, end in taken):
            forms.append(ShortFormSpan(article.start, head.end, head.printed))
    return forms
