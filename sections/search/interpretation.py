"""How a query was understood, in sentences for readers, and other queries to try."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext, gettext_noop, ngettext

from sections.text.fold import fold
from sections.text.whole_numbers import whole_number

from .attributes import HAVING, gazetteer
from .catalogue import Catalogue
from .citation_resolver import Resolution
from .engine.english import carries_meaning
from .engine.foreign import LITTLE_WORDS
from .engine.query_tree import Leaf, Not, Or, Phrase, Query, Word
from .query_plan import QueryPlan, absent
from .restatement import restated
from .results import Counts
from .scope import Scope

MAX_NAMES = 6  # other names and words that are listed
MAX_QUERIES = 5
MIN_PREFIX = 3  # letters that a suggested word shares with the one typed

LITTLE = frozenset().union(*LITTLE_WORDS.values())  # of Spanish and French: no reader misses them
REMARKS = {
    "too long": gettext_noop("Only the first 1,000 characters were read."),
    "unpaired quote": gettext_noop("A quotation mark without a partner was left out."),
    "too many terms": gettext_noop("Only the first 40 words were searched for."),
    "unpaired bracket": gettext_noop("A bracket without a partner was left out."),
    "lone operator": gettext_noop("An operator with nothing beside it was left out or read as a word."),
    "too deep": gettext_noop("Brackets within more than 12 others were left out."),
    "not near": gettext_noop("Only words and phrases can be near each other; AND was searched for instead."),
}
FILTERED = {
    "institution": gettext_noop("Only paragraphs that mention the institution “%(value)s”, also within longer names."),
    "law": gettext_noop("Only paragraphs that mention the law “%(value)s”, also within longer names."),
    "programme": gettext_noop("Only paragraphs that mention the programme “%(value)s”, also within longer names."),
    "article": gettext_noop("Only paragraphs linked to article %(value)s of the Convention."),
    "part": gettext_noop("Only paragraphs under part %(value)s of the Convention."),
    "reply": gettext_noop("Only paragraphs of reply %(value)s."),
    "place": gettext_noop("Only paragraphs that mention the place “%(value)s”."),
    "year": gettext_noop("Only paragraphs that mention the year %(value)s."),
    "has": gettext_noop("Only paragraphs with: %(value)s."),
}
UNKNOWN = {
    "institution": gettext_noop("There is no institution “%(value)s”. This filter was left out."),
    "law": gettext_noop("There is no law “%(value)s”. This filter was left out."),
    "programme": gettext_noop("There is no programme “%(value)s”. This filter was left out."),
    "article": gettext_noop("There is no article “%(value)s”. This filter was left out."),
    "part": gettext_noop("There is no part “%(value)s”. This filter was left out."),
    "reply": gettext_noop("There is no reply “%(value)s”. This filter was left out."),
    "place": gettext_noop("There is no place “%(value)s”. This filter was left out."),
    "year": gettext_noop("There is no year “%(value)s”. This filter was left out."),
    "has": gettext_noop("“has:” takes figures, table or annex, not “%(value)s”. This filter was left out."),
}

# What was typed and is not there, where it was corrected, read as something that is not there either, or neither; in
# one report and in all.
LACKING = {
    False: (
        gettext_noop("“%(typed)s” does not occur in the report; these are results for “%(correction)s”."),
        gettext_noop("“%(typed)s” was read as “%(correction)s”. Neither occurs in the report."),
        gettext_noop("“%(typed)s” does not occur in the report."),
    ),
    True: (
        gettext_noop("“%(typed)s” does not occur in any report; these are results for “%(correction)s”."),
        gettext_noop("“%(typed)s” was read as “%(correction)s”. Neither occurs in any report."),
        gettext_noop("“%(typed)s” does not occur in any report."),
    ),
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
    counts: Counts,
) -> Interpretation:
    """How the query was understood, and what else to try, where it has this many hits."""
    sentences = [gettext(UNKNOWN[name]) % {"value": value} for name, value in plan.unfit]
    sentences += [_field(scope, catalogue, *field, query.is_exact) for field in plan.fields]
    sentences += citation.sentences if citation else []
    sentences += [gettext(REMARKS[remark]) for remark in query.remarks]
    sentences += [] if citation else _searched(query, plan, scope.report is None, counts, scope.numbers)
    if counts.count and not counts.full:
        sentences.append(
            gettext("No paragraph contains all of this. These contain most of it, or are next to one that does.")
        )
    suggestions = () if counts.count else _other_queries(query, scope, catalogue)
    corrected = query.text if plan.corrections else ""
    for typed, correction in plan.corrections:
        corrected = corrected.replace(typed, correction)
    shown = tuple(dict.fromkeys(filter(None, sentences)))
    return Interpretation(shown, corrected or next(iter(suggestions), ""), suggestions)


def _field(scope, catalogue, name, typed, values, is_exact):
    """What became of a field typed in the query; one among operators is restated with them."""
    if not values:
        return gettext(UNKNOWN[name]) % {"value": typed}
    if is_exact:
        return ""
    return gettext(FILTERED[name]) % {"value": ", ".join(_value(scope, catalogue, name, value) for value in values)}


def _value(scope, catalogue, name, value):
    if name in ("place", "has"):
        return str((gazetteer(scope).labels if name == "place" else HAVING).get(value, value))
    entry = catalogue.by_slug.get((name, value))
    if entry is not None:
        return catalogue.entries[entry].name
    return catalogue.parts[int(value)] if name == "part" else value


def _searched(query, plan, in_all, counts, numbers):
    """What was searched for, and how it differs from what was typed."""
    corrected, read_as, unknown = LACKING[in_all]
    if plan.translations:
        words = _listed(says for _, says in plan.translations)
        yield gettext("The text is in English; searched for %(words)s.") % {"words": words}
    instead, lacking = _instead(query, plan, counts), [*plan.unknown, *_labels(plan)]
    for typed, correction in plan.corrections:
        form = read_as if any(label in lacking for label in (correction, *correction.split())) else corrected
        yield gettext(form) % {"typed": typed, "correction": correction}
    mended = {word for _, correction in plan.corrections for word in (correction, *correction.split())}
    for label in lacking:
        number = None if in_all else whole_number(label)
        if number is not None and np.isin(number, numbers):
            form = gettext("The number %(number)s is not in the text; for paragraph %(number)s type “para %(number)s”.")
            yield form % {"number": number}
        elif label not in mended and fold(label) not in LITTLE:
            yield gettext(unknown) % {"typed": label}
    if counts.by_names and counts.by_names == counts.full and not absent(plan):
        yield gettext("No paragraph contains all of these words.")
    yield instead
    if query.is_exact:
        yield restated(query.tree)
    else:
        yield from _conditions(query)
    if not instead:
        yield _also(query, plan)


def _labels(plan):
    """What the report does not contain as typed: all that was asked for as one, where that is so of all of it."""
    translated = {typed for typed, _ in plan.translations}
    labels = [clause.label for clause in absent(plan) if clause.label not in translated]
    return [" ".join(labels)] if labels and len(labels) == len(plan.clauses) else labels


def _instead(query, plan, counts):
    """What the paragraphs say instead, where none that meets the query has the words typed; "" where one has."""
    if not counts.by_names or counts.by_names < counts.full:
        return ""
    if names := _names(query, plan):
        return gettext("Shown instead: paragraphs with %(names)s.") % {"names": names}
    return gettext("Shown instead: paragraphs with related words, or that the editors have filed under this subject.")


def _conditions(query):
    for member in query.members:
        if isinstance(member, Or) and all(isinstance(alternative, Leaf) for alternative in member.members):
            yield gettext("Any of: %(words)s.") % {"words": _listed(leaf.text for leaf in member.members)}
        elif isinstance(member, Phrase):
            yield gettext("Exact phrase: “%(words)s”.") % {"words": member.text}
        elif isinstance(member, Word) and member.pattern == f"{member.exact}*":
            yield gettext("Any word that begins with “%(prefix)s”.") % {"prefix": member.exact}
        elif isinstance(member, Word) and member.pattern:
            yield gettext("Any word that fits “%(pattern)s”.") % {"pattern": member.pattern}
        elif isinstance(member, Not):
            yield restated(member)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(gettext("“%(words)s”") % {"words": each} for each in dict.fromkeys(words))


def _also(query, plan):
    """The other names and words in one sentence, "" where there are none."""
    names = _names(query, plan)
    return gettext("Also searched for: %(names)s.") % {"names": names} if names else ""


def _names(query, plan):
    """The other names and words that were searched for, "" where there are none."""
    said = " ".join([query.text, *(says for _, says in plan.translations)]).casefold()
    names = (name for each in plan.alternatives for name in each.names)
    words = list(dict.fromkeys(name for name in names if name.casefold() not in said))
    more = len(words) - MAX_NAMES
    values = {"names": _listed(words[:MAX_NAMES]), "count": more}
    if more <= 0:
        return values["names"]
    return ngettext("%(names)s and %(count)s other name", "%(names)s and %(count)s other names", more) % values


def _other_queries(query, scope, catalogue):
    """Queries that have hits: single words of this one, words that begin like them, or the most mentioned entries."""
    words = [word for term in query.terms for word in (term.parts if isinstance(term, Phrase) else (term.exact,))]
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
