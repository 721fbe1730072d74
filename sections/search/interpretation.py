"""How a query was understood, in sentences for readers, and other queries to try."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from .catalogue import Catalogue, by_frequency
from .engine.query_parser import Phrase, Query, Remark
from .engine.stopwords import carries_meaning
from .query_plan import Alternatives, QueryPlan
from .request import SearchRequest
from .scope import Scope

MAX_NAMES = 4  # other names of an entry that are listed
MAX_QUERIES = 5
MIN_PREFIX = 3  # letters that a suggested word shares with the one typed

REMARKS = {
    Remark.TOO_LONG: gettext_noop("Only the first 1,000 characters were read."),
    Remark.UNPAIRED_QUOTE: gettext_noop("A quotation mark without its partner was left out."),
    Remark.TOO_MANY_TERMS: gettext_noop("Only the first 40 words were searched for."),
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


def resolve_fields(
    request: SearchRequest, query: Query, catalogue: Catalogue
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The filters of the request together with the fields typed in the query, and a sentence on each of these."""
    chosen, sentences = {name: list(values) for name, values in request.filters}, []
    for name, typed in query.fields:
        value = catalogue.field_value(name, typed)
        if value is None:
            sentences.append(gettext(UNKNOWN[name]) % {"value": typed})
            continue
        entry = catalogue.by_slug.get((name, value))
        label = catalogue.parts[int(value)] if name == "part" else value
        label = label if entry is None else catalogue.entries[entry].name
        sentences.append(gettext(FILTERED[name]) % {"value": label})
        if value not in chosen.setdefault(name, []):
            chosen[name].append(value)
    return {name: tuple(values) for name, values in chosen.items()}, sentences


def remarks(query: Query) -> list[str]:
    """What of the query was not read as typed."""
    return [gettext(REMARKS[remark]) for remark in query.remarks]


def sentences(query: Query, plan: QueryPlan, full: int, count: int) -> list[str]:
    """What was searched for, and how the answer differs from what was typed."""
    words = remarks(query)
    for typed, correction in plan.corrections:
        form = gettext("“%(typed)s” does not occur in the report; these are results for “%(correction)s”.")
        words.append(form % {"typed": typed, "correction": correction})
    words += [gettext("“%(typed)s” does not occur in the report.") % {"typed": label} for label in plan.unknown]
    for members in query.groups:
        if len(members) > 1:
            words.append(gettext("Any of: %(words)s.") % {"words": _listed(member.text for member in members)})
        elif isinstance(members[0], Phrase):
            words.append(gettext("Exact phrase: “%(words)s”.") % {"words": members[0].text})
        elif members[0].prefix:
            words.append(gettext("Any word that begins with “%(prefix)s”.") % {"prefix": members[0].exact})
    if query.excluded:
        excluded = _listed(member.text for member in query.excluded)
        words.append(gettext("Without: %(words)s.") % {"words": excluded})
    words += [_also(alternatives) for alternatives in plan.alternatives if alternatives.names]
    return words + _extent(full, count)


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


def corrected_query(query: Query, plan: QueryPlan) -> str:
    """The query as typed with its spelling corrected, "" where nothing was corrected."""
    text = query.text
    for typed, correction in plan.corrections:
        text = text.replace(typed, correction)
    return text if plan.corrections else ""


def other_queries(query: Query, scope: Scope, catalogue: Catalogue) -> tuple[str, ...]:
    """Queries that have hits: single words of this one, words that begin like them, or the most mentioned entries."""
    words = [word for term in query.terms for word in (term.exacts if isinstance(term, Phrase) else (term.exact,))]
    words = [word for word in words if carries_meaning(word)]
    queries = [word for word in words if scope.count(word)]
    queries += filter(None, (_similar_beginning(word, scope) for word in words))
    if not queries:
        queries = [item.name for item in most_mentioned(scope, catalogue)[:3]]
    return tuple(dict.fromkeys(queries))[:MAX_QUERIES]


def _similar_beginning(word, scope):
    """The most frequent word that shares the longest beginning with this one, "" where none shares enough."""
    for length in range(len(word) - 1, MIN_PREFIX - 1, -1):
        words = [other for other in scope.beginning(word[:length]) if other.isalpha()]
        if words:
            return max(words, key=lambda other: (scope.count(other), other))
    return ""


def most_mentioned(scope: Scope, catalogue: Catalogue) -> list:
    """The entries that the report mentions, with their counts, those in the most paragraphs first."""
    items = [item.counted(scope) for item in catalogue.entries.values()]
    return sorted((item for item in items if item.paragraphs), key=by_frequency)
