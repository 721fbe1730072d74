"""Searching: one request in, one answer out. Views, the API and the benchmarks ask here and nowhere else.

results = search(SearchRequest.from_params(request.GET))       see `results` for both objects
around = neighbours(request, number)                           the hits before and after a paragraph's
spans = marks_in(request, number)                              what to mark on the paragraph's own page
"""

from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np

from sections.models import Report

from . import cited, wording
from .citations import citation
from .facets import Filters
from .language import UNSTORABLE, parse
from .naming import named_things, value_of
from .passages import Marks, best_passage, joined
from .postings import EMPTY, within
from .ranking import Ranking, rank
from .results import Hit, SearchRequest, SearchResults
from .store import Index
from .store import index as read_index
from .texts import readable
from .things import catalogue, place
from .understanding import Meaning, settle, understand

ENOUGH = 20  # paragraphs that meet all; where there are fewer, those that meet most follow
LEAST_MET = 0.2  # of what the best of those meets
REMEMBERED = 400  # answers


@dataclass(frozen=True, slots=True)
class Around:
    """A hit among the others: its place from 1, their number, the paragraphs before and after it, or None."""

    place: int
    count: int
    previous: int | None
    next: int | None


@dataclass(slots=True)
class _Found:
    """Everything about a query but the page of hits."""

    order: np.ndarray  # documents in the order asked for
    ranking: Ranking
    partial: np.ndarray  # for each whether it lacks some of what was asked
    meaning: Meaning
    marks: Marks
    results: SearchResults
    cited: frozenset


def search(request: SearchRequest) -> SearchResults:
    """The answer to a request; anything can be typed, and nothing typed is an error."""
    index = read_index()
    kept = index.cache.setdefault("answers", OrderedDict())
    if request not in kept:
        kept[request] = _answer(request, index)
        while len(kept) > REMEMBERED:
            kept.popitem(last=False)
    return kept[request]


def neighbours(request: SearchRequest, number: int) -> Around | None:
    """Where the paragraph stands among the hits of the request, None if it is not one of them."""
    index = read_index()
    found = _find(request, index)
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
    found = _find(request, index)
    docs = np.flatnonzero((index.columns["#number"] == number) & _of_report(index, report_of(index, request.report)))
    texts = [text for paragraph in readable(index, docs[:1].tolist()) if paragraph for text in paragraph.texts]
    spans = {text.position: joined((s.start, s.end) for s in text.spans(found.marks)) for text in texts}
    return {position: marked for position, marked in spans.items() if marked}


def report_of(index: Index, symbol: str) -> Report | None:
    """The report of that symbol, or the default one for an empty symbol."""
    kept = index.cache.setdefault("reports", {})
    if symbol not in kept:
        rows = Report.objects
        found = rows.filter(symbol=UNSTORABLE.sub("", symbol)).first() if symbol else rows.default()
        if found is None:
            return None
        kept[symbol] = found
    return kept[symbol]


def _of_report(index, report):
    return index.columns["#report"] == (report.pk if report else 0)


