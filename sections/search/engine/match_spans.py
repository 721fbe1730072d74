"""Which parts of a paragraph match a query. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sections.text.snippet import Span

from .analysis import Term, short_terms, stem, terms

CACHED_TEXTS = 4_000
WEAK = 0.4  # spans of at most this weight only mark a word within a name
SUBJECTS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark for a clause: a sequence of words by stem or exact form, a prefix, or the mentions of an entry."""

    clause: int
    words: tuple[str, ...] = ()
    by: str = "stem"  # stem, exact, prefix, entry
    entry: int = 0
    weight: float = 1.0


class Marks:
    """All marks of a query, indexed by what they match, so that a text is searched once."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.by_entry: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.by_exact: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.prefixes: list[Mark] = []
        self.sequences: list[Mark] = []
        for mark in dict.fromkeys(marks):
            ending = (mark.clause, -mark.weight)
            if mark.by == "entry":
                self.by_entry[mark.entry].append(ending)
            elif mark.by == "prefix":
                self.prefixes.append(mark)
            elif len(mark.words) == 1:
                (self.by_exact if mark.by == "exact" else self.by_stem)[mark.words[0]].append(ending)
            elif mark.words:
                self.sequences.append(mark)


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text with the places of its terms by stem and by exact form, as (number of the term, start, end).

    The end of a term joined by a hyphen is that of both its parts.
    """

    text: str
    terms: list[Term]
    by_stem: dict[str, list[tuple[int, int, int]]]
    by_exact: dict[str, list[tuple[int, int, int]]]


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
    return AnalysedText(text, found, dict(by_stem), dict(by_exact))


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block of a paragraph: its position, its kind, its text analysed, and its mentions as (start, end, entry)."""

    position: int
    kind: str
    analysed: AnalysedText
    mentions: tuple[tuple[int, int, int], ...] = ()

    def spans(self, marks: Marks) -> list[Span]:
        """Everything in the text that matches, in order; the same characters may match several clauses."""
        analysed, spans = self.analysed, []
        for start, end, entry in self.mentions:
            spans += [(start, end, *ending) for ending in marks.by_entry.get(entry, ())]
        for places_of, endings_of in ((analysed.by_stem, marks.by_stem), (analysed.by_exact, marks.by_exact)):
            for word in places_of.keys() & endings_of.keys():
                spans += [(start, end, *ending) for ending in endings_of[word] for _, start, end in places_of[word]]
        for mark in marks.sequences:
            spans += [(start, end, mark.clause, -mark.weight) for start, end in self._phrases(mark)]
        for mark in marks.prefixes:
            matching = (term for term in analysed.terms if term.exact.startswith(mark.words[0]))
            spans += [(term.start, term.end, mark.clause, -mark.weight) for term in matching]
        return sorted(spans)

    def _phrases(self, mark):
        """Where the words of the mark occur one after the other."""
        analysed = self.analysed
        places = (analysed.by_exact if mark.by == "exact" else analysed.by_stem).get(mark.words[0], ())
        for at, start, _ in places:
            following = analysed.terms[at + 1 : at + len(mark.words)]
            if tuple(getattr(term, mark.by) for term in following) == mark.words[1:]:
                yield start, following[-1].end


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


def matching_subjects(
    subjects: Iterable[str], asked: Iterable[tuple[int, tuple[str, ...]]], met: set[int]
) -> tuple[str, ...]:
    """The first subject phrases that contain what the text lacks.

    `asked` are sequences of stems by clause; clauses that the text has `met` are left out.
    """
    phrases = [(phrase, tuple(term.stem for term in short_terms(phrase))) for phrase in subjects]
    wanted = [words for clause, words in asked if clause not in met]
    matching = (phrase for words in wanted for phrase, stems in phrases if _contains(stems, words))
    return tuple(dict.fromkeys(matching))[:SUBJECTS_SHOWN]


def _contains(stems, words):
    return any(stems[at : at + len(words)] == words for at in range(len(stems) - len(words) + 1))
