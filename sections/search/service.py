"""Full-text search: the one entry point for views, the API, editing, commands and benchmarks.

    results = search(SearchRequest.from_params(request.GET))     what a results page shows
    neighbours(request, number)                                  the hits before and after a paragraph
    marks(request, number)                                       what to highlight on the paragraph's own page
    suggest(typed)                                               suggestions for the search box

Every answer comes from the current snapshot of the index and concerns one report.
"""

from dataclasses import dataclass, replace

import numpy as np

from sections.models import Report

from .catalogue import ENTRY_TYPES, Catalogue, Item, catalogue, report_of
from .citation_resolver import Resolution, resolve
from .engine.citation_parser import parse_citation
from .engine.highlight import Marks, matching_spans, merge_spans
from .engine.postings import EMPTY, within
from .engine.query_parser import MAX_CHARACTERS, Query, parse
from .engine.scoring import Ranking, rank
from .expansion import Expansion
from .facets import Facet, FacetValue, Filters
from .hits import read_blocks, read_hits
from .indexer import is_up_to_date, rebuild, refresh, update
from .interpretation import corrected_query, most_mentioned, other_queries, remarks, resolve_fields, sentences
from .query_plan import Alternatives, QueryPlan, plan
from .request import FILTERS, MAX_PER_PAGE, PER_PAGE, SORTS, SearchRequest
from .results import Hit, Neighbours, Place, SearchResults, Target
from .scope import Scope
from .snapshot import current
from .suggestions import Group, Suggestion, suggest

__all__ = [
    "FILTERS", "MAX_CHARACTERS", "MAX_PER_PAGE", "PER_PAGE", "SORTS",
    "Alternatives", "Facet", "FacetValue", "Group", "Hit", "Item", "Neighbours", "Place", "SearchRequest",
    "SearchResults", "Suggestion", "Target",
    "is_up_to_date", "marks", "most_named", "neighbours", "rebuild", "refresh", "report_of", "search",
    "suggest", "update", "warm",
]  # fmt: skip

MAX_ITEMS = 6  # entries, articles and headings each


def search(request: SearchRequest) -> SearchResults:
    """The answer to a request; nothing that can be typed is an error."""
    found = _execute(request)
    query, planned, citation = found.query, found.plan, found.citation
    count = int(found.order.size)
    full = count - int(found.partial.sum())
    others = () if count else other_queries(query, found.scope, found.catalogue)
    results = SearchResults(
        request,
        report=found.report,
        count=count,
        full=full,
        facets=found.filters.facets(found.unfiltered),
        corrections=tuple(planned.corrections),
        unfiltered=int(found.unfiltered.size),
        suggestion=corrected_query(query, planned) or next(iter(others), ""),
        suggestions=others,
        content_words=query.content_words,
        without_conditions=query.without_conditions,
    )
    if citation:
        words = [*found.sentences, *citation.sentences, *remarks(query)]
        results = replace(results, target=citation.target)
    else:
        words = [*found.sentences, *sentences(query, planned, full, count)]
        results = replace(results, alternatives=tuple(planned.alternatives), **_named_items(found))
    return replace(results, interpretation=tuple(dict.fromkeys(words)), hits=_hits(found, results))


def neighbours(request: SearchRequest, number: int) -> Neighbours | None:
    """The rank of a paragraph among the hits of the request and the hits beside it; None if it is not a hit."""
    found = _execute(request)
    numbers = found.scope.numbers[found.order].tolist()
    if number not in numbers:
        return None
    at = numbers.index(number)
    before, after = numbers[:at][-1:] or [None], numbers[at + 1 : at + 2] or [None]
    return Neighbours(at + 1, len(numbers), *before, *after)


