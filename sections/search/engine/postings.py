"""Where words occur, as sorted arrays of numbers. Pure: knows neither the database nor the words.

An occurrence is one number: the document in its upper bits, the position in its lower 16. Positions of a
document begin at 0 for subjects, at NOTE for footnotes and at TEXT for everything else, and between two
pieces of text lies a GAP that no phrase and no nearness crosses. A segment has at most 65,536 documents, numbered
from 0, so that its occurrences are stored as 32-bit numbers.
"""

from collections.abc import Iterable

import numpy as np

BITS = 16
SEGMENT = 1 << BITS  # documents at most
MASK = (1 << BITS) - 1
NOTE, TEXT = 1 << 10, 1 << 13
GAP = 16
EMPTY = np.empty(0, np.int64)


def pack(occurrences: Iterable[int]) -> bytes:
    """The occurrences of a key in a segment as bytes; they may come in any order."""
    return np.unique(np.fromiter(occurrences, np.int64)).astype("<u4").tobytes()


def unpack(data: bytes) -> np.ndarray:
    """The occurrences that were packed, in order."""
    return np.frombuffer(data, "<u4").astype(np.int64)


def joined(arrays: list[np.ndarray], sizes: Iterable[int]) -> np.ndarray:
    """The occurrences of consecutive segments as one array; `sizes` are their numbers of documents."""
    if len(arrays) == 1:
        return arrays[0]
    starts = np.cumsum([0, *sizes])
    return np.concatenate([EMPTY, *(array + (start << BITS) for array, start in zip(arrays, starts, strict=False))])


def merged(arrays: list[np.ndarray]) -> np.ndarray:
    """All occurrences of several arrays, each once, in order."""
    if len(arrays) == 1:
        return arrays[0]
    return np.unique(np.concatenate(arrays)) if arrays else EMPTY


def documents(occurrences: np.ndarray) -> np.ndarray:
    """The documents of sorted occurrences, each once, in order."""
    docs = occurrences >> BITS
    return docs[is_first(docs)]


def is_first(values: np.ndarray) -> np.ndarray:
    """For each of the values whether it differs from the one before it."""
    differs = np.empty(values.size, bool)
    differs[:1] = True
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def within(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """For each of the values whether it stands in a sorted array."""
    if not among.size:
        return np.zeros(values.size, bool)
    places = np.searchsorted(among, values)
    places[places == among.size] = 0
    return among[places] == values


def phrase(parts: list[np.ndarray]) -> np.ndarray:
    """Where the parts stand one after the other: the occurrences of the first."""
    if not parts:
        return EMPTY
    rarest = min(range(len(parts)), key=lambda place: parts[place].size)
    starts = parts[rarest] - rarest
    for place, occurrences in enumerate(parts):
        if place != rarest and starts.size:
            starts = starts[within(starts + place, occurrences)]
    return starts


def near(members: list[tuple[np.ndarray, np.ndarray]], distance: int, in_order: bool = False) -> np.ndarray:
    """Where all members stand with at most `distance` words between the first of them and the last.

    Each member is the sorted occurrences at which it begins, and those after its end. Gives the beginnings.
    """
    found = []
    for first in range(1 if in_order else len(members)):
        starts, ends = members[first]
        furthest = np.minimum(ends + distance, starts | MASK)
        fits, begin = np.ones(starts.size, bool), ends
        for following, following_ends in members[:first] + members[first + 1 :]:
            places = np.searchsorted(following, begin)
            fits &= places < following.size
            places[places == following.size] = 0
            if not following.size:
                break
            fits &= following[places] <= furthest
            begin = following_ends[places] if in_order else begin
        found.append(starts[fits])
    return merged(found)
