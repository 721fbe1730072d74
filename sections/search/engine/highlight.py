"""Which parts of a paragraph match a query, and the snippet that shows this best. Pure."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sections.text.parts import joined_spans
from sections.text.snippet import word_end, word_start

from .analysis import Term, short_terms, stem, terms

WIDTH = 260  # characters of a snippet, about
CACHED_TEXTS = 4_000
WEAK = 0.4  # spans of at most this weight only mark a word within a name
REPEATED = 0.08  # of a clause's value in a snippet, for each further occurrence
SUBJECTS_SHOWN = 2
SENTENCE = re.compile(r"[.!?;:][\"'”’)]?\s+|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark for a clause: a sequence of words by stem or exact form, a prefix, or the mentions of an entry."""

    clause: int
    words: tuple[str, ...] = ()
    by: str = "stem"  # stem, exact, prefix, entry
    entry: int = 0
    weight: float = 1.0


# Characters of a block that match a clause: start, end, clause and the weight below zero, so that the weightiest of
# equals sorts first. A bare tuple, because a page looks at thousands of them.
Span = tuple[int, int, int, float]


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

    The end of a term joined by a hyphen is that of both its parts. The first sentence has no start here, the last
    no end.
    """

    text: str
    terms: list[Term]
    by_stem: dict[str, list[tuple[int, int, int]]]
    by_exact: dict[str, list[tuple[int, int, int]]]
    sentence_starts: list[int]
    sentence_ends: list[int]


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
    breaks = list(SENTENCE.finditer(text))
    starts, ends = [each.end() for each in breaks], [each.start() + 1 for each in breaks]
    return AnalysedText(text, found, dict(by_stem), dict(by_exact), starts, ends)


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


class Snippet(NamedTuple):
    """A slice of a block, and in it the spans to mark, counted from its own first character."""

    block: int
    kind: str
    start: int
    text: str
    spans: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


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


def best_snippet(matches: list[tuple[BlockText, list[Span]]], weights: Mapping[int, float]) -> Snippet:
    """The snippet that shows most of the query, the earlier of two equals; `weights` are those of the clauses.

    The opening of the paragraph where nothing matches.
    """
    best, chosen = -1.0, None
    for block, spans in matches:
        values = [-weights.get(clause, 1.0) * minus_weight for _, _, clause, minus_weight in spans]
        for at, span in enumerate(spans):
            value = _value_from(spans, values, at)
            if value > best + 1e-9:
                best, chosen = value, (block, spans, span)
            if spans[-1][1] <= span[0] + WIDTH:
                break  # later windows hold only some of what this one holds
    if chosen is None:
        return _opening([block for block, _ in matches])
    block, spans, first = chosen
    limit = first[0] + WIDTH
    last = max([end for start, end, _, _ in spans if start >= first[0] and end <= limit], default=0)
    return _slice(block, *_bounds(block.analysed, first[0], max(first[1], last)), spans)


def _value_from(spans, values, at):
    """The value of the spans in a snippet that begins here: each clause at its best, repetitions a little."""
    total, best, limit = 0.0, {}, spans[at][0] + WIDTH
    for place in range(at, len(spans)):
        _, end, clause, _ = spans[place]
        if end > limit:
            break
        total += values[place]
        best[clause] = max(best.get(clause, 0.0), values[place])
    return REPEATED * total + (1 - REPEATED) * sum(best.values())


def _bounds(analysed, first, last):
    """Where a snippet around these characters begins and ends: at sentences if they are near, else at words."""
    text, spare = analysed.text, max(WIDTH - (last - first), 0)
    low = max(first - spare, 0)
    start = 0
    if low:
        at = bisect_left(analysed.sentence_ends, low + 1)
        near = at < len(analysed.sentence_starts) and analysed.sentence_starts[at] <= first
        start = analysed.sentence_starts[at] if near else word_start(text, first - spare // 2, first)
    high = max(start + WIDTH, last)
    if high >= len(text):
        return start, len(text)
    at = bisect_left(analysed.sentence_starts, min(high + 40, len(text)) + 1) - 1
    ends = analysed.sentence_ends
    return start, (ends[at] if at >= 0 and ends[at] > last else max(word_end(text, high, last), last))


def _slice(block, start, end, spans):
    text = block.analysed.text
    body = text[start:end].rstrip()
    inside = [span for span in spans if span[0] < end and span[1] > start]
    marked = joined_spans((max(low - start, 0), min(high - start, len(body))) for low, high, _, _ in inside)
    cut_before = start > 0 and not SENTENCE.search(text[max(start - 3, 0) : start])
    return Snippet(block.position, block.kind, start, body, tuple(marked), cut_before, end < len(text.rstrip()))


def _opening(blocks):
    if not blocks:
        return Snippet(0, "text", 0, "", ())
    block = max(blocks[:2], key=lambda block: min(len(block.analysed.text), 80))
    text = block.analysed.text
    return _slice(block, 0, len(text) if len(text) <= WIDTH else word_end(text, WIDTH), [])


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