def marks(request: SearchRequest, number: int) -> dict[int, tuple[tuple[int, int], ...]]:
    """By position of a block of the paragraph the spans in its text that match the query."""
    report = report_of(request.report)
    scope = _scope(report)
    planned = _plan(request, parse(request.q), scope, catalogue(scope))
    keys = scope.paragraphs[scope.numbers == number].tolist()
    blocks = [block for blocks in read_blocks(keys).values() for block in blocks]
    merged = {
        block.position: merge_spans((start, end) for start, end, _, _ in spans)
        for block, spans in matching_spans(blocks, Marks(planned.marks))
    }
    return {position: spans for position, spans in merged.items() if spans}


def most_named(report: str = "", limit: int = 6) -> list[Item]:
    """The entries that most paragraphs of the report mention, at most `limit`."""
    scope = _scope(report_of(report))
    return most_mentioned(scope, catalogue(scope))[:limit]


def warm() -> None:
    """Reads beforehand what the first search of a process would otherwise have to read."""
    if report := report_of():
        search(SearchRequest(report.symbol))


@dataclass(frozen=True, slots=True)
class _Execution:
    """A query executed: the documents of all hits in order, and for each whether it is a partial match."""

    scope: Scope
    catalogue: Catalogue
    report: Report | None
    query: Query
    plan: QueryPlan
    ranking: Ranking
    citation: Resolution | None
    filters: Filters
    sentences: list[str]  # on fields
    unfiltered: np.ndarray  # documents of the hits before any filter
    order: np.ndarray
    partial: np.ndarray


def _execute(request):
    report = report_of(request.report)
    scope = _scope(report)
    names, query = catalogue(scope), parse(request.q)
    chosen, words = resolve_fields(request, query, names)
    filters = Filters(scope, names, chosen)
    planned = _plan(request, query, scope, names)
    ranking = rank(planned.clauses, scope.norms, scope.sections)
    cited = None if request.exact or not report else parse_citation(query.text)
    citation = resolve(cited, scope, names, report) if cited else None
    if citation and cited.kind != "number":
        docs, full = EMPTY, EMPTY.astype(bool)
    elif planned.clauses:
        docs, full = ranking.hits(planned.required, planned.excluded)
    else:
        every = np.arange(scope.size if any(chosen.values()) or query.excluded else 0)
        docs = every[~within(every, planned.excluded)]
        full = np.ones(docs.size, bool)
    first = np.array(citation.docs if citation else [], np.int64)
    rest = ~np.isin(docs, first)
    unfiltered, docs, full = np.union1d(docs, first), docs[rest], full[rest]
    if request.sort == "relevance":
        order = ranking.by_score(docs, full)
        docs, full = docs[order], full[order]
    order, partial = np.concatenate([first, docs]), np.concatenate([np.zeros(first.size, bool), ~full])
    keep = filters.keep(order)
    return _Execution(
        scope, names, report, query, planned, ranking, citation, filters, words, unfiltered, order[keep], partial[keep]
    )


def _scope(report):
    return current().scope(report.pk if report else 0)


def _plan(request, query, scope, names):
    return plan(query, names, Expansion(scope, names, request.names, request.ignored), request.exact)


def _named_items(found):
    """The entries, articles and headings that the query names, or whose name contains all its words, best first."""
    names, scope, stems = found.catalogue, found.scope, set(found.plan.stems)
    entries = [names.entries[entry].counted(scope) for entry in dict.fromkeys(found.plan.entries)]
    items = names.items_with_all(stems, scope) if stems and not entries else []
    entries += [item for item in items if item.type in ENTRY_TYPES]
    articles, sections = ([item for item in items if item.type == type_] for type_ in ("article", "section"))
    lists = {"entries": entries, "articles": articles, "sections": sections}
    return {name: tuple(items[:MAX_ITEMS]) for name, items in lists.items()}


def _hits(found, results):
    """The hits of the page."""
    if not found.order.size:
        return ()
    request = results.request
    at = (results.page - 1) * request.per_page
    docs, partial = (array[at : at + request.per_page] for array in (found.order, found.partial))
    return read_hits(
        docs, partial, found.scope, found.catalogue, found.report, found.plan, found.ranking, request.explain
    )
