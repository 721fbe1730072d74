"""Word's bookmarks as a witness: how many headings are missing between two that survive."""

from dataclasses import dataclass
from itertools import pairwise

from .drafts import Heading
from .patterns import TOC_NUMBER
from .records import Warning

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


def compare(gaps: list[Gap], drafts: list, recovered: dict[int, list[Heading]], contents_given: bool) -> list[Warning]:
    """Adds what the gaps say to the evidence for the recovered headings; warns where they say something else.

    The headings come by the place of the draft they precede.
    """
    warnings = []
    advice = "check" if contents_given else "give the published contents with --contents, or check"
    for gap in gaps:
        headings = [heading for at in range(gap.start + 1, gap.end + 1) for heading in recovered.get(at, ())]
        silent = sum(isinstance(draft, Heading) for draft in drafts[gap.start + 1 : gap.end])
        line, last_line = gap.lines
        if gap.room:
            exactly = ", exactly as many as the headings recovered there" if gap.room == len(headings) else ""
            for heading in headings:
                heading.evidence.append(f"{gap.words} missing between the headings before and after it{exactly}")
        if gap.room > len(headings) + silent:
            words = (
                f"{gap.words} missing up to line {last_line}, {gap.room - len(headings)} more than the headings "
                f"recovered there; other headings may be lost: {advice} the outline."
            )
            warnings.append(Warning(line, words))
        elif gap.room < len(headings):
            words = (
                f"the bookmarks leave room for {gap.room} lost headings up to line {last_line}, "
                f"but {len(headings)} were recovered there."
            )
            warnings.append(Warning(line, words))
    return warnings
