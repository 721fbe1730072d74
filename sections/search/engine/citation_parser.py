"""Citations as people type them: paragraphs, replies, annexes, footnotes, tables, articles and parts. Pure."""

import re
from dataclasses import dataclass

from sections.text.whole_numbers import whole_number

_SYMBOL = r"(?P<symbol>[A-Za-z][\w.-]*(?:/[\w.-]+){2,})"
_NUMBERS = r"(?P<first>[0-9]{1,9})(?:\s*(?:-|–|—|−|‑|to|and|&)\s*(?P<last>[0-9]{1,9}))?"
_NOUNS = {
    "paragraph": r"¶+|§+|para(?:graph)?s?\.?|parr\.?|párrafos?",
    "reply": r"repl(?:y|ies)(?:\s+to\s+(?:para(?:graph)?s?\.?|issues?|questions?))?|answers?|questions?|issues?",
    "footnote": r"foot-?\s?notes?|notes?|fn\.?",
    "table": r"tables?",
    "article": r"art(?:icle)?s?\.?|artículos?",
    "part": r"parts?",
}
_PATTERNS = [
    (kind, re.compile(rf"(?is)^(?:{_SYMBOL}[\s,:]*)?(?:the\s+)?(?:{noun})\s*{_NUMBERS}(?P<rest>\D.*|)$"))
    for kind, noun in _NOUNS.items()
]
_ANNEX = re.compile(r"^(?:the\s+)?annex(?:es)?\s+(?P<label>[0-9]{1,4}\s?[a-z]?|[a-z])$", re.IGNORECASE)
_BARE = re.compile(rf"^(?:{_SYMBOL}(?:\s*,\s*|\s+|/))?#?{_NUMBERS}$")
_PART = re.compile(r"^(?:the\s+)?part\s+(?P<roman>[ivx]{1,5})(?:\s+of\s+the\s+convention)?$", re.IGNORECASE)
_OF = re.compile(
    r"^\s*(?:\([0-9]+\)\s*)?,?\s*(?:of|from|in)?\s*(?:the\s+)?(?P<name>.*?)\s*$", re.IGNORECASE | re.DOTALL
)
_LAW = re.compile(r"^\s*(?:\([0-9]+\))?\s*,?\s*(?:of|from|in|\b)\s*(?:the\s+)?\S")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the kind, first and last number or a label, the document's symbol, a law's name.

    A bare number is of kind "number": a paragraph where there is one, otherwise a figure to search for.
    """

    kind: str
    first: int = 0
    last: int = 0
    label: str = ""
    symbol: str = ""
    law: str = ""


def parse_citation(text: str) -> Citation | None:
    """The citation that a whole query is, or None."""
    text = " ".join(text.split()).rstrip(" .,;?")
    if match := _ANNEX.match(text):
        return Citation("annex", label=match["label"].replace(" ", "").lower())
    if match := _PART.match(text):
        number = _ROMAN.get(match["roman"].lower())
        return Citation("part", number, number) if number else None
    if match := _BARE.match(text):
        return _numbered("paragraph" if match["symbol"] else "number", match)
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text):
            return _with_rest(_numbered(kind, match), match["rest"])
    return None


def _numbered(kind, match):
    first = whole_number(match["first"])
    last = whole_number(match["last"]) if match["last"] else first
    return Citation(kind, min(first, last), max(first, last), symbol=(match["symbol"] or "").upper())


def _with_rest(cited, rest):
    """The citation with what follows its number: nothing, the Convention, or for an article a law."""
    name = _OF.match(rest)["name"]
    if not name or name.lower() in {"convention", "report", "the convention", cited.symbol.lower()}:
        return cited
    if cited.kind != "article" or not _LAW.match(rest):
        return None
    return Citation("article", cited.first, cited.last, symbol=cited.symbol, law=name)
