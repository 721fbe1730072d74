"""Word's bookmarks as a witness: how many headings are missing between two that survive."""

from dataclasses import dataclass
from itertools import pairwise

from sections.importing.parse.drafts import Heading
from sections.importing.parse.patterns import TOC_NUMBER

FARTHEST = 2000  # two bookmarks farther apart were not numbered together


@dataclass(frozen=True)
class Gap:
    """From one bookmarked heading to the next: their places among the drafts, and the numbers missing between."""

    start: int
    end: int
    first: int
    last: int
    width: int
    lines: tuple[int, int]

    @property
    def room(self) -> int:
        """How many bookmarks are missing."""
        return self.last - self.first + 1

    @property
    def words(self) -> str:
        """The missing bookmarks by name."""
        names = [f"_Toc{number:0{self.width}d}" for number in (self.first, self.last)]
        return f"bookmark {names[0]} is" if self.room == 1 else f"bookmarks {names[0]} to {names[1]} are"


def gaps_of(drafts: list) -> list[Gap]:
    """The gaps between bookmarked headings that follow each other, those without room included."""
    known = []
    for place, draft in enumerate(drafts):
        match = TOC_NUMBER.fullmatch(draft.bookmark) if isinstance(draft, Heading) else None
        if match:
            known.append((place, int(match.group(1)), len(match.group(1)), draft.source_line))
    return [
        Gap(start, end, number + 1, after - 1, width, (line, end_line))
        for (start, number, width, line), (end, after, _, end_line) in pairwise(known)
        if 0 < after - number <= FARTHEST
    ]
