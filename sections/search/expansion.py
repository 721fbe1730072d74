"""Term expansion: the variants by which a text may express a word, a name or a synonym, and their weights."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from .catalogue import Catalogue
from .engine.analysis import stem
from .engine.postings import merged, phrase
from .engine.query_tree import Phrase, Word
from .engine.scoring import Variant
from .named_results import name_stems, plain_name
from .scope import Scope

INFLECTED = 0.93  # another form of the word typed
RELATED = 0.6  # a derivative: racism, racial
IN_NAME = 0.35  # an entry with the word in its name
SIMILAR_NAME = 0.8  # an entry whose name is almost what was typed
JOINED = 0.97  # "law enforcement" for "lawenforcement"
TRANSLATED = 0.97  # another translation of a word than the one that stands for it
LITERAL_NAME = 0.97  # the words of a name without a mention
SYNONYM = 0.55  # from the thesaurus
SUBJECT = 0.7  # the editors' subjects of a paragraph


class Joined(NamedTuple):
    """A word that two words make: where it occurs, and its stem."""

    postings: np.ndarray
    stem: str


class Expansion:
    """Finds variants in one report. Without `names` a word stands only for its own forms.

    `ignored` sources, "subjects" or "thesaurus", are not consulted, which shows what each contributes.
    """

    def __init__(self, scope: Scope, catalogue: Catalogue, names: bool, ignored: tuple[str, ...] = ()) -> None:
        self.scope, self.catalogue, self.names = scope, catalogue, names
        self.subjects, self.thesaurus = names and "subjects" not in ignored, names and "thesaurus" not in ignored

    def word(self, word: Word) -> list[Variant]:
        """A word as typed, its other forms and derivatives, subjects, and entries with it in their names."""
        exact, any_form = self.scope.posting(f"w{word.exact}"), self.scope.stem_posting(word.stem)
        variants = [Variant(exact)]
        if any_form.size > exact.size:
            variants.append(Variant(any_form, INFLECTED))
        if self.names:
            related = [self.scope.stem_posting(stem) for stem in self.scope.words.relatives(word.stem)]
            variants += [Variant(merged(related), RELATED, False), Variant(self.subject([word.stem]), SUBJECT, False)]
            named = [f"e{entry}" for entry in self.catalogue.entries_with(word.stem)]
            if len(named) <= self.scope.most_named:
                variants.append(Variant(self.scope.any_posting(named), IN_NAME, False))
        return variants

    def name(self, sequences: Iterable[tuple[str, ...]], entries: Iterable[int]) -> list[Variant]:
        """Mentions of the entries, and their names word by word; the first of the names is the one typed."""
        variants = [Variant(posting, is_typed=False) for posting in self.mentions(entries)]
        for number, sequence in enumerate(sequences):
            variants.append(Variant(self.phrase(sequence), LITERAL_NAME, is_typed=number == 0))
            variants.append(Variant(self.subject(sequence), SUBJECT, False))
        return variants

    def names_of(self, typed: tuple[str, ...], entries: Iterable[int]) -> list[tuple[str, ...]]:
        """The stems of the name typed and of the entries' other names, which may occur within longer names."""
        items = [self.catalogue.entries[entry] for entry in entries]
        names = [name_stems(plain_name(name)) for item in items for name in (item.name, *item.names)]
        return list(dict.fromkeys([typed, *(name for name in names if name and name not in self.catalogue.capitals)]))

    def translation(self, sequence: tuple[str, ...], entries: Iterable[int]) -> list[Variant]:
        """What translates the words typed; nothing where the report does not contain it."""
        found = merged([self.phrase(sequence), *self.mentions(entries)])
        subject = Variant(self.subject(sequence), SUBJECT, is_typed=False)
        return [Variant(found, TRANSLATED), subject] if found.size else []

    def synonym(self, sequence: tuple[str, ...], entries: Iterable[int]) -> list[Variant]:
        """A synonym in words or as the name of entries; nothing where the report does not contain it."""
        found, subject = merged([self.phrase(sequence), *self.mentions(entries)]), self.subject(sequence)
        if not found.size:
            return []
        variants = [(found, SYNONYM), *([(subject, SYNONYM * SUBJECT)] if subject.size else [])]
        return [Variant(postings, weight, is_typed=False) for postings, weight in variants]

    def mentions(self, entries: Iterable[int]) -> list[np.ndarray]:
        """The mentions of each entry."""
        return [self.scope.posting(f"e{entry}") for entry in entries]

    def phrase(self, sequence: Sequence[str]) -> np.ndarray:
        """Where any forms of the words occur in a row."""
        return phrase([self.scope.stem_posting(stem) for stem in sequence])

    def subject(self, sequence: Sequence[str]) -> np.ndarray:
        """Where the words occur in a row in the subjects of paragraphs."""
        return phrase([self.scope.posting(f"x{stem}") for stem in sequence] if self.subjects else [])

    def literal(self, leaf: Word | Phrase) -> np.ndarray:
        """Where a phrase occurs so, a word that fits the pattern, or any form of a word."""
        if isinstance(leaf, Phrase):
            return phrase([self._part(part, leaf.by) for part in leaf.parts])
        return self._part(leaf.pattern or leaf.stem, "stem")

    def _part(self, part, by):
        if "*" in part or "?" in part:
            return self.scope.any_posting([f"w{word}" for word in self.scope.words.matching(part)])
        return self.scope.stem_posting(part) if by == "stem" else self.scope.posting(f"w{part}")

    def joined(self, first: Word, second: Word) -> "Joined | None":
        """Two words written as one, if the report has that."""
        word = first.exact + second.exact
        if not word.isalpha() or min(len(first.exact), len(second.exact)) < 2:
            return None
        postings = self.scope.posting(f"w{word}")
        return Joined(postings, stem(word)) if postings.size else None
