"""What the names of an entry do beside making links, in words: why one makes none, and what searches will find."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from sections.editing.relink import Names
from sections.editing.unlinked import NameLinks, Obstacle, Why
from sections.models import Change, Entry, Paragraph
from sections.search.service import PhraseUse, phrase_key, phrase_uses

COMMON = 3  # paragraphs that hold a phrase without a link, from which on it is a common one
PARTIAL = (Why.CLAIMED, Why.REJECTED, Why.AMBIGUOUS)  # told even where the name is linked elsewhere


@dataclass(frozen=True, slots=True)
class NameWarning:
    """A name that makes no link, or not everywhere: the words that say so, and the reasons with their paragraphs."""

    words: str
    reasons: tuple[tuple[str, tuple[Paragraph, ...]], ...]

    def __str__(self) -> str:
        """All of it as running text, for a message."""
        return " ".join([self.words, *(_with_numbers(*reason) for reason in self.reasons)])


@dataclass(frozen=True, slots=True)
class SearchEffect:
    """What a search will find, in a sentence; `warning` where the words are common ones."""

    words: str
    warning: str = ""


def name_warnings(names: Iterable[NameLinks]) -> list[NameWarning]:
    """The names that make no link, and those that make none at some places for reasons that are not in the text."""
    warnings = []
    for name in names:
        told = [each for each in name.obstacles if not name.linked or each.why in PARTIAL]
        if told:
            reasons = tuple((_obstacle_in_words(each), each.paragraphs) for each in told)
            warnings.append(NameWarning(_links_in_words(name), reasons))
    return warnings


def search_effects(before: Names, after: Names, entry: Entry) -> list[SearchEffect]:
    """What searches will find, or no longer, because of the entry's names; asks nothing where none changes for them."""
    old, new = ({phrase_key(name.text): name.text for name in names.everywhere} for names in (before, after))
    added = [new[key] for key in new if key and key not in old]
    gone = [old[key] for key in old if key and key not in new]
    if not (added or gone):
        return []
    effects, words = [], []
    for text, use in zip(added, phrase_uses(added), strict=True):
        effects.append(SearchEffect(_meaning(text, use, entry), _common(text, use, entry)))
        words += use.words
    already = {word.casefold() for text in old.values() for word in text.split()}
    if words := sorted({word for word in words if word not in already}):
        message = gettext(
            "Searches for one of these words alone will also find the paragraphs that mention %(entry)s, below those "
            "that hold the word: %(words)s."
        )
        effects.append(SearchEffect(message % {"entry": entry.name, "words": ", ".join(words)}))
    no_longer = gettext("Searches for “%(words)s” will no longer mean %(entry)s.")
    effects += [SearchEffect(no_longer % {"words": text, "entry": entry.name}) for text in gone]
    return effects


def _links_in_words(name):
    if not name.linked:
        return gettext("“%(name)s” makes no link.") % {"name": name.name.text}
    message = ngettext(
        "“%(name)s” stands at %(places)s place and makes no link at %(open)s of them.",
        "“%(name)s” stands at %(places)s places and makes no link at %(open)s of them.",
        name.places,
    )
    return message % {"name": name.name.text, "places": name.places, "open": name.places - name.linked}


def _obstacle_in_words(obstacle: Obstacle) -> str:
    details = {"words": obstacle.words, "entry": obstacle.entry.name if obstacle.entry else ""}
    match obstacle.why:
        case Why.NOT_PRINTED:
            return gettext("No report prints it. Readers see it marked as added by the editors.")
        case Why.OTHER_LETTERS:
            message = gettext(
                "The reports print “%(words)s”. A short form, an acronym and a name of one word are found only with "
                "the same capital letters."
            )
            return message % details
        case Why.LONGER:
            message = gettext("It stands there only within the longer name “%(words)s”, which is linked to %(entry)s.")
            return message % details
        case Why.CLAIMED:
            return gettext("The words are linked there to %(entry)s, as its name or short form.") % details
        case Why.REJECTED if obstacle.entry:
            message = gettext("A link from these words to %(entry)s was rejected there: %(who)s.")
            return message % (details | {"who": _decided_by(obstacle.change)})
        case Why.REJECTED:
            return gettext("A link to this entry was rejected there: %(who)s.") % {"who": _decided_by(obstacle.change)}
        case _ if obstacle.entry:
            return gettext("It may mean %(entry)s there as well, so it is linked to neither.") % details
    return gettext("It may mean several entries there, so it is linked to none.")


def _decided_by(change: Change | None) -> str:
    if change is None:
        return gettext("before the history of this site began")
    day = date_format(timezone.localtime(change.when), "DATE_FORMAT")
    if change.user is None:
        return day
    return gettext("%(user)s, %(day)s") % {"user": change.user.get_username(), "day": day}


def _meaning(text: str, use: PhraseUse, entry: Entry) -> str:
    others = [item.name for item in use.entries if item.key != entry.pk]
    details = {"words": text, "entry": entry.name, "others": get_text_list(others, gettext("and"))}
    if others:
        message = gettext("Searches for “%(words)s” will also mean %(entry)s, as they already mean %(others)s.")
    elif use.in_capitals:
        message = gettext("Searches for “%(words)s” will also mean %(entry)s, where it is typed in capital letters.")
    else:
        message = gettext("Searches for “%(words)s” will also mean %(entry)s.")
    sentences = [message % details]
    if use.terms:
        terms = get_text_list([f"“{term}”" for term in use.terms], gettext("and"))
        sentences.append(gettext("By the thesaurus, so will searches for %(terms)s.") % {"terms": terms})
    return " ".join(sentences)


def _common(text, use, entry):
    linked = next((item.paragraphs for item in use.entries if item.key == entry.pk), 0)
    if use.in_capitals or use.paragraphs - linked < max(COMMON, linked):
        return ""
    message = gettext(
        "“%(words)s” is a common word of the reports. Paragraphs that hold it: %(holding)s. Paragraphs that mention "
        "%(entry)s: %(linked)s. Everybody who searches for it will be shown this entry."
    )
    return message % {"words": text, "holding": use.paragraphs, "entry": entry.name, "linked": linked}


def _with_numbers(words, paragraphs):
    if not paragraphs:
        return words
    numbers = ", ".join(str(paragraph.number) for paragraph in paragraphs)
    message = ngettext("%(words)s (Paragraph %(numbers)s)", "%(words)s (Paragraphs %(numbers)s)", len(paragraphs))
    return message % {"words": words, "numbers": numbers}
