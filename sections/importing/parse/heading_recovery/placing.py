"""Where lost headings go: matched to the paragraphs that a stray space stands before."""

from bisect import bisect_right
from collections import defaultdict

from sections.importing.parse.contents import Contents, matched
from sections.importing.parse.drafts import Heading, heading_of
from sections.importing.parse.paragraphs import Paragraph
from sections.importing.parse.patterns import REPLY
from sections.importing.parse.records import Warning
from sections.text.ranges import format_ranges

from .bookmarks import Gap


class Placing:
    """The drafts, the bookmarks between them, and the headings to put in, by the place of the draft they precede."""

    def __init__(self, drafts: list, gaps: list[Gap], warnings: list[Warning]) -> None:
        self.drafts = drafts
        self.gaps = gaps
        self.warnings = warnings
        self.before: dict[int, list[Heading]] = defaultdict(list)
        self.strays = [n for n, draft in enumerate(drafts) if isinstance(draft, Paragraph) and draft.stray_space]
        self._starts = [gap.start for gap in gaps]

    def warn(self, line: int | None, message: str) -> None:
        """Adds a warning; line 1 stands for an unknown line."""
        self.warnings.append(Warning(line or 1, message))

    def strays_between(self, start: int, end: int) -> list[int]:
        """Places of the paragraphs after a stray space, strictly between two places."""
        return self.strays[bisect_right(self.strays, start) : bisect_right(self.strays, end - 1)]

    def gaps_at(self, at: int) -> list[Gap]:
        """The gap between bookmarks, if any, that a heading put in before a place falls into."""
        index = bisect_right(self._starts, at - 1) - 1
        gap = self.gaps[index] if index >= 0 else None
        return [gap] if gap and gap.start < at <= gap.end else []

    def put(self, at: int, heading: Heading, *evidence: str) -> None:
        """Puts a recovered heading in before a place."""
        heading.recovered = True
        heading.evidence += evidence
        self.before[at].append(heading)

    def put_reply(self, at: int, heading: Heading, *evidence: str) -> None:
        """Puts a recovered reply in before the paragraph that a stray space stands before."""
        number = self.drafts[at].number
        self.put(at, heading, f"paragraph {number} stands after a stray space, where a heading was lost", *evidence)

    def warn_of_strays(self, places: list[int]) -> None:
        """Warns of stray spaces that no lost reply explains."""
        for at in places:
            draft = self.drafts[at]
            self.warn(
                draft.source_line,
                f"a stray space stands before paragraph {draft.number}, but no reply is missing here.",
            )

    def line_at(self, place: int) -> int:
        """The line of a draft, or of the last one when the place is past the end."""
        return self.drafts[min(max(place, 0), len(self.drafts) - 1)].source_line or 1


def place_by_contents(placing: Placing, contents: Contents) -> None:
    """Places what the published table of contents has and the text has not."""
    survived = [n for n, draft in enumerate(placing.drafts) if isinstance(draft, Heading)]
    places = matched([placing.drafts[n] for n in survived], contents)
    known = [(at, place) for at, place in zip(survived, places, strict=True) if place is not None]
    ends = [*known, (len(placing.drafts), len(contents.headings))]
    for (start, before), (end, after) in zip([(-1, -1), *known], ends, strict=True):
        lost = list(contents.headings[before + 1 : after])
        _place_between(placing, start, end, lost, contents)


def _place_between(placing, start, end, lost, contents):
    """Places the lost headings of one stretch between two surviving headings, if the stray spaces agree with them."""
    strays = placing.strays_between(start, end)
    anchors = [heading for heading in lost if heading.kind == "reply"] or lost[:1] * bool(strays)
    if len(anchors) != len(strays):
        placing.warn_of_strays([] if anchors else strays)
        if anchors:
            _warn_of_counts(placing, start, end, anchors, strays)
        return
    listed = "the published table of contents lists it here"
    waiting, left = [], list(strays)
    for heading in lost:
        heading = heading_of(heading.title, heading.label)
        waiting.append(heading)
        if heading.kind == "reply" and left:
            at = left.pop(0)
            for before in waiting[:-1]:
                placing.put(at, before, listed, f"it comes before the recovered “{heading.title}”")
            placing.put_reply(at, heading, listed)
            waiting = []
    at = left[0] if left else end
    for heading in waiting:
        if at < len(placing.drafts):
            placing.put(at, heading, listed)
        else:
            warning = f"the heading “{heading.words}” of the table of contents is not in the text."
            placing.warn(placing.line_at(at), warning)


