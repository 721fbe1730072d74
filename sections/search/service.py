"""Full-text search: the one entry point for views, the API, editing, commands and benchmarks.

    results = search(SearchRequest.from_params(request.GET))     what a results page shows
    neighbours(request, number)                                  the hits before and after a paragraph
    marks(request, number)                                       what to highlight on the paragraph's own page
    suggest(typed)                                               suggestions for the search box

Every answer comes from the current snapshot of the index and concerns one report, or all where the request says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np

from sections.models import Report
from sections.text.citations import parse_citation
from sections.text.parts import joined_spans

from .catalogue import ENTRY_TYPES, Catalogue, catalogue, open_report, report_of
from .citation_resolver import Resolution, resolve
from .data_found import DataFound, Datum, data_found, datum_address
from .engine.analysis import stem
from .engine.match_spans import Mark, Marks, matching_spans
from .engine.postings import EMPTY, documents
from .engine.query_parser import MAX_CHARACTERS, parse
from .engine.query_tree import Query, Word
from .engine.scoring import Ranking, rank
from .facets import Facet, FacetValue, apply_filters
from .filtering import unfit_values
from .hits import read_hits, read_paragraphs
from .indexer import is_up_to_date, rebuild, refresh, update
from .interpretation import interpret
from .load_times import last_load
from .lookup import reports_without_index, sections_naming, sections_with
from .named_results import Item
from .phrases import PhraseUse, phrase_key, phrase_uses, says_something
from .planner import loosened, plan
from .query_plan import CITATION, MATCHES, NAMES, PARTIAL, Alternatives, QueryPlan, matches
from .request import ALL_REPORTS, FILTERS, MAX_PER_PAGE, PER_PAGE, SORTS, SearchRequest
from .results import Counts, Hit, Neighbours, Place, SearchResults, Target
from .scope import Scope
from .snapshot import times_behind
from .suggestions import Group, Suggestion, suggest

__all__ = [
    "ALL_REPORTS", "FILTERS", "MATCHES", "MAX_CHARACTERS", "MAX_PER_PAGE", "PER_PAGE", "SORTS",
    "Alternatives", "DataFound", "Datum", "Facet", "FacetValue", "Group", "Hit", "Item", "Neighbours",
    "PhraseUse", "Place", "SearchRequest", "SearchResults", "Suggestion", "Target",
    "datum_address", "entry_names", "is_up_to_date", "last_load", "marks", "most_named", "neighbours",
    "paragraphs_found", "phrase_key", "phrase_uses", "rebuild", "refresh", "report_of", "reports_without_index",
    "says_something", "search", "sections_naming", "sections_with", "suggest", "times_behind", "unfit_filters",
    "update", "warm",
]  # fmt: skip

STRAIGHT = {"paragraph", "report", "reply", "footnote", "table", "article", "part"}  # citations that lead to a page
MAX_ITEMS = 6  # entries, articles and headings each


def search(request: SearchRequest) -> SearchResults:
    """The answer to a request; nothing that can be typed is an error."""
    found = _execute(request)
    query, planned, citation = found.query, found.plan, found.citation
    keep, facets = apply_filters(found.scope, found.catalogue, planned.filters, found.docs)
    docs, match = found.docs[keep], found.match[keep]
    counts = Counts(int(docs.size), int((match != PARTIAL).sum()), int((match == NAMES).sum()))
    read = interpret(found.meant, planned, found.scope, found.catalogue, citation, counts)
    results = SearchResults(
        request,
        report=found.report,
        **counts._asdict(),
        target=citation.target if citation else None,
        targets=_targets(citation),
        is_citation=citation is not None,
        leads_to=_leads_to(found),
        data=DataFound()
        if citation
        else data_found(found.meant, planned, found.scope, found.report, docs[match != PARTIAL]),
        facets=facets,
        interpretation=read.sentences,
        alternatives=() if citation else tuple(planned.alternatives),
        corrections=tuple(planned.corrections),
        suggestion=read.suggestion,
        suggestions=read.suggestions,
        content_words=query.content_words,
        without_conditions=query.without_conditions,
        **({} if citation else _named_items(planned, found.scope, found.catalogue)),
    )
    page = slice((results.page - 1) * request.per_page, results.page * request.per_page)
    rows = found.ranking.explained(docs[page], match[page], request.explain)
    return replace(results, hits=read_hits(rows, found.scope, found.catalogue, found.report, planned))


def unfit_filters(request: SearchRequest) -> list[tuple[str, str]]:
    """Name and value of each filter of the request that names nothing in what is searched."""
    _, scope = open_report(request.report)
    return unfit_values(scope, catalogue(scope), dict(request.filters))


def _targets(citation):
    """All things that a citation points at and that exist."""
    targets = [citation.target, *citation.others] if citation and citation.target else []
    return tuple(target for target in targets if target.url)


def _leads_to(found):
    """Where a citation leads at once: to its target, unless it may be of something else, or of several things."""
    citation = found.citation
    if not citation or not citation.target or found.cited not in STRAIGHT or citation.literal or not citation.is_one:
        return ""
    return citation.target.url


def neighbours(request: SearchRequest, number: int, symbol: str = "") -> Neighbours | None:
    """The rank of a paragraph among the hits of the request and the hits beside it; None if it is not a hit.

    Of a search in all reports the symbol says whose paragraph it is.
    """
    found = _execute(request)
    keep, _ = apply_filters(found.scope, found.catalogue, found.plan.filters, found.docs)
    docs = found.docs[keep]
    places = np.flatnonzero(np.isin(docs, _documents(found.scope, number, symbol)))
    if not places.size:
        return None
    at = int(places[0])
    beside = [docs[max(at - 1, 0) : at], docs[at + 1 : at + 2]]
    before, after = (_paragraph(found, int(near[0])) if near.size else None for near in beside)
    return Neighbours(at + 1, int(docs.size), before, after)


def _paragraph(found, doc):
    (report,) = found.scope.reports_of(np.array([doc])).tolist()
    symbol = found.report.symbol if found.report else found.scope.symbols[report]
    return symbol, int(found.scope.numbers[doc])


def _documents(scope, number, symbol):
    """The document of the paragraph of that number; in all reports, of the report of the symbol."""
    docs = np.flatnonzero(scope.numbers == number)
    if scope.report is not None:
        return docs
    return docs[[scope.symbols[report] == symbol for report in scope.reports_of(docs).tolist()]]


def marks(request: SearchRequest, number: int, symbol: str = "") -> dict[int, tuple[tuple[int, int], ...]]:
    """By position of a block of the paragraph the spans in its text that match the query.

    Of a search in all reports the symbol says whose paragraph it is.
    """
    asked = _understand(request)
    scope, planned = asked.scope, asked.plan
    keys = scope.paragraphs[_documents(scope, number, symbol)].tolist()
    paragraphs = read_paragraphs(keys, scope.version.content).values()
    blocks = [block for paragraph in paragraphs for block in paragraph.blocks]
    merged = {
        block.position: tuple(joined_spans((start, end) for start, end, _, _ in spans))
        for block, spans in matching_spans(blocks, Marks(planned.marks))
    }
    return {position: spans for position, spans in merged.items() if spans}


def paragraphs_found(typed: str) -> set[tuple[str, int]]:
    """Symbol and number of each paragraph of any report that a search for what is typed finds."""
    found = _execute(SearchRequest(typed, report=ALL_REPORTS if Report.objects.count() > 1 else ""))
    return {_paragraph(found, doc) for doc in found.docs.tolist()}


def most_named(report: str = "", limit: int = 6) -> list[Item]:
    """The entries that most paragraphs of the report mention, at most `limit`."""
    _, scope = open_report(report)
    return catalogue(scope).most_mentioned(scope)[:limit]


def entry_names(keys: Iterable[int], report: str = "") -> dict[int, str]:
    """The names of entries in the reader's language, by primary key."""
    _, scope = open_report(report)
    entries = catalogue(scope).entries
    return {key: entries[key].name for key in keys if key in entries}


