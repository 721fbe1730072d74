"""Which words a dictionary knows, so that none of them is taken for a misspelling of another. Pure.

pyspellchecker brings the word lists. They are read when the first correction is considered, and kept as a sorted array
for each language: 9 MB for all three, where sets of words would take 70.
"""

import gzip
import json
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import numpy as np

from sections.text.fold import fold

from .english import normalise_spelling

DICTIONARIES = ("en", "es", "fr")
LONGEST = 24  # letters of a word; a dozen are longer


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
    words, wanted = _words(language), word.encode()
    place = words.searchsorted(wanted)
    return place < words.size and words[place] == wanted


@cache
def _words(language):
    """The folded words of a language, sorted."""
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    words = [word for word in json.loads(gzip.decompress(packed)) if len(word) <= LONGEST]
    with_marks = fold(" ".join(word for word in words if not word.isascii())).split()
    return np.unique(np.array([word.encode() for word in (*filter(str.isascii, words), *with_marks)]))