def place_by_numbers(placing: Placing) -> None:
    """Places the replies that the numbers of the surviving ones leave out."""
    replies = [n for n, draft in enumerate(placing.drafts) if isinstance(draft, Heading) and draft.kind == "reply"]
    if not replies:
        placing.warn_of_strays(placing.strays)
        return
    _fill(placing, -1, replies[0], 0, placing.drafts[replies[0]].number)
    for start, end in zip(replies, replies[1:], strict=False):
        before = placing.drafts[start].last_number or placing.drafts[start].number
        after = placing.drafts[end].number
        if after < before:
            placing.warn(
                placing.drafts[end].source_line,
                f"the reply to paragraph {after} stands after that to paragraph {before}.",
            )
        _fill(placing, start, end, before, after)
    _fill_tail(placing, replies[-1])


def _fill(placing, start, end, before, after):
    """Places the replies numbered between two surviving ones, as far as that is certain."""
    missing = list(range(before + 1, after))
    strays = placing.strays_between(start, end)
    if not missing or not strays:
        placing.warn_of_strays(strays)
        if missing:
            _warn_of_counts(placing, start, end, [_reply(placing, number) for number in missing], strays)
        return
    if len(missing) != len(strays):
        settled = [at for at in strays if any(gap.room == 0 for gap in placing.gaps_at(at))]
        placing.warn_of_strays(settled)
        strays = [at for at in strays if at not in settled]
    agree = len(missing) == len(strays)
    sure = dict(zip(strays, missing, strict=True)) if agree else _sure(placing, start, end, strays, missing)
    for at, number in sorted(sure.items()):
        why = f"the reply to paragraph {number} is missing between those around it"
        placing.put_reply(at, _reply(placing, number), why)
    rest = [number for number in missing if number not in sure.values()]
    if rest or len(sure) < len(strays):
        left = [at for at in strays if at not in sure]
        _warn_of_counts(placing, start, end, [_reply(placing, number) for number in rest], left)


def _sure(placing, start, end, strays, missing):
    """The replies that bookmarks settle: where as many are missing as stray spaces stand, from either end inwards."""
    gaps = [gap for gap in placing.gaps if start <= gap.start and gap.end <= end]
    sure, edge = {}, start
    for gap in gaps:
        inside = [at for at in strays if gap.start < at <= gap.end]
        if gap.start != edge or gap.room != len(inside) or len(inside) > len(missing):
            break
        sure.update(zip(inside, missing, strict=False))
        missing, edge = missing[len(inside) :], gap.end
    edge = end
    for gap in reversed(gaps):
        inside = [at for at in strays if gap.start < at <= gap.end]
        if gap.end != edge or gap.room != len(inside) or len(inside) > len(missing) or any(at in sure for at in inside):
            break
        sure.update(zip(inside, missing[len(missing) - len(inside) :], strict=True))
        missing, edge = missing[: len(missing) - len(inside)], gap.start
    return sure


def _fill_tail(placing, last):
    """Places replies after the last surviving one, where only stray spaces tell of them."""
    strays = placing.strays_between(last, len(placing.drafts))
    settled = [at for at in strays if any(gap.room == 0 for gap in placing.gaps_at(at))]
    placing.warn_of_strays(settled)
    number = placing.drafts[last].last_number or placing.drafts[last].number
    for at in strays:
        if at not in settled:
            number += 1
            placing.put_reply(at, _reply(placing, number), "it comes after the last reply whose heading survives")
            placing.warn(
                placing.drafts[at].source_line,
                f"the reply to paragraph {number} was recovered from a stray space alone; check it in the contents.",
            )


def _reply(placing, number):
    """A heading for a reply, worded as the surviving ones are."""
    for draft in placing.drafts:
        if isinstance(draft, Heading) and draft.kind == "reply" and not draft.last_number:
            match = REPLY.match(draft.title)
            return heading_of(draft.title[: match.start(1)] + str(number) + draft.title[match.end(1) :])
    return heading_of(f"Reply to paragraph {number}")


def _warn_of_counts(placing, start, end, replies, strays):
    numbers = [heading.number for heading in replies if heading.number]
    lost = f"{'reply' if len(numbers) == 1 else 'replies'} {format_ranges(numbers)}"
    if not numbers:
        lost = f"“{replies[0].words}”"
    stretch = f"between lines {placing.line_at(start)} and {placing.line_at(end)}"
    if not strays:
        placing.warn(
            placing.line_at(start), f"{stretch} the text lacks {lost}, and no stray space says where it stood."
        )
        return
    lines = format_ranges([placing.drafts[at].source_line for at in strays])
    placing.warn(
        placing.line_at(start),
        f"{stretch} the text lacks {lost}, which does not agree with its stray spaces (on line {lines}); "
        "none was recovered from them.",
    )
