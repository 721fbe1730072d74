"""Where a text says what was searched for, and the stretch of it that shows this best. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .analyser import Term, terms

WIDTH = 260  # characters of a passage, about
FAINT = 0.4  # spans of no more weight than this only hold a word within a name
SENTENCE = re.compile(r"[.!?;:][\"'”’)]?\s+|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark: a sequence of words by stem or by exact form, a beginning of words, or an entry's mentions."""

    group: int
    words: tuple[str, ...] = ()
    by: str = "stem"  # stem, exact, beginning, entry
    entry: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a block that say what a group asks for."""

    start: int
    end: int
    group: int
    weight: float


class Marks:
    """All that is to be marked, sorted so that a text is looked through once."""

    def __init__(self, marks: Iterable[Mark] = ()):
        self.words: list[Mark] = []
        self.by_entry: dict[int, list[Mark]] = {}
        for mark in dict.fromkeys(marks):
            if mark.by == "entry":
                self.by_entry.setdefault(mark.entry, []).append(mark)
            elif mark.words:
                self.words.append(mark)


@dataclass(slots=True)
class Text:
    """A block ready to be looked through: its words by stem and by exact form, and its mentions."""

    position: int
    kind: str
    text: str
    mentions: tuple[tuple[int, int, int], ...]  # start, end, entry
    terms: list[Term] = field(default_factory=list)
    by_stem: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, position, kind, text, mentions, stem) -> "Text":
        """The text analysed; `stem` gives the stem of a joined word."""
        made = cls(position, kind, text, mentions, terms(text))
        for at, term in enumerate(made.terms):
            made.by_stem[term.stem].append(at)
            made.by_exact[term.exact].append(at)
            if term.joined:
                made.by_exact[term.joined].append(at)
                made.by_stem[stem(term.joined)].append(at)
        return made

    def spans(self, marks: "Marks") -> list[Span]:
        """Everything in the text that the marks ask for, in order; one place may meet several groups."""
        found = []
        for start, end, entry in self.mentions:
            found += [(start, end, mark.group, -mark.weight) for mark in marks.by_entry.get(entry, ())]
        for mark in marks.words:
            found += [(start, end, mark.group, -mark.weight) for start, end in self._places(mark)]
        found.sort()
        return [Span(start, end, group, -weight) for start, end, group, weight in found]

    def _places(self, mark):
        if mark.by == "beginning":
            return [(term.start, term.end) for term in self.terms if term.exact.startswith(mark.words[0])]
        lists = self.by_exact if mark.by == "exact" else self.by_stem
        starts = lists.get(mark.words[0], ())
        if len(mark.words) == 1:
            return [self._word(at, mark) for at in starts]
        return [
            (self.terms[at].start, self.terms[at + len(mark.words) - 1].end)
            for at in starts
            if self._follows(at, mark.words, mark.by)
        ]

    def _word(self, at, mark):
        """The place of a word; of a joined word both its parts."""
        term = self.terms[at]
        form = term.exact if mark.by == "exact" else term.stem
        last = self.terms[at + 1] if term.joined and form != mark.words[0] else term
        return term.start, last.end

    def _follows(self, at, words, by):
        last = at + len(words)
        if last > len(self.terms):
            return False
        return all(getattr(self.terms[at + place], by) == word for place, word in enumerate(words))


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a block, and in it the places to mark, counted from its own first character."""

    block: int
    kind: str
    start: int
    text: str
    spans: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


def telling_spans(texts: list[Text], marks: Marks) -> list[tuple[Text, list[Span]]]:
    """Each text of a paragraph with the spans to mark in it.

    Where a word itself stands in the paragraph, names that only hold it ("the Act" for "children") are not marked.
    """
    found = [(text, text.spans(marks)) for text in texts]
    said = {span.group for _, spans in found for span in spans if span.weight > FAINT}
    return [(text, [span for span in spans if span.weight > FAINT or span.group not in said]) for text, spans in found]


def best_passage(texts: list[Text], marks: Marks, weights: dict[int, float]) -> Passage:
    """The passage that holds most of what was asked, the earlier of two equals; else how the paragraph opens."""
    best, chosen = -1.0, None
    for text, spans in telling_spans(texts, marks):
        for at, span in enumerate(spans):
            worth = _worth(spans, at, weights)
            if worth > best + 1e-9:
                best, chosen = worth, (text, spans, span)
    if chosen is None:
        return _opening(texts)
    text, spans, first = chosen
    inside = [span for span in spans if span.start >= first.start and span.end <= first.start + WIDTH]
    start, end = _borders(text.text, first.start, max([first.end, *(span.end for span in inside)]))
    return _slice(text, start, end, spans)


def _worth(spans, at, weights):
    """What the spans from one on within a passage's width are worth: each group once, repeats a little."""
    worth, met = 0.0, set()
    for span in spans[at:]:
        if span.end > spans[at].start + WIDTH:
            break
        value = weights.get(span.group, 1.0) * span.weight
        worth += value if span.group not in met else 0.08 * value
        met.add(span.group)
    return worth


def _borders(text, first, last):
    """Where a passage around these characters begins and ends: at sentences where they are near, else at words."""
    spare = max(WIDTH - (last - first), 0)
    low = max(first - spare, 0)
    starts = [found.end() for found in SENTENCE.finditer(text, low, first) if found.end() <= first]
    start = 0 if low == 0 else (starts[0] if starts else _word_start(text, max(first - spare // 2, 0), first))
    high = start + WIDTH if start + WIDTH > last else last
    if high >= len(text):
        return start, len(text)
    ends = [found.start() + 1 for found in SENTENCE.finditer(text, last, min(high + 40, len(text)))]
    return start, (ends[-1] if ends else _word_end(text, high, last))


def _word_start(text, at, latest):
    gap = re.compile(r"\s\S").search(text, at, latest + 1)
    return gap.start() + 1 if gap and at else (latest if at else 0)


def _word_end(text, at, earliest):
    gap = text.rfind(" ", earliest, at + 1)
    return gap if gap > earliest else max(at, earliest)


def _slice(text, start, end, spans):
    inside = [(max(span.start, start), min(span.end, end)) for span in spans if span.end > start and span.start < end]
    body = text.text[start:end].rstrip()
    marks = joined([(low - start, min(high - start, len(body))) for low, high in inside])
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
