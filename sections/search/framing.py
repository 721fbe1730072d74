"""Takes from a question the words that only frame it, by what the report is called and whose it is."""

from dataclasses import replace

from sections.models import Report

from .attributes import gazetteer
from .engine.analysis import short_terms
from .engine.english import LOW_INFORMATION, carries_meaning
from .engine.frames import frame_places, is_sentence
from .engine.phrase_dictionary import PhraseDictionary
from .engine.query_tree import Query, Word
from .scope import Scope


def without_frame(
    query: Query, report: Report | None, scope: Scope, names: PhraseDictionary
) -> tuple[Query, list[str]]:
    """The query without words that frame it, of a question or a sentence that says more than these; and those words.

    Quoted words, names and queries with operators stay whole.
    """
    places = [at for at, member in enumerate(query.members) if isinstance(member, Word) and not member.pattern]
    words = [query.members[at] for at in places]
    states, nouns = _called(report)
    exacts = [word.exact for word in words]
    about = {word.exact for word in words if word.stem in nouns}
    if query.is_exact or not is_sentence(query.text, exacts, about):
        return query, []
    kept = {at for match in names.longest([word.stem for word in words]) for at in _longer(match.first, match.last)}
    frame = frame_places(exacts, about, states, kept | _in_places(exacts, states, scope))
    rest = [exact for at, exact in enumerate(exacts) if at not in frame]
    if not frame or not any(carries_meaning(exact) and exact not in LOW_INFORMATION for exact in rest):
        return query, []
    dropped = {places[at] for at in frame}
    members = tuple(member for at, member in enumerate(query.members) if at not in dropped)
    return replace(query, members=members), [words[at].text for at in sorted(frame)]


def _called(report):
    """What the State party is called, and the stems of the title's other words, in all languages that these are in."""
    if report is None:
        return set(), set()
    translated = [(names.get("title", ""), names.get("state_party", "")) for names in report.translations.values()]
    versions = [(report.title, report.state_party), *translated]
    states = {term.exact for _, state in versions for term in short_terms(state) if carries_meaning(term.exact)}
    terms = [term for title, _ in versions for term in short_terms(title) if carries_meaning(term.exact)]
    return states, {term.stem for term in terms if term.exact not in states}


def _longer(first, last):
    """The places of a name of several words."""
    return range(first, last) if last - first > 1 else ()


def _in_places(exacts, states, scope):
    """Where the State's name is part of the name of another place, as in Mexico City or State of Mexico."""
    if not states.intersection(exacts):
        return set()
    known = gazetteer(scope).by_name
    spans = [range(first, first + length) for length in (2, 3) for first in range(len(exacts) - length + 1)]
    return {at for span in spans if " ".join(exacts[at] for at in span) in known for at in span}
