"""Entries that may be the same: names that are nearly equal, and names that stand whole in another's."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from difflib import SequenceMatcher

from .short_forms import PREPOSITIONS
from .tokens import tokens

ALIKE = 0.9  # share of letters
SMALL = PREPOSITIONS | {"the", "a", "an", "and", "or"}


def similar_names(
    names: Mapping[Hashable, Iterable[str]],
) -> list[tuple[Hashable, Hashable, str, str]]:
    """Pairs of entries, given with all their names, with the two names that are alike; each pair once.

    Names are alike if they have the same words in any order, if all but a few letters are equal, or if one stands in
    the other with at most two words more. Single words are too general to be compared so.
    """
    words = {}
    by_word = defaultdict(set)
    for entry, texts in names.items():
        for text in texts:
            own = tuple(token.folded for token in tokens(text) if token.folded.isalnum() and token.folded not in SMALL)
            if len(own) > 1:
                words[entry, text] = own
                for word in own:
                    by_word[word].add((entry, text))
    pairs = {}
    for (entry, text), own in words.items():
        rare = sorted((by_word[word] for word in own), key=len)[:2]  # whatever is alike shares one of these
        for other, text_of_other in sorted(set().union(*rare), key=repr):
            if other != entry and _alike(own, words[other, text_of_other]):
                first, second = sorted([(entry, text), (other, text_of_other)], key=lambda side: repr(side[0]))
                pairs.setdefault((first[0], second[0]), (first[1], second[1]))
    return [(*keys, *texts) for keys, texts in pairs.items()]


def _alike(one, other):
    if sorted(one) == sorted(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) in (1, 2):
        return any(long[first : first + len(short)] == short for first in range(len(long) - len(short) + 1))
    if len(short) != len(long):
        return False
    differing = [(mine, theirs) for mine, theirs in zip(short, long, strict=True) if mine != theirs]
    return len(differing) == 1 and SequenceMatcher(None, *differing[0]).ratio() >= ALIKE