def _answer(request, index):
    found = _find(request, index)
    count = int(found.order.size)
    pages = max(-(-count // request.per_page), 1)
    at = (min(request.page, pages) - 1) * request.per_page
    hits = _hits(request, index, found, at)
    return replace(found.results, hits=hits, pages=pages)


def _find(request, index):
    """The hits in order, with facets, things and words; the same for all pages of a request."""
    key = ("found", replace(request, page=1, per_page=1, explain=False))
    kept = index.cache.setdefault("found", OrderedDict())
    if key not in kept:
        kept[key] = _look(request, index)
        while len(kept) > REMEMBERED // 4:
            kept.popitem(last=False)
    return kept[key]


def _look(request, index):
    things = catalogue(index)
    report = report_of(index, request.report)
    query = parse(request.q)
    chosen, remarks = _chosen(request, query, things)
    filters = Filters(index, things, chosen)
    reference = citation(request.q) if report and not request.exact else None
    pointed = cited.resolve(reference, index, things, report) if reference else None
    meaning = understand(query, index, things, request.names, request.exact)
    settle(meaning)
    ranking = rank(meaning.groups, index.norms, index.columns["#section"])
    docs, full = _hit_docs(index, report, query, meaning, ranking, chosen)
    if pointed and reference.kind != "number":
        docs, full = EMPTY, np.zeros(0, bool)
    first = np.array(pointed.docs if pointed else [], np.int64)
    rest = ~np.isin(docs, first)
    everything = np.union1d(docs, first) if first.size else docs
    order, partial = _order(request, ranking, docs[rest], full[rest], first)
    let = filters.keep(order)
    order, partial = order[let], partial[let]
    results = SearchResults(
        request,
        count=int(order.size),
        full=int(order.size - partial.sum()),
        target=pointed.target if pointed else None,
        facets=filters.facets(everything),
        mended=tuple(meaning.mended),
        also=tuple(meaning.also) if not pointed else (),
        version=index.version,
        **(named_things(things, meaning) if not pointed else {}),
    )
    told = [*remarks, *(pointed.sentences if pointed else ())]
    told += wording.sentences(query, meaning, results.full, results.count) if not pointed else query.remarks
    results = replace(results, interpretation=tuple(dict.fromkeys(told)))
    return _Found(order, ranking, partial, meaning, Marks(meaning.marks), results, frozenset(first.tolist()))


def _chosen(request, query, things):
    """The filters of the address and those typed as fields, with a remark for each value that there is not."""
    chosen = {name: list(values) for name, values in request.filters}
    remarks = []
    for name, typed in query.narrowed:
        value = value_of(things, name, typed)
        if value is None:
            remarks.append(f"There is no {name} “{typed}”; that condition was left out.")
        elif value not in chosen.setdefault(name, []):
            chosen[name].append(value)
    return {name: tuple(values) for name, values in chosen.items()}, remarks


def _hit_docs(index, report, query, meaning, ranking, chosen):
    """The documents that are hits before any filter, and which of them meet all that was asked."""
    if not meaning.groups:
        everything = np.arange(index.size) if any(chosen.values()) or query.without else EMPTY
        docs, full = everything, np.ones(everything.size, bool)
    else:
        docs, full = ranking.docs, ranking.full
    keep = _of_report(index, report)[docs] & ~within(docs, meaning.without)
    for number in meaning.strict:
        keep &= within(docs, meaning.groups[number].docs)
    all_met = full & keep
    if all_met.sum() < ENOUGH and meaning.groups and len(meaning.groups) > 1 and keep.any():
        keep &= full | (ranking.met >= LEAST_MET * ranking.met[keep].max())
    else:
        keep = all_met
    return docs[keep], full[keep]


def _order(request, ranking, docs, full, first):
    """The documents in the order asked for: those cited, those that meet all, the others; by score, then by place."""
    if request.sort == "place":
        order = np.argsort(docs, kind="stable")
    elif ranking.docs.size:
        scores = ranking.scores[np.searchsorted(ranking.docs, docs)]
        order = np.lexsort((docs, -scores, ~full))
    else:
        order = np.arange(docs.size)
    partial = np.concatenate([np.zeros(first.size, bool), ~full[order]])
    return np.concatenate([first, docs[order]]), partial


def _hits(request, index, found, at):
    things = catalogue(index)
    docs = found.order[at : at + request.per_page].tolist()
    weights = {number: max(group.idf, 0.05) for number, group in enumerate(found.meaning.groups)}
    hits = []
    for doc, partial, paragraph in zip(docs, found.partial[at:], readable(index, docs), strict=False):
        if paragraph is None:  # it left the database a moment ago
            continue
        where = place(things, paragraph.section)
        hits.append(
            Hit(
                paragraph.number,
                paragraph.url,
                _score(found, doc),
                where,
                best_passage(paragraph.texts, found.marks, weights),
                tuple(things.entries[entry] for entry in paragraph.entries if entry in things.entries),
                bool(partial),
                doc in found.cited,
                _explanation(found, doc) if request.explain else (),
            )
        )
    return tuple(hits)


def _score(found, doc):
    docs = found.ranking.docs
    at = int(np.searchsorted(docs, doc))
    return float(found.ranking.scores[at]) if at < docs.size and docs[at] == doc else 0.0


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