def warm() -> None:
    """Reads beforehand what the first search of a process would otherwise have to read."""
    search(SearchRequest(" ".join(item.name for item in most_named(limit=1))))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as it is understood: as typed and as it is meant, its plan, and what it cites, of the `cited` kind."""

    report: Report | None
    scope: Scope
    catalogue: Catalogue
    query: Query
    meant: Query
    plan: QueryPlan
    cited: str
    citation: Resolution | None


@dataclass(frozen=True, slots=True)
class _Execution(_Asked):
    """A query executed: the documents of all hits before any filter, in order, and how each matches."""

    ranking: Ranking
    docs: np.ndarray
    match: np.ndarray


def _understand(request):
    report, scope = open_report(request.report)
    names = catalogue(scope)
    query = parse(request.q, names.names_in_capitals)
    cited = None if request.exact or request.literal else parse_citation(query.text)
    citation = resolve(cited, scope, names, report) if cited and (report or request.is_in_all_reports) else None
    planned, meant = plan(request, query, scope, names, report)
    if citation and cited.kind != "number":  # found by its place, so that nothing is to be marked but the very words
        planned.subjects = []
        nouns = [stem("article"), "art"] if citation.literal else []
        planned.marks = [Mark(0, (noun, str(cited.first))) for noun in nouns]
    return _Asked(report, scope, names, query, meant, planned, cited.kind if citation else "", citation)


def _execute(request):
    asked = _understand(request)
    scope, planned, citation = asked.scope, asked.plan, asked.citation
    ranking = rank(planned.clauses, scope.norms, scope.sections)
    if citation and asked.cited != "number":
        docs, full = EMPTY, EMPTY.astype(bool)
    else:
        docs, full = _hits(planned, asked.meant, ranking, scope)
        if not docs.size and not asked.meant.is_of_phrases:
            docs, full, ranking = _nearest(request, asked)
    if request.sort == "place":
        order = docs.argsort()
        docs, full = docs[order], full[order]
    first = np.array(citation.docs if citation else [], np.int64)
    rest = ~np.isin(docs, first)
    others = matches(planned, scope, docs[rest], full[rest])
    docs, match = np.concatenate([first, docs[rest]]), np.concatenate([np.full(first.size, CITATION), others])
    return _Execution(*(getattr(asked, each.name) for each in fields(_Asked)), ranking, docs, match)


def _hits(planned, query, ranking, scope):
    """The documents that are hits, best first, and for each whether it is a full match."""
    if planned.exactly is not None:
        docs = np.flatnonzero(planned.exactly)
        docs = docs[np.argsort(-ranking.score_of(docs), kind="stable")]
        return docs, np.ones(docs.size, bool)
    if planned.clauses:
        return _exact_first(planned, query, *ranking.hits(planned.required, planned.excluded))
    docs = np.arange(scope.size if any(planned.filters.values()) or query.excluded else 0)  # nothing is to be ranked
    docs = docs[~np.isin(docs, planned.excluded)]
    return docs, np.ones(docs.size, bool)


def _exact_first(planned, query, docs, full):
    """For a query of one word, first the documents that hold it as it was typed, then those with other forms of it."""
    words, clauses = query.terms, planned.clauses
    if len(words) != 1 or len(clauses) != 1 or not clauses[0].variants or not isinstance(words[0], Word):
        return docs, full
    typed = clauses[0].variants[0]
    if typed.weight < 1 or words[0].pattern:
        return docs, full
    order = np.argsort(~np.isin(docs, documents(typed.postings)), kind="stable")
    return docs[order], full[order]


def _nearest(request, asked):
    """Where nothing meets a query's operators and phrases: what has most of its words, as partial matches."""
    words, planned, scope = loosened(asked.meant), asked.plan, asked.scope
    loose, _ = plan(request.changed(filters=()), words, scope, asked.catalogue, asked.report)
    ranking = rank(loose.clauses, scope.norms, scope.sections)
    docs, _ = ranking.hits([], loose.excluded)
    planned.clauses, planned.marks, planned.subjects = loose.clauses, loose.marks, loose.subjects
    return docs, np.zeros(docs.size, bool), ranking


def _named_items(planned, scope, names):
    """The entries, articles and headings that the query names, or whose name contains all its words, best first."""
    entries = [names.entries[entry].counted(scope) for entry in dict.fromkeys(planned.entries)]
    items = [] if entries else names.items_with_all(set(planned.stems), scope)
    entries += [item for item in items if item.type in ENTRY_TYPES]
    articles, sections = ([item for item in items if item.type == type_] for type_ in ("article", "section"))
    lists = {"entries": entries, "articles": articles, "sections": sections}
    return {name: tuple(items[:MAX_ITEMS]) for name, items in lists.items()}
