"""Finds names that two entries claim, so that a text with them would be ambiguous."""

from collections.abc import Iterable

from .names import KnownName, parted, steps_to


def clashes(names: Iterable[KnownName], others: Iterable[KnownName]) -> list[tuple[KnownName, KnownName]]:
    """Each of the names with the name of another entry that is found at the same places.

    A short form clashes only with another's in a paragraph that both name, as it takes precedence over names that
    hold everywhere.
    """
    by_words: dict[tuple, list[KnownName]] = {}
    for other in others:
        by_words.setdefault(_words(other), []).append(other)
    return [(name, other) for name in names for other in by_words.get(_words(name), ()) if _meet(name, other)]


def _meet(name: KnownName, other: KnownName) -> bool:
    if name.entry == other.entry or name.contextual != other.contextual:
        return False
    if name.contextual and not name.paragraphs & other.paragraphs:
        return False
    both = zip(_form(name), _form(other), strict=True)
    return all(here == there or not (exact and also) for (exact, here), (also, there) in both)


def _words(name: KnownName) -> tuple:
    """The name in its three parts, without regard to case and accents."""
    return tuple(tuple(token.folded for token in part) for part in parted(name.text))


def _form(name: KnownName) -> list[tuple[bool, str]]:
    return steps_to(name, [token for part in parted(name.text) for token in part])
