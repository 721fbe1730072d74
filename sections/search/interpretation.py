"""How a query was understood, in sentences for readers, and other queries to try."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from .catalogue import Catalogue
from .citation_resolver import Resolution
from .engine.english import carries_meaning
from .engine.query_parser import Phrase, Query
from .query_plan import Alternatives, QueryPlan
from .scope import Scope

MAX_NAMES = 4  # other names of an entry that are listed
MAX_QUERIES = 5
MIN_PREFIX = 3  # letters that a suggested word shares with the one typed

REMARKS = {
    "too long": gettext_noop("Only the first 1,000 characters were read."),
    "unpaired quote": gettext_noop("A quotation mark without its partner was left out."),
    "too many terms": gettext_noop("Only the first 40 words were searched for."),
}
FILTERED = {
    "institution": gettext_noop("Only paragraphs that mention the institution “%(value)s”."),
    "law": gettext_noop("Only paragraphs that mention the law “%(value)s”."),
    "programme": gettext_noop("Only paragraphs that mention the programme “%(value)s”."),
    "article": gettext_noop("Only paragraphs linked to article %(value)s of the Convention."),
    "part": gettext_noop("Only paragraphs under part %(value)s of the Convention."),
    "reply": gettext_noop("Only paragraphs of reply %(value)s."),
}
UNKNOWN = {
    "institution": gettext_noop("There is no institution “%(value)s”; this condition was ignored."),
    "law": gettext_noop("There is no law “%(value)s”; this condition was ignored."),
    "programme": gettext_noop("There is no programme “%(value)s”; this condition was ignored."),
    "article": gettext_noop("There is no article “%(value)s”; this condition was ignored."),
    "part": gettext_noop("There is no part “%(value)s”; this condition was ignored."),
    "reply": gettext_noop("There is no reply “%(value)s”; this condition was ignored."),
}


class Interpretation(NamedTuple):
    """Sentences for readers, another query that has hits or "", and several, for a query without hits."""

    sentences: tuple[str, ...]
    suggestion: str
    suggestions: tuple[str, ...]


def interpret(
    query: Query,
    plan: QueryPlan,
    scope: Scope,
    catalogue: Catalogue,
    citation: Resolution | None,
    full: int,
    count: int,
) -> Interpretation:
    """How the query was understood, and what else to try; `full` of its `count` hits are full matches."""
    sentences = [_field(catalogue, *field) for field in plan.fields]
    sentences += citation.sentences if citation else []
    sentences += [gettext(REMARKS[remark]) for remark in query.remarks]
    in_all = scope.report is None
    sentences += [] if citation else [*_searched(query, plan, in_all), *_extent(full, count)]
    suggestions = () if count else _other_queries(query, scope, catalogue)
    corrected = query.text if plan.corrections else ""
    for typed, correction in plan.corrections:
        corrected = corrected.replace(typed, correction)
    return Interpretation(tuple(dict.fromkeys(sentences)), corrected or next(iter(suggestions), ""), suggestions)


def _field(catalogue, name, typed, value):
    """What became of a field typed in the query."""
    if value is None:
        return gettext(UNKNOWN[name]) % {"value": typed}
    entry = catalogue.by_slug.get((name, value))
    label = catalogue.parts[int(value)] if name == "part" else value
    return gettext(FILTERED[name]) % {"value": label if entry is None else catalogue.entries[entry].name}


def _searched(query, plan, in_all):
    """What was searched for, and how it differs from what was typed."""
    corrected = gettext("“%(typed)s” does not occur in the report; these are results for “%(correction)s”.")
    unknown = gettext("“%(typed)s” does not occur in the report.")
    if in_all:
        corrected = gettext("“%(typed)s” does not occur in any report; these are results for “%(correction)s”.")
        unknown = gettext("“%(typed)s” does not occur in any report.")
    for typed, correction in plan.corrections:
        yield corrected % {"typed": typed, "correction": correction}
    for label in plan.unknown:
        yield unknown % {"typed": label}
    for members in query.groups:
        if len(members) > 1:
            yield gettext("Any of: %(words)s.") % {"words": _listed(member.text for member in members)}
        elif isinstance(members[0], Phrase):
            yield gettext("Exact phrase: “%(words)s”.") % {"words": members[0].text}
        elif members[0].prefix:
            yield gettext("Any word that begins with “%(prefix)s”.") % {"prefix": members[0].exact}
    if query.excluded:
        yield gettext("Without: %(words)s.") % {"words": _listed(member.text for member in query.excluded)}
    yield from (_also(alternatives) for alternatives in plan.alternatives if alternatives.names)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(gettext("“%(words)s”") % {"words": each} for each in words)


def _also(alternatives: Alternatives) -> str:
    names, more = alternatives.names[:MAX_NAMES], len(alternatives.names) - MAX_NAMES
    values = {"typed": alternatives.typed, "names": _listed(names), "count": more}
    if more <= 0:
        return gettext("“%(typed)s” also searched for as %(names)s.") % values
    form = ngettext(
        "“%(typed)s” also searched for as %(names)s and %(count)s other name.",
        "“%(typed)s” also searched for as %(names)s and %(count)s other names.",
        more,
    )
    return form % values


def _extent(full, count):
    if not count or full == count:
        return []
    if not full:
        return [gettext("No paragraph contains all of this. These contain most of it, or are next to one that does.")]
    form = ngettext(
        "%(count)s paragraph contains all of this; the partial matches follow.",
        "%(count)s paragraphs contain all of this; the partial matches follow.",
        full,
    )
    return [form % {"count": number_format(full, force_grouping=True)}]


def _other_queries(query, scope, catalogue):
    """Queries that have hits: single words of this one, words that begin like them, or the most mentioned entries."""
    words = [word for term in query.terms for word in (term.exacts if isinstance(term, Phrase) else (term.exact,))]
    words = [word for word in words if carries_meaning(word)]
    queries = [word for word in words if scope.words.count(word)]
    queries += filter(None, (_similar_beginning(word, scope) for word in words))
    if not queries:
        queries = [item.name for item in catalogue.most_mentioned(scope)[:3]]
    return tuple(dict.fromkeys(queries))[:MAX_QUERIES]


def _similar_beginning(word, scope):
    """The most frequent word that shares the longest beginning with this one, "" where none shares enough."""
    for length in range(len(word) - 1, MIN_PREFIX - 1, -1):
        words = [other for other in scope.words.beginning(word[:length]) if other.isalpha()]
        if words:
            return max(words, key=lambda other: (scope.words.count(other), other))
    return ""
