"""Text as terms: one analyser for what the site holds and for what people type. Pure.

A term has a position and the span of its characters in the text as printed. It has an exact form (accents, case and
typography aside) and a stem (inflection and spelling variants aside). Numbers are one term however their digits are
grouped, and so are the letters of I.N.M. A hyphenated word is its parts, and the first part also matches the joined
word, which `joined` gives in its exact form.
"""

import re
import threading
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from sections.text.fold import APOSTROPHES, HYPHENS, fold, visible

from .conflations import APART, WITHOUT_FAMILY
from .english import IRREGULAR, normalise_spelling

MAX_LENGTH = 80  # characters of a term; the rest is cut off, in texts and queries alike
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+(?!\d)"
_WORD = rf"[^\W_]+(?:[{APOSTROPHES}](?=[^\W_])[^\W_]+)*"
_DOTTED = r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?!\w)"  # I.N.M.
TERM = re.compile(rf"(?P<number>{_NUMBER})|(?P<dotted>{_DOTTED})|(?P<word>{_WORD})")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s?$")
_NOT_WORD = re.compile(r"[\W_]")  # what folding makes of signs that count as letters or digits
_GROUPING = re.compile(r"[,\u00a0\u202f ]")

_own = threading.local()  # a stemmer has state, so each thread has its own


class Term(NamedTuple):
    """A term of a text: `position` counts terms from 0, `start` and `end` count characters."""

    position: int
    start: int
    end: int
    exact: str
    stem: str
    joined: str = ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word: the same for all its inflections, in British and American spelling."""
    if not word.isalpha() or len(word) < 3:
        return word
    word = normalise_spelling(IRREGULAR.get(word, word))
    if word in APART:
        return APART[word]
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer.stemWord(word)


# Derivational endings that the stemmer leaves, the longest first.
_SUFFIXES = ("izat", "atori", "ativ", "ator", "ism", "ist", "ial", "ant", "ori", "ari", "at", "or", "er")


def family(stem: str) -> str:
    """What a stem shares with its derivatives, as racism with racist; "" where too little is left."""
    for suffix in _SUFFIXES if stem not in WITHOUT_FAMILY else ():
        if stem.endswith(suffix) and len(stem) - len(suffix) >= (3 if len(suffix) > 2 else 4):
            return stem[: -len(suffix)]
    return stem if len(stem) > 2 and stem.isalpha() else ""


def terms(text: str) -> list[Term]:
    """The terms of a text in order; composed and decomposed letters are the same, invisible characters are ignored."""
    shown = visible(text)
    found: list[Term] = []
    for match in TERM.finditer(shown.text):
        exact = _dotted(match["dotted"]) if match["dotted"] else _exact(match["number"], match["word"])
        if exact:
            found.append(Term(len(found), *shown.span(match.start(), match.end()), exact, stem(exact)))
    return _with_joined(text, found)


@lru_cache(maxsize=30_000)
def short_terms(text: str) -> tuple[Term, ...]:
    """The terms of a short text that is analysed again and again: a name, a thesaurus term, a subject."""
    return tuple(terms(text))


@lru_cache(maxsize=100_000)
def _exact(number, word):
    if number:
        return fold(_GROUPING.sub("", number))
    plain = fold(_POSSESSIVE.sub("", word)).replace("'", "")
    return _NOT_WORD.sub("", plain)[:MAX_LENGTH]


def _dotted(letters):
    joined = fold(letters.replace(".", ""))
    return {"us": "usa"}.get(joined, joined)  # which is no pronoun


def _with_joined(text, found):
    """Adds to the first part of each hyphenated word the joined word as another form."""
    for place, (first, second) in enumerate(pairwise(found)):
        is_hyphenated = second.start - first.end == 1 and text[first.end] in HYPHENS
        if is_hyphenated and first.exact.isalpha() and second.exact.isalpha():
            found[place] = first._replace(joined=(first.exact + second.exact)[:MAX_LENGTH])
    return found


@lru_cache(maxsize=1_000)
def pattern_of(pattern: str) -> re.Pattern[str]:
    """What fits a folded pattern, in which * is any letters and ? is one."""
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))


def beginning_of(pattern: str) -> str:
    """What comes before the first wildcard of a pattern."""
    return re.split(r"[*?]", pattern, maxsplit=1)[0]
