"""Finds the hits of a request: what it means, which paragraphs meet it, in which order, how they divide."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext

from sections.models import Report
from sections.models.captions import said

from . import citation_resolver, interpretation
from .adapter import Index
from .catalogue import catalogue
from .engine.citation_parser import citation
from .engine.highlight import Marks
from .engine.postings import EMPTY, within
from .engine.query_parser import UNSTORABLE, parse
from .engine.scoring import Ranking, rank
from .facets import Filters
from .naming import label_of, named_things, value_of
from .other_queries import mended_query, other_queries
from .query_plan import Meaning, settle, understand
from .results import SearchResults

ENOUGH = 20  # paragraphs that meet all; where there are fewer, those that meet most follow
LEAST_MET = 0.2  # of what the best of those meets
BEST = 10  # hits around which others are looked for, where few meet most
ALL_MET = 1e6  # more than any score
AROUND = 2  # paragraphs before and after
REMEMBERED = 100  # requests; what is remembered of one grows with its hits
REMEMBERED_OF_MANY = 4  # where there are many paragraphs


@dataclass(slots=True)
class Found:
    """Everything that a request comes to but the page of hits; `results` has all its fields but the hits."""

    order: np.ndarray  # documents in the order asked for
    ranking: Ranking
    partial: np.ndarray  # for each whether it lacks some of what was asked
    meaning: Meaning
    marks: Marks
    results: SearchResults
    cited: frozenset


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


def of_report(index, report):
    return index.columns["#report"] == (report.pk if report else 0)


def find(request, index):
    """The hits in order, with facets, things and words; the same for all pages of a request."""
    key = (request.q, request.filters, request.sort, request.names, request.exact, request.report)
    kept = index.in_language.setdefault("found", OrderedDict())
    found = kept.get(key)
    if found is None:
        kept[key] = found = _look(request, index)
        while len(kept) > (REMEMBERED if index.is_small else REMEMBERED_OF_MANY):
            kept.popitem(last=False)
    return found


def _look(request, index):
    things = catalogue(index)
    report = report_of(index, request.report)
    query = parse(request.q)
    chosen, remarks = _chosen(request, query, things)
    filters = Filters(index, things, chosen)
    reference = citation(request.q) if report and not request.exact else None
    pointed = citation_resolver.resolve(reference, index, things, report) if reference else None
    meaning = understand(query, index, things, request.names, request.exact)
    settle(meaning)
    ranking = rank(meaning.groups, index.norms, index.columns["#section"])
    docs, full = _hit_docs(index, report, query, meaning, ranking, chosen)
    if pointed and reference.kind != "number":
        docs, full = EMPTY, np.zeros(0, bool)
    first = np.array(pointed.docs if pointed else [], np.int64)
    everything = docs
    if first.size:
        everything, rest = np.union1d(docs, first), ~np.isin(docs, first)
        docs, full = docs[rest], full[rest]
    order, partial = _order(request, ranking, docs, full, first)
    let = filters.keep(order)
    order, partial = order[let], partial[let]
    count, full = int(order.size), int(order.size - partial.sum())
    others = other_queries(index, things, query, meaning) if not count else ()
    told = [*remarks, *(pointed.sentences if pointed else ())]
    told += interpretation.sentences(query, meaning, full, count) if not pointed else map(said, query.remarks)
    results = SearchResults(
        request,
        count=count,
        full=full,
        target=pointed.target if pointed else None,
        facets=filters.facets(everything),
        interpretation=tuple(dict.fromkeys(told)),
        mended=tuple(meaning.mended),
        also=tuple(meaning.also) if not pointed else (),
        unfiltered=int(everything.size),
        suggestion=mended_query(query, meaning) or next(iter(others), ""),
        suggestions=others,
        version=index.version,
        **(named_things(things, meaning) if not pointed else {}),
    )
    return Found(order, ranking, partial, meaning, Marks(meaning.marks), results, frozenset(first.tolist()))


def _chosen(request, query, things):
    """The filters of the address and those typed as fields, with a remark on each that was typed."""
    chosen = {name: list(values) for name, values in request.filters}
    remarks = []
    for name, typed in query.narrowed:
        value = value_of(things, name, typed)
        if value is None:
            remarks.append(
                gettext("There is no %(noun)s “%(typed)s”; that condition was left out.")
                % {"noun": gettext(name), "typed": typed}
            )
            continue
        label = label_of(things, name, value)
        remarks.append(gettext("Narrowed to %(noun)s %(label)s.") % {"noun": gettext(name), "label": label})
        if value not in chosen.setdefault(name, []):
            chosen[name].append(value)
    return {name: tuple(values) for name, values in chosen.items()}, remarks


def _hit_docs(index, report, query, meaning, ranking, chosen):
    """The documents that are hits before any filter, in order of number, and which of them meet all that was asked."""
    if not meaning.groups:
        everything = np.arange(index.size) if any(chosen.values()) or query.without else EMPTY
        docs, full = everything, np.ones(everything.size, bool)
    else:
        docs, full = ranking.docs, ranking.full
    keep = of_report(index, report)[docs] & ~within(docs, meaning.without)
    for number in meaning.strict:
        keep &= within(docs, meaning.groups[number].docs)
    all_met = full & keep
    if len(meaning.groups) < 2 or all_met.sum() >= ENOUGH or not keep.any():
        return docs[all_met], full[all_met]
    keep &= full | (ranking.met >= LEAST_MET * ranking.met[keep].max())
    found, full = docs[keep], full[keep]
    if meaning.strict or found.size >= ENOUGH:
        return found, full
    around = _around(index, ranking, found)
    around = around[~within(around, meaning.without)]
    every = np.union1d(found, around)
    return every, np.isin(every, found[full])


def _around(index, ranking, found):
    """The paragraphs just before and after the best hits in the same section, as far as they are no hits."""
    best = found[np.argsort(-ranking.score_of(found), kind="stable")[:BEST]]
    sections = index.columns["#section"]
    near = set()
    for doc in best.tolist():
        beside = range(max(doc - AROUND, 0), min(doc + AROUND + 1, index.size))
        near.update(other for other in beside if sections[other] == sections[doc])
    return np.array(sorted(near - set(found.tolist())), np.int64)


def _order(request, ranking, docs, full, first):
    """The documents in the order asked for: those cited, those that meet all, the others; by score, then by place."""
    order = np.arange(docs.size)
    if request.sort == "relevance":
        # Those that meet all before any other; what is equal stays in the order of the report.
        order = np.argsort(-(ranking.score_of(docs) + ALL_MET * full), kind="stable")
    partial = np.concatenate([np.zeros(first.size, bool), ~full[order]])
    return np.concatenate([first, docs[order]]), partial
