"""Searching: one request in, one answer out. Views, the API and the benchmarks ask here and nowhere else.

results = search(SearchRequest.from_params(request.GET))       see `results` for both objects
around = neighbours(request, number)                           the hits before and after a paragraph's
spans = marks_in(request, number)                              what to mark on the paragraph's own page
"""

from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np

from .adapter import Index
from .adapter import index as read_index
from .catalogue import catalogue
from .engine.highlight import best_passage, joined, telling_spans
from .engine.subjects import telling
from .finding import find, of_report, report_of
from .hits import readable
from .results import Hit, SearchRequest, SearchResults

REMEMBERED = 100  # answers
WARMED = 1_000  # paragraphs


@dataclass(frozen=True, slots=True)
class Around:
    """A hit among the others: its place from 1, their number, the paragraphs before and after it, or None."""

    place: int
    count: int
    previous: int | None
    next: int | None


def search(request: SearchRequest, index: Index | None = None) -> SearchResults:
    """The answer to a request, from the present index unless one is given; nothing that can be typed is an error."""
    index = index or read_index()
    kept = index.in_language.setdefault("answers", OrderedDict())
    answer = kept.get(request)
    if answer is None:
        kept[request] = answer = _answer(request, index)
        while len(kept) > REMEMBERED:
            kept.popitem(last=False)
    return answer


def warm() -> None:
    """Reads beforehand what a process keeps of a small index, so that its first reader waits no longer than others."""
    index = read_index()
    if index.is_small:
        catalogue(index)
        readable(index, list(range(min(index.size, WARMED))))


def knows_report(symbol: str) -> bool:
    """Whether there is a report of that symbol to search in."""
    return report_of(read_index(), symbol) is not None


def neighbours(request: SearchRequest, number: int) -> Around | None:
    """Where the paragraph stands among the hits of the request, None if it is not one of them."""
    index = read_index()
    found = find(request, index)
    numbers = index.columns["#number"][found.order]
    places = np.flatnonzero(numbers == number)
    if not places.size:
        return None
    at = int(places[0])
    before = int(numbers[at - 1]) if at else None
    after = int(numbers[at + 1]) if at + 1 < numbers.size else None
    return Around(at + 1, int(numbers.size), before, after)


def marks_in(request: SearchRequest, number: int) -> dict[int, tuple[tuple[int, int], ...]]:
    """By position of a block of the paragraph the spans in its text that the query finds."""
    index = read_index()
    found = find(request, index)
    docs = np.flatnonzero((index.columns["#number"] == number) & of_report(index, report_of(index, request.report)))
    texts = [text for paragraph in readable(index, docs[:1].tolist()) if paragraph for text in paragraph.texts]
    spans = {
        text.position: joined((start, end) for start, end, _, _ in each)
        for text, each in telling_spans(texts, found.marks)
    }
    return {position: marked for position, marked in spans.items() if marked}


def _answer(request, index):
    found = find(request, index)
    count = int(found.order.size)
    pages = max(-(-count // request.per_page), 1)
    at = (min(request.page, pages) - 1) * request.per_page
    hits = _hits(request, index, found, at)
    return replace(found.results, hits=hits, pages=pages)


def _hits(request, index, found, at):
    docs = found.order[at : at + request.per_page].tolist()
    weights = {number: max(group.idf, 0.05) for number, group in enumerate(found.meaning.groups)}
    hits = []
    scores = found.ranking.score_of(found.order[at : at + request.per_page]).tolist()
    rows = zip(docs, scores, found.partial[at:], readable(index, docs), strict=False)
    for doc, score, partial, paragraph in rows:
        if paragraph is None:  # it left the database a moment ago
            continue
        spans = telling_spans(paragraph.texts, found.marks)
        met = {group for _, each in spans for _, _, group, _ in each}
        hits.append(
            Hit(
                paragraph.number,
                paragraph.url,
                score,
                paragraph.place,
                best_passage(spans, weights),
                paragraph.entries,
                bool(partial),
                doc in found.cited,
                telling(paragraph.subjects, found.meaning.subjects, met) if len(met) < len(weights) else (),
                _explanation(found, doc) if request.explain else (),
            )
        )
    return tuple(hits)


def _explanation(found, doc):
    """Why a hit stands where it does: what each group adds, nearness and context."""
    docs = found.ranking.docs
    parts = []
    for group in found.meaning.groups:
        at = int(np.searchsorted(group.docs, doc))
        if at < group.docs.size and group.docs[at] == doc:
            parts.append((group.label, round(float(group.scores[at]), 3)))
    at = int(np.searchsorted(docs, doc))
    if at < docs.size and docs[at] == doc:
        parts.append(("near each other", round(float(found.ranking.near[at]), 3)))
        parts.append(("paragraphs around it", round(float(found.ranking.context[at]), 3)))
    return tuple(parts)
