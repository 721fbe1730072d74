"""Which parts of a paragraph match a query. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sections.text.snippet import Span

from .analysis import Term, pattern_of, short_terms, stem, terms

CACHED_TEXTS = 4_000
WEAK = 0.4  # spans of at most this weight only mark a word within a name
SUBJECTS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark for a clause: a sequence of words by stem or exact form, a pattern, or the mentions of an entry."""

    clause: int
    words: tuple[str, ...] = ()
    by: str = "stem"  # stem, exact, pattern, entry
    entry: int = 0
    weight: float = 1.0


class Marks:
    """All marks of a query, indexed by what they match, so that a text is searched once."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.by_entry: dict[int, list[Mark]] = defaultdict(list)
        self.by_first_word: dict[str, dict[str, list[Mark]]] = {"stem": defaultdict(list), "exact": defaultdict(list)}
        self.patterns: list[Mark] = []
        for mark in dict.fromkeys(marks):
            if mark.by == "entry":
                self.by_entry[mark.entry].append(mark)
            elif mark.by == "pattern":
                self.patterns.append(mark)
            elif mark.words:
                self.by_first_word[mark.by][mark.words[0]].append(mark)


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text with its terms, and by stem and by exact form the places of each: (number of the term, start, end).

    The end of a term joined by a hyphen is that of both its parts.
    """

    text: str
    terms: list[Term]
    places: dict[str, dict[str, list[tuple[int, int, int]]]]


@lru_cache(maxsize=CACHED_TEXTS)
def analyse(text: str) -> AnalysedText:
    """The analysis of a text, which depends on nothing else."""
    found, by_stem, by_exact = terms(text), defaultdict(list), defaultdict(list)
    for at, term in enumerate(found):
        by_stem[term.stem].append((at, term.start, term.end))
        by_exact[term.exact].append((at, term.start, term.end))
        if term.joined:
            both = (at, term.start, found[at + 1].end)
            by_exact[term.joined].append(both)
            by_stem[stem(term.joined)].append(both)
    return AnalysedText(text, found, {"stem": by_stem, "exact": by_exact})


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block of a paragraph: its position, its kind, its text analysed, and its mentions as (start, end, entry)."""

    position: int
    kind: str
    analysed: AnalysedText
    mentions: tuple[tuple[int, int, int], ...] = ()

    def spans(self, marks: Marks) -> list[Span]:
        """Everything in the text that matches, in order; the same characters may match several clauses."""
        spans = [
            (start, end, mark.clause, -mark.weight)
            for start, end, entry in (self.mentions if marks.by_entry else ())
            for mark in marks.by_entry.get(entry, ())
        ]
        for by, places in self.analysed.places.items():
            for word in places.keys() & marks.by_first_word[by].keys():
                for mark in marks.by_first_word[by][word]:
                    spans += self._sequences(mark, places[word])
        for mark in marks.patterns:
            fits = pattern_of(mark.words[0])
            matching = (term for term in self.analysed.terms if fits.fullmatch(term.exact))
            spans += [(term.start, term.end, mark.clause, -mark.weight) for term in matching]
        return sorted(spans)

    def _sequences(self, mark, places):
        """Where the words of the mark occur one after the other, beginning at one of these places."""
        if len(mark.words) == 1:
            return [(start, end, mark.clause, -mark.weight) for _, start, end in places]
        spans = []
        for at, start, _ in places:
            following = self.analysed.terms[at + 1 : at + len(mark.words)]
            if tuple(getattr(term, mark.by) for term in following) == mark.words[1:]:
                spans.append((start, following[-1].end, mark.clause, -mark.weight))
        return spans


def matching_spans(blocks: Iterable[BlockText], marks: Marks) -> list[tuple[BlockText, list[Span]]]:
    """Each block of a paragraph with the spans to mark in it.

    Where a word itself occurs in the paragraph, names that only contain it ("the Act" for "children") are not marked.
    """
    matches = [(block, block.spans(marks)) for block in blocks]
    spans = [span for _, block_spans in matches for span in block_spans]
    strong = {clause for _, _, clause, minus_weight in spans if minus_weight < -WEAK}
    return [
        (block, [span for span in block_spans if span[3] < -WEAK or span[2] not in strong])
        for block, block_spans in matches
    ]


class Subject(NamedTuple):
    """A subject phrase of a paragraph, and its stems between spaces."""

    phrase: str
    stems: str

    @classmethod
    def of(cls, phrase: str) -> "Subject":
        """The phrase with its stems."""
        return cls(phrase, _spaced(term.stem for term in short_terms(phrase)))


def matching_subjects(
    subjects: Iterable[Subject], asked: Iterable[tuple[int, tuple[str, ...]]], met: set[int]
) -> tuple[str, ...]:
    """The first subject phrases that contain what the text lacks.

    `asked` are sequences of stems by clause; clauses that the text has `met` are left out.
    """
    wanted = [_spaced(stems) for clause, stems in asked if clause not in met]
    matching = (subject.phrase for stems in wanted for subject in subjects if stems in subject.stems)
    return tuple(dict.fromkeys(matching))[:SUBJECTS_SHOWN]


def _spaced(stems):
    return f" {' '.join(stems)} "
