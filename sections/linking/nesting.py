"""When a name that stands within a longer name names its own entry there too.

"INM guidelines on the protection of migrants" names the INM as well. Not every name does so:

- A short form means its entry only by itself; within a longer name its words are that name's.
- Words that a preposition narrows down at the beginning of a name are another thing of the same kind: the "Office of
  the Special Prosecutor for crimes of violence" is not the "Office of the Special Prosecutor".
- A single word such as "Convention" takes its meaning from the words before it, "Domestic Workers Convention", and from
  those that narrow it down; only after "the" or a preposition, or where it begins the name, does it stand by itself.

An acronym stands by itself everywhere: "2008 PTRM".
"""

from typing import Any, Protocol

from sections.text.spans import within

from .short_forms import PREPOSITIONS
from .tokens import tokens

STANDS_AFTER = PREPOSITIONS | {"the", "a", "an", "and", "or"}


class Claimed(Protocol):
    """A span of a text with the names that claim it."""

    start: int
    end: int
    names: tuple[Any, ...]
    entries: set


def names_its_entry_within(span: Claimed, longer: Claimed, text: str) -> bool:
    """Whether the names of a span mean their entry although the span stands in that of a longer name."""
    if not within((span.start, span.end), (longer.start, longer.end)):
        return False
    if longer.entries & span.entries or any(name.contextual for name in span.names):
        return False
    if any(name.acronym for name in span.names) or text[span.start : span.end].isupper():
        return True
    before, after = tokens(text[longer.start : span.start]), tokens(text[span.end : longer.end])
    narrowed = bool(after) and after[0].folded in PREPOSITIONS
    if len(tokens(text[span.start : span.end])) > 1:
        return before != () or not narrowed
    return not narrowed and (not before or before[-1].folded in STANDS_AFTER)
