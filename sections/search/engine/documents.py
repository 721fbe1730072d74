"""What a paragraph is to the search: the places of its words, and of the entries that it names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .analysis import terms
from .postings import BITS, GAP, MASK, NOTE, TEXT

FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's text with its mentions as (start, entry) pairs."""

    kind: str
    text: str
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Document:
    """Positions by key ("w" and a word, "e" and an entry, "x" and a stem), the stem of each word, the number of words.

    The stems under "x" are those of the subjects: nobody finds in them a phrase that the paragraph does not say.
    """

    places: dict[str, list[int]] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    length: int = 0


def document(pieces: list[Piece], stem, subjects: Iterable[str] = ()) -> Document:
    """The analysed form of a paragraph's pieces and subjects; `stem` gives the stem of a joined word."""
    made = Document()
    at = {False: TEXT, True: NOTE}
    limit = {False: MASK, True: TEXT - 1}
    for piece in pieces:
        note = piece.kind == FOOTNOTE
        start = at[note]
        found = terms(piece.text)
        if start + len(found) > limit[note]:
            found = found[: max(limit[note] - start, 0)]
        for term in found:
            _add(made, f"w{term.exact}", start + term.position)
            made.stems[term.exact] = term.stem
            if term.joined:
                _add(made, f"w{term.joined}", start + term.position)
                made.stems[term.joined] = stem(term.joined)
        for character, entry in piece.mentions:
            place = next((term.position for term in found if term.end > character), None)
            if place is not None:
                _add(made, f"e{entry}", start + place)
        made.length += len(found)
        at[note] = start + len(found) + GAP
    _index_subjects(made, subjects)
    return made


def _index_subjects(made, subjects):
    start = 0
    for phrase in subjects:
        for term in terms(phrase):
            if start + term.position < NOTE:
                _add(made, f"x{term.stem}", start + term.position)
        start += len(terms(phrase)) + GAP


def _add(made, key, position):
    made.places.setdefault(key, []).append(position)


def occurrences(number: int, positions: list[int]) -> list[int]:
    """The positions in the document of that number, as occurrences to be packed."""
    return [(number << BITS) | position for position in positions]
