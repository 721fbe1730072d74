"""Text as tokens: words and single marks, each with its place, in a form that can be compared.

Apostrophes of any kind are one apostrophe, hyphens and dashes of any kind one hyphen, spaces of any kind and number
one gap; composed and decomposed letters are the same, and invisible characters are skipped. A token keeps the place
that it has in the text as printed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from sections.text.fold import fold, same_marks, visible

TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: `printed` with its marks made equal, `folded` also without case and accents."""

    printed: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=4096)  # blocks and names are read again at each edit, and blocks never change
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; web addresses hold none."""
    seen = visible(text)
    masked = WEB_ADDRESS.sub(lambda address: " " * len(address.group()), same_marks(seen.text))
    words = ((match.group(), *seen.span(*match.span())) for match in TOKEN.finditer(masked))
    return tuple(Token(word, fold(word), start, end) for word, start, end in words)


def find_words(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order; marks and spaces may be of another kind, letters may not."""
    wanted = [token.printed for token in tokens(words)]
    stream = tokens(text)
    found = []
    for first in range(len(stream) - len(wanted) + 1 if wanted else 0):
        run = stream[first : first + len(wanted)]
        if [token.printed for token in run] == wanted:
            found.append((run[0].start, run[-1].end))
    return found
