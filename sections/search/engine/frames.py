"""Words that only frame a question: "What does the report say about …", "Is there any information on …". Pure.

Which noun is the document's and what the State is called come with the report; the rest is how people ask.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from .english import STOP_WORDS

_LISTS = {
    "starts": """
        what which who whom whose where when why how does do did is are was were has have had can could may must should
        will would tell show find list give explain describe summarise summarize name please i we looking
        que cual cuales quien quienes donde cuando como cuanto cuantos cuanta cuantas hay existe
        quel quelle quels quelles qui ou quand comment combien pourquoi est
    """,
    "always": "mention mentions mentioned mentioning discuss discusses discussed know learn want like",
    "about": "on about regarding concerning that sobre acerca sur concernant",
    # Nouns that frame where "on" or "about" follows, or after "any" or "what".
    "nouns": "information info details detail facts statement statements reference references mention",
    "before nouns": "any what which more some there",
    # Verbs that frame after the document or the State.
    "verbs": """
        state states stated contain contains cover covers covered address addresses addressed refer refers referred deal
        deals indicate indicates indicated note notes noted comment comments commented provide provides provided inform
        informs informed include includes included speak speaks claim claims claimed say says think
    """,
    # What is asked is how the document came to be.
    "making": """
        write writing wrote written draft drafts drafting drafted prepare prepares preparing prepared preparation
        compile compiled compiling submit submitted submitting submission produce produced elaborate elaborated
        consider considered consideration
    """,
    "determiners": "the this its any his your el este del le ce du",
    "subjects": "it they government",
    "parties": "party parties",
}
WORDS = {name: frozenset(words.split()) for name, words in _LISTS.items()}


def is_sentence(text: str, exacts: Sequence[str], about: Collection[str]) -> bool:
    """Whether a query is a question or a sentence, or speaks of the document; `about` are words for the document."""
    pairs = set(pairwise(exacts))
    return bool(pairs) and (
        bool(re.search(r"[?¿]", text))
        or exacts[0] in WORDS["starts"]
        or ("state", "party") in pairs
        or any(first in WORDS["determiners"] and second in about for first, second in pairs)
        or any(second in WORDS["about"] and (first in WORDS["nouns"] or first in about) for first, second in pairs)
    )


def frame_places(
    exacts: Sequence[str], about: Collection[str], states: Collection[str], kept: Collection[int] = ()
) -> set[int]:
    """The places of the words of a sentence that only frame it; those `kept` are of a name.

    `about` are words for the document and its making ("report", "reported", "informe"), `states` what the State party
    is called.
    """
    places: set[int] = set()
    for at in range(len(exacts)):
        if at not in kept and _frames(exacts, at, places, about, states):
            places.add(at)
    return places


def _frames(exacts, at, places, about, states):
    exact, before, after = exacts[at], exacts[at - 1] if at else "", exacts[at + 1] if at + 1 < len(exacts) else ""
    if exact in states or exact in WORDS["always"]:
        return True
    if exact == "state":
        return after in WORDS["parties"] or (before == "the" and after not in {"of", "level", "and"})
    if exact in WORDS["parties"]:
        return before == "state"
    if exact in about:
        if WORDS["making"].intersection(exacts):
            return False
        subjects = WORDS["determiners"] | WORDS["subjects"]
        return before in subjects or at - 1 in places or after in WORDS["about"]
    if exact in WORDS["nouns"]:
        return after in WORDS["about"] or before in WORDS["before nouns"]
    return exact in WORDS["verbs"] and _after_subject(exacts, at, places)


def _after_subject(exacts, at, places):
    """Whether the last word before, little ones aside, is the document or the State."""
    for before in range(at - 1, -1, -1):
        if exacts[before] not in STOP_WORDS or before in places:
            return before in places
    return False
