"""What is indexed of a paragraph: positions of its words, of the entries it mentions and of its subjects. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .analysis import stem, terms
from .postings import BITS, GAP, MASK, NOTE, TEXT

FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class IndexedBlock:
    """A block's kind and text with its mentions as (start, entry) pairs."""

    kind: str
    text: str
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Document:
    """Positions by key ("w" and a word, "e" and an entry, "x" and a stem), the stem of each word, the number of words.

    The stems under "x" are those of the subjects, which must not match a phrase that the paragraph does not contain.
    """

    positions: dict[str, list[int]] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    length: int = 0

    def add(self, key: str, position: int) -> None:
        """Adds an occurrence of a key."""
        self.positions.setdefault(key, []).append(position)

    def add_word(self, word: str, stem: str, position: int) -> None:
        """Adds an occurrence of a word in its exact form."""
        self.add(f"w{word}", position)
        self.stems[word] = stem


def document(blocks: Iterable[IndexedBlock], subjects: Iterable[str] = ()) -> Document:
    """The analysed form of a paragraph's blocks and subjects; words beyond the last position are left out."""
    indexed = Document()
    start, end = {False: TEXT, True: NOTE}, {False: MASK, True: TEXT - 1}
    for block in blocks:
        is_note = block.kind == FOOTNOTE
        first = start[is_note]
        words = terms(block.text)[: max(end[is_note] - first, 0)]
        for term in words:
            indexed.add_word(term.exact, term.stem, first + term.position)
            if term.joined:
                indexed.add_word(term.joined, stem(term.joined), first + term.position)
        for character, entry in block.mentions:
            position = next((term.position for term in words if term.end > character), None)
            if position is not None:
                indexed.add(f"e{entry}", first + position)
        indexed.length += len(words)
        start[is_note] = first + len(words) + GAP
    _add_subjects(indexed, subjects)
    return indexed


def _add_subjects(indexed, subjects):
    first = 0
    for phrase in subjects:
        words = terms(phrase)
        for term in words:
            if first + term.position < NOTE:
                indexed.add(f"x{term.stem}", first + term.position)
        first += len(words) + GAP


def occurrences(number: int, positions: Iterable[int]) -> list[int]:
    """The positions in the document of that number as occurrences."""
    return [(number << BITS) | position for position in positions]
