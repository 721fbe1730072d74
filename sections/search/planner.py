"""Query planning: words as they are meant, then the clauses to rank by and the documents to keep."""

from dataclasses import replace

import numpy as np

from sections.models import Report
from sections.text.how_many import asks_how_many

from .attributes import documents_with
from .boolean import Boolean
from .catalogue import Catalogue
from .clauses import Clauses
from .data_found import counting
from .engine.english import carries_meaning
from .engine.postings import BITS
from .engine.query_tree import And, Field, Not, Or, Phrase, Query, Word, fields
from .engine.scoring import Clause, Variant
from .expansion import Expansion
from .filtering import field_values, unfit_values
from .framing import without_frame
from .query_plan import QueryPlan
from .request import SearchRequest
from .scope import Scope
from .word_repair import WordRepair

FIGURES = 0.6  # the weight of a figure, beside a word's, where somebody asks how many there are
SOME_FIGURE = 0.4  # of it, where the figure counts something else


def plan(
    request: SearchRequest, query: Query, scope: Scope, catalogue: Catalogue, report: Report | None
) -> tuple[QueryPlan, Query]:
    """The plan for a query in the report of the scope, and the query as it is meant.

    Clauses that nothing in the report matches become optional, unless they are required.
    """
    planned = QueryPlan(filters=dict(request.filters))
    planned.unfit = unfit_values(scope, catalogue, planned.filters)
    for name, unfit in planned.unfit:
        planned.filters[name] = tuple(value for value in planned.filters[name] if value != unfit)
    expansion = Expansion(scope, catalogue, request.names, request.ignored)
    if request.names:
        query, planned.unframed = without_frame(query, report, scope, catalogue.names)
    is_english = report is None or report.language == "en"  # into which the lexicon translates
    query = WordRepair(expansion, catalogue, request.exact, is_english, planned).query(query)
    _add_fields(planned, query, scope, catalogue)
    # A query of stop words only is searched for as it is.
    keep_stop_words = not any(
        isinstance(term, Phrase) or term.pattern or carries_meaning(term.exact) for term in query.terms
    )
    sets = Boolean(expansion, catalogue)
    if query.is_exact:
        _rank_exactly(planned, query, expansion, catalogue)
        planned.exactly, planned.subjects = sets.meeting(query.tree), []
        plain = Boolean(Expansion(scope, catalogue, names=False), catalogue)
        planned.as_typed = plain.meeting(query.tree) if request.names else planned.exactly
    else:
        clauses = Clauses(planned, expansion, catalogue, keep_stop_words)
        _add_clauses(clauses, query.members)
        if asks_how_many(query.text) and scope.report is not None and request.names:
            _add_figures(planned, scope)
        excluded = [sets.meeting(node) for node in query.excluded]
        planned.excluded = np.flatnonzero(np.logical_or.reduce(excluded)) if excluded else planned.excluded
    for number, clause in enumerate(planned.clauses):
        if not clause.variants and number not in planned.required:
            planned.unknown.append(clause.label)
            clause.optional = True
    return planned, query


def _rank_exactly(planned, query, expansion, catalogue):
    """The clauses of a query with operators. Synonyms are none of its words, so they do not count."""
    expansion.thesaurus = False
    Clauses(planned, expansion, catalogue, keep_stop_words=True).add_tree(query.tree)


def _add_clauses(clauses, members):
    run = []
    for member in members:
        if isinstance(member, Word) and not member.pattern:
            run.append(member)
        elif not isinstance(member, Not) and not _is_of_fields(member):
            clauses.add_run(run)
            run = []
            clauses.add_condition(member)
    clauses.add_run(run)


def _add_figures(planned, scope):
    """What has a figure, best of the very thing, comes first for who asks how many there are."""
    ways = (counting(planned, scope), 1.0), (documents_with(scope, "has", "figures"), SOME_FIGURE)
    variants = [Variant(docs << BITS, weight, is_typed=False) for docs, weight in ways if docs.size]
    if planned.clauses and variants:
        planned.clauses.append(Clause("figures", variants, optional=True, weight=FIGURES))


def _is_of_fields(node):
    return isinstance(node, Field) or (isinstance(node, Or) and any(map(_is_of_fields, node.members)))


def _add_fields(planned, query, scope, catalogue):
    """The fields of a query as filters, unless it has operators; in any case what is known of their values."""
    typed = dict.fromkeys(field for member in query.members for field in fields(member))
    planned.fields = [(one.name, one.value, field_values(scope, catalogue, one.name, one.value)) for one in typed]
    if query.is_exact:
        return
    for member in query.members:
        if not _is_of_fields(member):
            continue
        for one in fields(member):
            values = field_values(scope, catalogue, one.name, one.value)
            chosen = planned.filters.get(one.name, ())
            if values:
                planned.filters[one.name] = tuple(dict.fromkeys((*chosen, *values)))


def loosened(query: Query) -> Query:
    """A query that nothing meets as its words alone, without operators and phrases; what it excludes stays."""
    words = []
    for term in query.terms:
        if isinstance(term, Word) and not term.pattern:
            words.append(term)
        elif isinstance(term, Phrase):
            words += term.words
    members = [one for member in query.members for one in (member.members if isinstance(member, And) else (member,))]
    excluded = [member for member in members if isinstance(member, Not)]
    return replace(query, members=(*words, *excluded), is_exact=False)
