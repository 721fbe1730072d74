"""Which words a dictionary knows, so that none of them is taken for a misspelling of another. Knows no database.

pyspellchecker brings the word lists, which take a second to read. So each becomes a file of sorted words the first time
that it is needed, and all processes map these files into their memory: 9 MB for all three languages, once.
"""

import gzip
import json
import os
from collections.abc import Collection
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from sections.text.fold import fold

from .english import normalise_spelling

DICTIONARIES = ("en", "es", "fr")
LONGEST = 24  # letters of a word; a dozen are longer
FORM = 1  # of the files: another number where `_folded` gives other words


class Dictionary:
    """The words of all languages, in files in a folder; in memory alone where nothing can be written there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, word: str, beside: Collection[str] = (), language: str = "en") -> bool:
        """Whether a folded word is spelt as it should be: a word of English, or of another language that is used here.

        That is the reader's `language`, or one that has all the words that stand `beside` it in the query too.
        """
        return self.has_english(word) or any(
            self._has(other, word) and (other == language[:2] or all(self._has(other, each) for each in beside))
            for other in DICTIONARIES[1:]
        )

    def has_english(self, word: str) -> bool:
        """Whether a folded word is one of English, in British or American spelling."""
        return self._has("en", word) or self._has("en", normalise_spelling(word))

    def _has(self, language, word):
        words, wanted = self._words[language], word.encode()
        place = words.searchsorted(wanted) if len(wanted) <= LONGEST else words.size
        return place < words.size and words[place] == wanted

    @cached_property
    def _words(self):
        return {language: self._of(language) for language in DICTIONARIES}

    def _of(self, language):
        """The sorted words of a language, from their file if there is one."""
        path = self.folder / f"{language}-{version('pyspellchecker')}-{FORM}.npy"
        with suppress(OSError, ValueError):  # there is none, or a damaged one
            return np.load(path, mmap_mode="r")
        words = _folded(language)
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as file:
                np.save(file, words)
            os.replace(file.name, path)  # so that no other process reads half of it
        return words


def _folded(language):
    """The folded words of a language, sorted."""
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    words = [word for word in json.loads(gzip.decompress(packed)) if len(word) <= LONGEST]
    with_marks = fold(" ".join(word for word in words if not word.isascii())).split()
    return np.unique(np.array([word.encode() for word in (*filter(str.isascii, words), *with_marks)]))
