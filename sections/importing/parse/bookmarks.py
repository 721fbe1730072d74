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
    missing: range
    width: int
    lines: tuple[int, int]

    @property
    def words(self) -> str:
        """The missing bookmarks by name."""
        first, last = (f"_Toc{number:0{self.width}d}" for number in (self.missing[0], self.missing[-1]))
        return f"bookmark {first} is" if first == last else f"bookmarks {first} to {last} are"


def gaps_of(drafts: list) -> list[Gap]:
    """The gaps between bookmarked headings that follow each other, those that lack no bookmark included."""
    known = []
    for place, draft in enumerate(drafts):
        match = TOC_NUMBER.fullmatch(draft.bookmark) if isinstance(draft, Heading) else None
        if match:
            known.append((place, int(match.group(1)), len(match.group(1)), draft.source_line))
    return [
        Gap(start, end, range(number + 1, after), width, (line, end_line))
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
        room, (line, last_line) = len(gap.missing), gap.lines
        if room:
            exactly = ", exactly as many as the headings recovered there" if room == len(headings) else ""
            for heading in headings:
                heading.evidence.append(f"{gap.words} missing between the headings before and after it{exactly}")
        if room > len(headings) + silent:
            words = (
                f"{gap.words} missing up to line {last_line}, {room - len(headings)} more than the headings "
                f"recovered there; other headings may be lost: {advice} the outline."
            )
            warnings.append(Warning(line, words))
        elif room < len(headings):
            words = (
                f"the bookmarks leave room for {room} lost headings up to line {last_line}, "
                f"but {len(headings)} were recovered there."
            )
            warnings.append(Warning(line, words))
    return warnings
