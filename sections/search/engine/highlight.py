"""Where a text says what was searched for, and the stretch of it that shows this best. Pure."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .analysis import Term, terms

WIDTH = 260  # characters of a passage, about
REMEMBERED = 4_000  # texts that a process keeps analysed
FAINT = 0.4  # spans of no more weight than this only hold a word within a name
REPEATED = 0.08  # of what a group is worth in a passage, for each time more that it is said
SENTENCE = re.compile(r"[.!?;:][\"'”’)]?\s+|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark: a sequence of words by stem or by exact form, a beginning of words, or an entry's mentions."""

    group: int
    words: tuple[str, ...] = ()
    by: str = "stem"  # stem, exact, beginning, entry
    entry: int = 0
    weight: float = 1.0


# Characters of a block that say what a group asks for: start, end, group and the weight below zero, so that among
# equals the weightiest sorts first. A bare tuple: a page looks at thousands of them.
Span = tuple[int, int, int, float]


class Marks:
    """All that is to be marked, by what it is recognised by, so that a text is looked through once."""

    def __init__(self, marks: Iterable[Mark] = ()):
        self.by_entry: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.by_exact: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.beginnings: list[Mark] = []
        self.sequences: list[Mark] = []
        for mark in dict.fromkeys(marks):
            found_as = (mark.group, -mark.weight)
            if mark.by == "entry":
                self.by_entry[mark.entry].append(found_as)
            elif mark.by == "beginning":
                self.beginnings.append(mark)
            elif len(mark.words) == 1:
                (self.by_exact if mark.by == "exact" else self.by_stem)[mark.words[0]].append(found_as)
            elif mark.words:
                self.sequences.append(mark)


@dataclass(slots=True)
class Text:
    """A block ready to be looked through: where its words stand by stem and by exact form, and its mentions.

    A word's places are (number of the term, start, end); of a word joined by a hyphen the end is that of both parts.
    """

    position: int
    kind: str
    text: str
    by_entry: dict[int, list[tuple[int, int]]]
    terms: list[Term]
    by_stem: dict[str, list[tuple[int, int, int]]]
    by_exact: dict[str, list[tuple[int, int, int]]]
    sentences: list[int]  # where they begin, the first left out
    ends: list[int]  # just after the mark that ends each, the last left out

    @classmethod
    def read(cls, position, kind, text, mentions, stem) -> "Text":
        """The text analysed; mentions are (start, end, entry), `stem` gives the stem of a joined word."""
        by_entry = {}
        for start, end, entry in mentions:
            by_entry.setdefault(entry, []).append((start, end))
        return cls(position, kind, text, by_entry, *_analysed(text, stem))

    def spans(self, marks: Marks) -> list[Span]:
        """Everything in the text that the marks ask for, in order; one place may meet several groups."""
        found = []
        for entry in self.by_entry.keys() & marks.by_entry.keys():
            for group, minus_weight in marks.by_entry[entry]:
                found += [(start, end, group, minus_weight) for start, end in self.by_entry[entry]]
        for own, asked in ((self.by_stem, marks.by_stem), (self.by_exact, marks.by_exact)):
            for word in own.keys() & asked.keys():
                for group, minus_weight in asked[word]:
                    found += [(start, end, group, minus_weight) for _, start, end in own[word]]
        for mark in marks.sequences:
            found += [(start, end, mark.group, -mark.weight) for start, end in self._in_a_row(mark)]
        for mark in marks.beginnings:
            places = [(term.start, term.end) for term in self.terms if term.exact.startswith(mark.words[0])]
            found += [(start, end, mark.group, -mark.weight) for start, end in places]
        found.sort()
        return found

    def _in_a_row(self, mark):
        """Where the words of the mark stand one after the other."""
        places = (self.by_exact if mark.by == "exact" else self.by_stem).get(mark.words[0], ())
        more = len(mark.words) - 1
        for at, start, _ in places:
            rest = self.terms[at + 1 : at + 1 + more]
            if len(rest) == more and all(
                getattr(term, mark.by) == word for term, word in zip(rest, mark.words[1:], strict=True)
            ):
                yield start, rest[-1].end


@lru_cache(maxsize=REMEMBERED)
def _analysed(text, stem):
    """What an edit never changes of a text: its terms, their places by stem and by exact form, its sentences."""
    found, by_stem, by_exact = terms(text), {}, {}
    for at, term in enumerate(found):
        place = (at, term.start, term.end)
        by_stem.setdefault(term.stem, []).append(place)
        by_exact.setdefault(term.exact, []).append(place)
        if term.joined:
            both = (at, term.start, found[at + 1].end)
            by_exact.setdefault(term.joined, []).append(both)
            by_stem.setdefault(stem(term.joined), []).append(both)
    borders = list(SENTENCE.finditer(text))
    return found, by_stem, by_exact, [each.end() for each in borders], [each.start() + 1 for each in borders]


