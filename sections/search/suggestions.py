"""Autocomplete: what the search box suggests while somebody types: entries, articles, a cited paragraph, words."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy, ngettext

from sections.text.citations import parse_citation
from sections.text.fold import clean

from .catalogue import Catalogue, by_frequency, catalogue, open_report
from .citation_resolver import resolve
from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .named_results import Item
from .request import ALL_REPORTS
from .scope import Scope

MAX_SUGGESTIONS = 4  # of a group
MAX_WORDS = 5
MAX_COMPLETIONS = 200
MAX_CHARACTERS = 100  # that are read
GROUPS = {
    "paragraph": gettext_lazy("In the report"),
    "institution": gettext_lazy("Institutions"),
    "law": gettext_lazy("Laws"),
    "programme": gettext_lazy("Programmes"),
    "article": gettext_lazy("Articles of the Convention"),
    "word": gettext_lazy("Words"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text with an address, or without one a query to continue; `detail` tells similar ones apart."""

    text: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions of one kind: a key of GROUPS, its heading, and the suggestions, the best first."""

    kind: str
    heading: str
    suggestions: tuple[Suggestion, ...]


def suggest(typed: str, report: str = "") -> tuple[Group, ...]:
    """The groups that have suggestions for what has been typed so far, in the report of that symbol or in all.

    Nothing that can be typed is an error.
    """
    typed = clean(typed[:MAX_CHARACTERS]).strip()
    chosen, scope = open_report(report)
    if not (chosen or report == ALL_REPORTS) or not short_terms(typed):
        return ()
    names = catalogue(scope)
    suggestions = {"paragraph": _cited(typed, scope, names, chosen), "word": _words(typed, scope)[:MAX_WORDS]}
    for item in _named(typed, scope, names):
        suggestions.setdefault(item.type, [])
        if len(suggestions[item.type]) < MAX_SUGGESTIONS:
            suggestions[item.type].append(_suggestion(item))
    return tuple(
        Group(kind, str(heading), tuple(suggestions[kind])) for kind, heading in GROUPS.items() if suggestions.get(kind)
    )


def _paragraphs(count):
    form = ngettext("%(count)s paragraph", "%(count)s paragraphs", count)
    return form % {"count": number_format(count, force_grouping=True)}


def _suggestion(item):
    detail = _paragraphs(item.paragraphs)
    if item.type == "article":
        return Suggestion(item.label, item.url, detail)
    acronym = next((name for name in item.names if name.isupper() and " " not in name), "")
    return Suggestion(f"{item.name} ({acronym})" if acronym else item.name, item.url, detail)


def _cited(typed, scope, names, report):
    citation = parse_citation(typed)
    resolution = resolve(citation, scope, names, report) if citation else None
    target = resolution and resolution.target
    if not target or target.missing or target.kind == "article":
        return []
    count = len(resolution.docs)
    return [Suggestion(target.label, target.url, _paragraphs(count) if count > 1 else "")]


def _named(typed: str, scope: Scope, names: Catalogue) -> list[Item]:
    """Items with a name in which every word typed begins a word; a name that itself begins so comes first."""
    words, ranked = [term.exact for term in short_terms(typed)], []
    for item in (*names.entries.values(), *names.articles.values()):
        texts = (item.name, *item.names, *([item.kind] if item.type == "article" else ()))
        ranks = (_rank([term.exact for term in short_terms(text)], words) for text in texts)
        best = min((rank for rank in ranks if rank is not None), default=None)
        if best is not None:
            ranked.append((best, item.counted(scope)))
    return [item for _, item in sorted(ranked, key=lambda row: (row[0], *by_frequency(row[1])))]


def _rank(name, words):
    """0 for the very name, 1 for its beginning, 2 for words in it; None where a word is missing."""
    joined, beginning = " ".join(name), " ".join(words)
    if joined.startswith(beginning):
        return int(joined != beginning)
    wanted = [word for word in words if carries_meaning(word)]
    return 2 if wanted and all(any(part.startswith(word) for part in name) for word in wanted) else None


def _words(typed: str, scope: Scope) -> list[Suggestion]:
    """The query so far with its last word completed, the most frequent completion first."""
    last = short_terms(typed)[-1]
    if last.end < len(typed) or len(last.exact) < 2:
        return []
    completions = [word for word in scope.words.beginning(last.exact) if word.isalpha() and carries_meaning(word)]
    by_stem = {}  # one suggestion for singular and plural
    for word in sorted(completions[:MAX_COMPLETIONS], key=lambda word: (-scope.words.count(word), word)):
        by_stem.setdefault(word.rstrip("s"), Suggestion(typed[: last.start] + word))
    return list(by_stem.values())
