"""Which words a dictionary knows, so that none of them is taken for a misspelling of another. Pure.

pyspellchecker brings the word lists. They are read when the first correction is considered, and kept as one run of
bytes for each language, which takes a tenth of what a set of words would.
"""

import gzip
import json
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from sections.text.fold import fold

from .english import normalise_spelling

DICTIONARIES = ("en", "es", "fr")


def is_word(word: str, beside: Collection[str] = (), language: str = "en") -> bool:
    """Whether a folded word is spelt as it should be: a word of English, or of another language that is used here.

    That is the reader's `language`, or one that has all the words that stand `beside` it in the query too.
    """
    return is_english(word) or any(
        _has(other, word) and (other == language[:2] or all(_has(other, each) for each in beside))
        for other in DICTIONARIES[1:]
    )


def is_english(word: str) -> bool:
    """Whether a folded word is one of English, in British or American spelling."""
    return _has("en", word) or _has("en", normalise_spelling(word))


def _has(language, word):
    return f"\n{word}\n".encode() in _words(language)


@cache
def _words(language):
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    words = json.loads(gzip.decompress(packed))
    return "\n".join(["", *(word if word.isascii() else fold(word) for word in words), ""]).encode()