class Passage(NamedTuple):
    """A slice of a block, and in it the places to mark, counted from its own first character."""

    block: int
    kind: str
    start: int
    text: str
    spans: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


def telling_spans(texts: Iterable[Text], marks: Marks) -> list[tuple[Text, list[Span]]]:
    """Each text of a paragraph with the spans to mark in it.

    Where a word itself stands in the paragraph, names that only hold it ("the Act" for "children") are not marked.
    """
    found = [(text, text.spans(marks)) for text in texts]
    faint = {group for _, spans in found for _, _, group, minus_weight in spans if minus_weight >= -FAINT}
    said = {group for _, spans in found for _, _, group, minus_weight in spans if minus_weight < -FAINT}
    if not faint & said:
        return found
    return [(text, [span for span in spans if span[3] < -FAINT or span[2] not in said]) for text, spans in found]


def best_passage(found: list[tuple[Text, list[Span]]], weights: dict[int, float]) -> Passage:
    """Of the telling spans the passage that holds most of what was asked, the earlier of two equals.

    Where there are none, how the paragraph opens.
    """
    best, chosen = -1.0, None
    for text, spans in found:
        values = [-weights.get(group, 1.0) * minus_weight for _, _, group, minus_weight in spans]
        for at, span in enumerate(spans):
            worth = _worth(spans, values, at)
            if worth > best + 1e-9:
                best, chosen = worth, (text, spans, span)
            if spans[-1][1] <= span[0] + WIDTH:
                break  # those that begin later hold only some of what this one holds
    if chosen is None:
        return _opening([text for text, _ in found])
    text, spans, first = chosen
    limit = first[0] + WIDTH
    last = max([end for start, end, _, _ in spans if start >= first[0] and end <= limit], default=0)
    start, end = _borders(text, first[0], max(first[1], last))
    return _slice(text, start, end, spans)


def _worth(spans, values, at):
    """What the spans from one on are worth within a passage: each group as it is said best, the rest a little."""
    every, best, limit = 0.0, {}, spans[at][0] + WIDTH
    for place in range(at, len(spans)):
        _, end, group, _ = spans[place]
        if end > limit:
            break
        value = values[place]
        every += value
        if value > best.get(group, 0.0):
            best[group] = value
    return REPEATED * every + (1 - REPEATED) * sum(best.values())


def _borders(text, first, last):
    """Where a passage around these characters begins and ends: at sentences where they are near, else at words."""
    whole, spare = text.text, max(WIDTH - (last - first), 0)
    low = max(first - spare, 0)
    start = 0
    if low:
        at = bisect_left(text.ends, low + 1)
        near = at < len(text.sentences) and text.sentences[at] <= first
        start = text.sentences[at] if near else _word_start(whole, first - spare // 2, first)
    high = max(start + WIDTH, last)
    if high >= len(whole):
        return start, len(whole)
    at = bisect_left(text.sentences, min(high + 40, len(whole)) + 1) - 1
    return start, (text.ends[at] if at >= 0 and text.ends[at] > last else _word_end(whole, high, last))


def _word_start(text, at, latest):
    gap = re.compile(r"\s\S").search(text, at, latest + 1)
    return gap.start() + 1 if gap and at else (latest if at else 0)


def _word_end(text, at, earliest):
    gap = text.rfind(" ", earliest, at + 1)
    return gap if gap > earliest else max(at, earliest)


def _slice(text, start, end, spans):
    body = text.text[start:end].rstrip()
    most = len(body)
    marks = joined(
        (max(low - start, 0), min(high - start, most)) for low, high, _, _ in spans if low < end and high > start
    )
    cut_before = start > 0 and not SENTENCE.search(text.text[max(start - 3, 0) : start])
    return Passage(text.position, text.kind, start, body, marks, cut_before, end < len(text.text.rstrip()))


def _opening(texts):
    if not texts:
        return Passage(0, "text", 0, "", ())
    text = max(texts[:2], key=lambda each: min(len(each.text), 80))
    end = len(text.text) if len(text.text) <= WIDTH else _word_end(text.text, WIDTH, 0)
    return _slice(text, 0, end, [])


def joined(spans) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that touch made one."""
    out = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
