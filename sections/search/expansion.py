"""The ways in which a text may say a word, a name or a line of the thesaurus, and how much each of them counts."""

from collections.abc import Iterable, Sequence

from .adapter import Index
from .catalogue import Catalogue, plain_name, stems
from .engine.postings import merged, phrase
from .engine.query_parser import Phrase, Word
from .engine.scoring import Way

INFLECTED = 0.93  # another form of the word typed
RELATED = 0.45  # a word of the same family: racism, racial
IN_NAME = 0.35  # an entry with the word in its name
LIKE_NAME = 0.8  # an entry whose name is almost what was typed
LITERAL_NAME = 0.97  # a name's words where no mention is kept
SYNONYM = 0.55  # what the thesaurus says
SUBJECT = 0.7  # what the editors say that the paragraph is about
MOST_WORDS = 5_000  # whose ways a process remembers


class Ways:
    """Finds the ways in one version of the index; with `names` off a word stands for nothing but itself."""

    def __init__(self, index: Index, things: Catalogue, names: bool):
        self.index, self.things, self.names = index, things, names
        self.kept = index.in_language.setdefault("ways", {})

    def word(self, word: Word) -> list[Way]:
        """A word as typed, its other forms and relatives, subjects, and entries with it in their names."""
        key = (word.exact, word.stem, self.names)
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= MOST_WORDS:
                self.kept.clear()
            found = self.kept[key] = self._of_word(word)
        return list(found)

    def _of_word(self, word):
        exact, any_form = self.index.posting(f"w{word.exact}"), self.index.stem_posting(word.stem)
        ways = [Way(exact)]
        if any_form.size > exact.size:
            ways.append(Way(any_form, INFLECTED))
        if self.names:
            relatives = [self.index.stem_posting(stem) for stem in self.index.relatives(word.stem)]
            named = [self.index.posting(f"e{entry}") for entry in self.things.entries_by_stem.get(word.stem, ())]
            ways += [Way(merged(relatives), RELATED), Way(self.subject([word.stem]), SUBJECT)]
            ways.append(Way(merged(named), IN_NAME))
        return [way for way in ways if way.keys.size]

    def name(self, sequences: Iterable[tuple[str, ...]], entries: Iterable[int]) -> list[Way]:
        """Mentions of the entries, and their names word by word."""
        ways = [Way(self.index.posting(f"e{entry}")) for entry in entries]
        for sequence in sequences:
            ways += [Way(self.in_a_row(sequence), LITERAL_NAME), Way(self.subject(sequence), SUBJECT)]
        return ways

    def names_of(self, typed: tuple[str, ...], entries: Iterable[int]) -> list[tuple[str, ...]]:
        """What is looked for word by word: the name typed, and the entries' others, which may stand in longer names."""
        found = {typed: True}
        for thing in map(self.things.entries.get, entries):
            for name in (thing.name, *thing.names):
                sequence = tuple(stems(plain_name(name)))
                if sequence and sequence not in self.things.capitals:
                    found[sequence] = True
        return list(found)

    def synonym(self, sequence: tuple[str, ...], entries: Iterable[int]) -> list[Way]:
        """What a line of the thesaurus says, in words or as the name of entries; nothing where no text says it."""
        keys = [self.in_a_row(sequence), *(self.index.posting(f"e{entry}") for entry in entries)]
        said = merged([each for each in keys if each.size])
        return [Way(said, SYNONYM), Way(self.subject(sequence), SYNONYM * SUBJECT)] if said.size else []

    def in_a_row(self, sequence: Sequence[str]):
        """Where any forms of the words stand in a row."""
        return phrase([self.index.stem_posting(stem) for stem in sequence])

    def subject(self, sequence: Sequence[str]):
        """Where the words stand in a row in the subjects of paragraphs."""
        return phrase([self.index.posting(f"x{stem}") for stem in sequence])

    def exactly(self, asked: Phrase):
        """Where the words of a phrase stand just so."""
        return phrase([self.index.posting(f"w{exact}") for exact in asked.exacts])

    def beginning(self, word: Word):
        """Where any word stands that begins so."""
        return merged([self.index.posting(f"w{form}") for form in self.index.beginning(word.exact)])
