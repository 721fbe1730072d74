"""What the search box suggests while somebody types: entries, articles, a cited paragraph, words.

suggest("nat inst")    groups of suggestions in the order in which the box shows them
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext

from sections.markup import grouped
from sections.models import Report

from . import citation_resolver
from .adapter import Index, index
from .catalogue import Catalogue, Thing, catalogue
from .engine.analysis import fold, terms
from .engine.citation_parser import citation
from .engine.stopwords import carries_meaning
from .finding import report_of

EACH = 4  # suggestions of a group
WORDS = 5
LONGEST = 100  # characters that are read
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
    """A thing with its address, or with an empty address a query to be typed on; `detail` tells things apart."""

    text: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions of one kind: a key of GROUPS, its heading, the suggestions, the best first."""

    kind: str
    heading: str
    suggestions: tuple[Suggestion, ...]


def suggest(typed: str, report: Report | None = None) -> tuple[Group, ...]:
    """The groups that have suggestions for what has been typed so far; nothing typed is an error."""
    typed = typed[:LONGEST].replace("\x00", " ").strip()
    found = terms(typed)
    if not found:
        return ()
    held = index()
    things = catalogue(held)
    made = {"paragraph": _cited(typed, held, things, report or report_of(held, ""))}
    for thing in _named(things, [term.exact for term in found]):
        made.setdefault(thing.type, []).append(_suggestion(thing))
    made["word"] = _words(held, typed, found)
    return tuple(Group(kind, str(GROUPS[kind]), tuple(made[kind][: _most(kind)])) for kind in GROUPS if made.get(kind))


def _most(kind):
    return WORDS if kind == "word" else EACH


def _paragraphs(count):
    return ngettext("%(count)s paragraph", "%(count)s paragraphs", count) % {"count": grouped(count)}


def _suggestion(thing):
    detail = _paragraphs(thing.paragraphs)
    if thing.type == "article":
        return Suggestion(f"{thing.kind}: {thing.name}", thing.url, detail)
    acronym = next((name for name in thing.names if name.isupper() and " " not in name), "")
    return Suggestion(f"{thing.name} ({acronym})" if acronym else thing.name, thing.url, detail)


def _cited(typed, held, things, report):
    reference = citation(typed) if report else None
    found = citation_resolver.resolve(reference, held, things, report) if reference else None
    if found is None or found.target.missing or found.target.kind == "article":
        return []
    count = len(found.docs)
    return [Suggestion(found.target.label, found.target.url, _paragraphs(count) if count > 1 else "")]


def _named(things: Catalogue, typed: list[str]) -> list[Thing]:
    """Things with a name in which every word typed begins a word; a name that begins so comes first."""
    ranked = []
    for thing, names in _beginnings(things):
        best = min((rank for words, joined in names if (rank := _rank(words, joined, typed)) is not None), default=None)
        if best is not None:
            ranked.append((best, -thing.paragraphs, thing.name, thing.slug, thing))
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:4])]


def _rank(words, joined, typed):
    """0 for the very name, 1 for its beginning, 2 for words in it; None where a word is missing."""
    start = " ".join(typed)
    if joined == start:
        return 0
    if joined.startswith(start):
        return 1
    wanted = [each for each in typed if carries_meaning(each)]
    inside = all(any(word.startswith(each) for word in words) for each in wanted)
    return 2 if wanted and inside else None


def _beginnings(things):
    """Each thing with its names as folded words."""
    if not things.folded:
        for thing in (*things.entries.values(), *things.articles.values()):
            names = (thing.name, *thing.names) if thing.type != "article" else (thing.name, thing.kind)
            words = [[term.exact for term in terms(name)] for name in dict.fromkeys(names)]
            things.folded.append((thing, [(each, " ".join(each)) for each in words]))
    return things.folded


def _words(held: Index, typed: str, found) -> list[Suggestion]:
    """The query so far with its last word completed, the most frequent completion first."""
    last = found[-1]
    if last.end < len(typed) or len(last.exact) < 2:
        return []
    completions = [word for word in held.beginning(fold(last.exact)) if word.isalpha() and carries_meaning(word)]
    counted = sorted(((held.count(word), word) for word in completions[:200]), key=lambda pair: (-pair[0], pair[1]))
    stems, suggestions = set(), []
    for _, word in counted:
        key = word.rstrip("s")
        if key not in stems:
            stems.add(key)
            suggestions.append(Suggestion(typed[: last.start] + word))
    return suggestions
