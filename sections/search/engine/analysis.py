"""Text as terms: the one way in which the site reads what it holds and what people type.

A term stands at a position and keeps its place in the text as printed. It has an exact form
(accents, case and typography aside) and a stem (inflection and spelling aside). Numbers are read
as one term however their digits are grouped. A word written with a hyphen is its parts, and the
first part also answers to the joined word, which `joined` gives in its exact form.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from .variants import IRREGULAR, one_spelling

APOSTROPHES = "'’‘ʼ`´′"
LONGEST = 80  # characters of a term; more is cut off, in texts and queries alike
HYPHENS = "-‐‑‒–—−"
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+(?!\d)"
_WORD = rf"[^\W_]+(?:[{APOSTROPHES}](?=[^\W_])[^\W_]+)*"
TERM = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s?$")
NOT_WORD = re.compile(r"[\W_]")  # what folding makes of signs that count as letters or digits
_GROUPING = re.compile(r"[,\u00a0\u202f ]")

# A stemmer keeps the word that it works on, so each thread has its own.
_own = threading.local()


class Term(NamedTuple):
    """A term at its place: `position` counts terms from 0, `start` and `end` count characters."""

    position: int
    start: int
    end: int
    exact: str
    stem: str
    joined: str = ""


def fold(text: str) -> str:
    """The text without case, accents and typography; it may be shorter or longer than the original."""
    if text.isascii():
        return text.lower().replace("`", "'")
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return re.sub(f"[{HYPHENS}]", "-", re.sub(f"[{APOSTROPHES}]", "'", plain))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word: one for all its inflections, in either spelling."""
    if not word.isalpha() or len(word) < 3:
        return word
    word = IRREGULAR.get(word, word)
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer.stemWord(one_spelling(word))


# Endings that only make another kind of word of the same family, as they are left after stemming; the longest first.
_SUFFIXES = ("izat", "atori", "ativ", "ator", "ism", "ist", "ial", "ant", "ori", "ari", "at", "or", "er")
_APART = {"center"}  # not of the family of "per cent"


def family(stem: str) -> str:
    """What a stem shares with words of another kind, racism with racist; "" where too little is left."""
    for suffix in _SUFFIXES if stem not in _APART else ():
        if stem.endswith(suffix) and len(stem) - len(suffix) >= (3 if len(suffix) > 2 else 4):
            return stem[: -len(suffix)]
    return stem if len(stem) > 2 and stem.isalpha() else ""


def terms(text: str) -> list[Term]:
    """The terms of a text in order."""
    made: list[Term] = []
    for found in TERM.finditer(text):
        exact = _exact(found["number"], found["word"])
        if exact:
            made.append(Term(len(made), found.start(), found.end(), exact, stem(exact)))
    return _with_joined(text, made)


@lru_cache(maxsize=30_000)
def short_terms(text: str) -> tuple[Term, ...]:
    """The terms of a name, a line of the thesaurus or a subject, most of which every edit leaves as they are."""
    return tuple(terms(text))


@lru_cache(maxsize=100_000)
def _exact(number: str | None, word: str | None) -> str:
    if number:
        return _GROUPING.sub("", number)
    plain = fold(_POSSESSIVE.sub("", word)).replace("'", "")
    return NOT_WORD.sub("", plain)[:LONGEST]


def _with_joined(text: str, made: list[Term]) -> list[Term]:
    """Gives the first part of each hyphenated word the joined word as another form."""
    for place in range(len(made) - 1):
        one, two = made[place], made[place + 1]
        if two.start - one.end == 1 and text[one.end] in HYPHENS and one.exact.isalpha() and two.exact.isalpha():
            made[place] = one._replace(joined=(one.exact + two.exact)[:LONGEST])
    return made
