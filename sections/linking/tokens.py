"""Text as tokens: words and single marks, each with its place, in a form that can be compared.

Apostrophes of any kind are one apostrophe, hyphens and dashes of any kind one hyphen, spaces of
any kind and number one gap. A folded token keeps the place that it had in the text as printed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = "'’‘ʼ`´′"
HYPHENS = "-‐‑‒–—−"
TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

SAME = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: `printed` with its marks made equal, `folded` also without case."""

    printed: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=4096)  # blocks and names are read again at each edit, and blocks never change
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; web addresses hold none."""
    masked = WEB_ADDRESS.sub(lambda found: " " * len(found.group()), text)
    made = []
    for found in TOKEN.finditer(masked):
        printed = found.group().translate(SAME)
        made.append(Token(printed, printed.casefold(), found.start(), found.end()))
    return tuple(made)
