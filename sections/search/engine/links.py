"""Which entries, articles and Convention parts each document has, as packed numbers. Pure.

The keys are those of postings: "e" and an entry, "a" and an article, "p" and a part. All others are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

KINDS = "pae"
NUMBER_BITS = 28


def link_code(key: str) -> int:
    """The key as a number."""
    return KINDS.index(key[0]) << NUMBER_BITS | int(key[1:])


@dataclass(frozen=True, eq=False)
class Links:
    """The codes of each document, document by document."""

    counts: np.ndarray  # of the codes of each document
    codes: np.ndarray

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]]) -> "Links":
        """The links of documents, each given by its keys."""
        codes = [sorted({link_code(key) for key in keys if key[0] in KINDS}) for keys in documents]
        counts = np.array([len(each) for each in codes], np.int64)
        return cls(counts, np.array([code for each in codes for code in each], "<u4"))

    @classmethod
    def unpacked(cls, data: bytes, size: int) -> "Links":
        """The links of `size` documents that were packed."""
        return cls(np.frombuffer(data, "<u2", size), np.frombuffer(data, "<u4", offset=-(-size // 2) * 4))

    @classmethod
    def joined(cls, parts: "list[Links]") -> "Links":
        """The links of consecutive segments as those of one."""
        if len(parts) == 1:
            return parts[0]
        counts = np.concatenate([np.empty(0, "<u2"), *(part.counts for part in parts)])
        return cls(counts, np.concatenate([np.empty(0, "<u4"), *(part.codes for part in parts)]))

    @cached_property
    def ends(self) -> np.ndarray:
        """The place in `codes` after those of each document."""
        return np.cumsum(self.counts, dtype=np.int64)

    def numbers(self, document: int, kind: str) -> list[int]:
        """The numbers of the keys of a kind, a letter of KINDS, that a document has."""
        last = self.ends[document]
        codes = self.codes[last - self.counts[document] : last]
        mask = (1 << NUMBER_BITS) - 1
        return [code & mask for code in codes.tolist() if code >> NUMBER_BITS == KINDS.index(kind)]

    def packed(self) -> bytes:
        """The links as bytes."""
        counts = self.counts.astype("<u2").tobytes()
        return counts + bytes(-len(counts) % 4) + self.codes.astype("<u4").tobytes()

    def changed(self, documents: dict[int, Iterable[str]]) -> "Links":
        """The links where these documents, by number, have the given keys; the parts, which are of the text, stay."""
        counts, pieces, done = self.counts.astype(np.int64), [], 0
        for number in sorted(documents):
            first, last = self.ends[number] - self.counts[number], self.ends[number]
            former = self.codes[first:last]
            own = np.concatenate(
                [former[former >> NUMBER_BITS == KINDS.index("p")], Links.of([documents[number]]).codes]
            )
            pieces += [self.codes[done:first], own]
            done, counts[number] = last, own.size
        return Links(counts, np.concatenate([*pieces, self.codes[done:]]))
