"""What searches for a phrase find beside its words: so that editors see what a name or a line of the thesaurus does."""

from collections.abc import Iterable
from dataclasses import dataclass

from sections.models import Report, Synonym

from .catalogue import catalogue, open_report
from .engine.analysis import short_terms
from .engine.english import carries_meaning
from .engine.foreign import LANGUAGES
from .engine.postings import documents
from .expansion import Expansion
from .named_results import Item, name_stems, plain_name
from .request import ALL_REPORTS


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """A phrase as the search takes it.

    `paragraphs` of any report hold its words in a row, in any form. It names the `entries`, in capitals alone if
    `in_capitals`, and stands for the `terms` of the thesaurus. Each of the `words` alone finds entries named so.
    """

    paragraphs: int
    entries: tuple[Item, ...]
    in_capitals: bool
    terms: tuple[str, ...]
    words: tuple[str, ...]


def phrase_key(text: str) -> tuple[str, ...]:
    """What is the same for all phrases between which a search makes no difference; empty where no word is left."""
    return name_stems(plain_name(text))


def says_something(text: str) -> bool:
    """Whether a phrase has a word that a search does not pass over."""
    return any(carries_meaning(term.exact) for term in short_terms(text))


def phrase_uses(phrases: Iterable[str]) -> list[PhraseUse]:
    """How searches take these phrases now, in any of the reports."""
    report, scope = open_report(ALL_REPORTS if Report.objects.count() > 1 else "")
    names = catalogue(scope)
    expansion = Expansion(scope, names, names=True)
    terms = _terms_by_phrase()
    return [_use(text, expansion, terms) for text in phrases]


def _use(text, expansion, terms):
    names, key = expansion.catalogue, phrase_key(text)
    words = {term.stem: term.exact for term in short_terms(plain_name(text)) if carries_meaning(term.exact)}
    most = expansion.scope.most_named
    finding = (exact for stem, exact in words.items() if 0 < len(names.entries_with(stem)) <= most)
    return PhraseUse(
        int(documents(expansion.phrase(key)).size) if key else 0,
        tuple(names.entries[entry].counted(expansion.scope) for entry in names.names.exact(key)),
        key in names.capitals,
        tuple(terms.get(key, ())),
        tuple(finding),
    )


def _terms_by_phrase():
    """By what reports say instead the terms of the thesaurus for which they say it."""
    terms: dict[tuple[str, ...], list[str]] = {}
    for term, says, both_ways in Synonym.objects.exclude(note__in=LANGUAGES).values_list("term", "says", "both_ways"):
        terms.setdefault(name_stems(says), []).append(term)
        if both_ways:
            terms.setdefault(name_stems(term), []).append(says)
    return terms
