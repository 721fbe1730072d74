"""Names that a report prints and no entry has: groups of capitalised words, and acronyms, that are not linked.

The beginning of a sentence, numbers of articles and the like, months and numerals are no names, and no name goes from
one cell of a table into the next. Places are left to the caller, who knows them. A group of words that the report never
writes small and no known name contains is probably a person.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from sections.text.english_words import MONTHS, NUMBERS
from sections.text.fold import fold
from sections.text.spans import Span, apart

from .find_mentions import TextBlock
from .names import KnownName
from .short_forms import PREPOSITIONS
from .tokens import Token, tokens

JOINING = PREPOSITIONS | {"the", "and", "or", "de", "del", "la", "las", "los", "el", "y", "e", "para"}
SPANISH = {"de", "del", "la", "las", "los", "el", "y", "e", "para"}
ENUMERATING = {"and", "or", "y", "e"}
TITLES = {"mr", "ms", "mrs", "dr", "sr", "sra", "lic", "prof", "judge", "señor", "señora"}
NUMBERED = {
    "annex", "appendix", "article", "articles", "box", "chapter", "figure", "no", "nos", "paragraph", "paragraphs",
    "part", "phase", "section", "subparagraph", "table", "title", "volume",
}  # fmt: skip
NO_NAMES = NUMBERED | {month.casefold() for month in MONTHS}
NUMERALS = NUMBERS.keys() | {"hundred", "thousand"}
ROMAN = re.compile(r"[IVXLCDM]+")
GAP = re.compile(r"[^\S\t\n]+")  # between words of one line; a table separates its cells and rows by others
SENTENCE_ENDS = frozenset(".:;!?•–-(“\"'")
LONGEST = 300  # characters


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a name, as printed first, with their places as (paragraph, block, start, end)."""

    words: str
    key: str
    is_acronym: bool
    is_person: bool
    places: list[tuple[int, Hashable, int, int]] = field(default_factory=list)


def candidates(
    blocks: Iterable[TextBlock], taken: Mapping[Hashable, Collection[Span]], names: Iterable[KnownName]
) -> list[Candidate]:
    """The candidates of a report, the most frequent first; `taken` are the spans of each block that are explained."""
    blocks = list(blocks)
    small = {token.printed for block in blocks for token in tokens(block.text) if token.printed.islower()}
    known = {token.folded for name in names for token in tokens(name.text)}
    found: dict[str, Candidate] = {}
    for block in blocks:
        for run in _runs(block.text, taken.get(block.key, ()), small):
            start, end = run[0].start, run[-1].end
            words = " ".join(block.text[start:end].split())
            acronym = len(run) == 1
            person = not acronym and _is_person(run, small | known)
            candidate = found.setdefault(fold(words), Candidate(words, fold(words)[:LONGEST], acronym, person))
            candidate.places.append((block.paragraph, block.key, start, end))
    return sorted(found.values(), key=lambda candidate: (-len(candidate.places), candidate.key))


def _runs(text: str, taken: Collection[Span], small: Collection[str]) -> Iterable[list[Token]]:
    """The groups of capitalised words, with the small words that join them, and the acronyms."""
    run: list[Token] = []
    stream = tokens(text)
    for place, token in enumerate(stream):
        before = stream[place - 1] if place else None
        free = all(apart((token.start, token.end), span) for span in taken)
        close = before is not None and GAP.fullmatch(text, before.end, token.start) is not None
        if run and not (free and close and (_capital(token) or token.folded in JOINING)):
            yield from _trimmed(run, text, small)
            run = []
        if free and (run or _capital(token)):
            run.append(token)
    yield from _trimmed(run, text, small)


def _capital(token):
    return token.printed[:1].isupper()


def _trimmed(run, text, small):
    """The group without what begins or ends it and is no name; nothing if too little is left."""
    while run and not _capital(run[-1]):
        run = run[:-1]
    while run and (run[0].folded in JOINING or _is_capital_by_place(run[0], text, small)):
        run = run[1:]
    if not run:
        return
    capitals = [token for token in run if _capital(token)]
    if run[0].folded in NO_NAMES or _after_title(run[0], text):
        return
    if len(capitals) > 1 and all(token.folded in ENUMERATING for token in run[1::2]):
        return  # "Mexicans and Muslims": single words beside each other
    if len(capitals) > 1 and not all(ROMAN.fullmatch(token.printed) for token in capitals):
        yield run
    elif len(capitals) == 1 and _is_acronym(run[0], text, small):
        yield run[:1]


def _is_capital_by_place(token, text, small):
    """Whether a word has its capital because a sentence begins with it."""
    word = token.printed.lower()
    return (word in small or word in NUMERALS) and _begins_sentence(token, text)


def _begins_sentence(token, text):
    before = text[: token.start].rstrip()
    return not before or before[-1] in SENTENCE_ENDS or "\n" in text[len(before) : token.start]


def _after_title(token, text):
    words = re.findall(r"\w+", text[max(token.start - 12, 0) : token.start])
    return bool(words) and words[-1].lower() in TITLES


def _is_acronym(token, text, small):
    """Whether the word is an acronym: in capitals, no number, no part of a symbol such as CMW/C/MEX/3."""
    word = token.printed
    beside = text[max(token.start - 1, 0) : token.start] + text[token.end : token.end + 1]
    is_capital = len(word) > 1 and word.isalpha() and word.isupper()
    return is_capital and not ROMAN.fullmatch(word) and not set(beside) & set("/.") and word.lower() not in small


def _is_person(run, vocabulary):
    """Whether the words are probably the name of a person: nothing else in the report or the names has them."""
    capitals = [token for token in run if _capital(token)]
    joined = {token.folded for token in run if not _capital(token)}
    unknown = all(token.printed.lower() not in vocabulary and token.folded not in vocabulary for token in capitals)
    return len(capitals) <= 4 and joined <= SPANISH and unknown
