"""Recovers the headings that the conversion lost: places them, and says from what."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise

from sections.text.ranges import format_ranges

from .bookmarks import compare, gaps_of
from .contents import Contents, matched
from .drafts import Heading, heading_of
from .paragraphs import Paragraph
from .patterns import REPLY
from .records import Warning

LISTED = "the published table of contents lists it here"


def recover(drafts: list, contents: Contents | None, warnings: list[Warning]) -> list:
    """The drafts with the lost headings put in where that is certain; what is not becomes a warning."""
    placing = _Placing(drafts, warnings)
    if not (contents and placing.by_contents(contents)):
        placing.by_numbers()
    warnings += compare(placing.gaps, drafts, placing.before, bool(contents))
    return [piece for at, draft in enumerate(drafts) for piece in (*placing.before[at], draft)]


class _Placing:
    """The drafts, and the headings to put in, by the place of the draft they precede.

    They are matched to the stray spaces: the places of the paragraphs that stand after one.
    """

    def __init__(self, drafts, warnings):
        self.drafts = drafts
        self.warnings = warnings
        self.gaps = gaps_of(drafts)
        self.before: dict[int, list[Heading]] = defaultdict(list)
        self.strays = [at for at, draft in enumerate(drafts) if isinstance(draft, Paragraph) and draft.stray_space]
        self.full = {at for gap in self.gaps if not gap.missing for at in range(gap.start + 1, gap.end + 1)}

    def by_contents(self, contents):
        """Places what the published table of contents has and the text has not; False when it is another report's."""
        survived = [at for at, draft in enumerate(self.drafts) if isinstance(draft, Heading)]
        places = list(zip(survived, matched([self.drafts[at] for at in survived], contents), strict=True))
        missing = [self.drafts[at] for at, place in places if place is None]
        if len(missing) * 5 > len(survived):
            words = "too many headings are not in the given table of contents; it was ignored."
            self._warn(self.drafts[survived[0]].source_line, words)
            return False
        for heading in missing:
            self._warn(heading.source_line, f"the heading “{heading.words}” is not in the table of contents.")
        known = [(at, place) for at, place in places if place is not None]
        ends = [(-1, -1), *known, (len(self.drafts), len(contents.headings))]
        for (start, before), (end, after) in pairwise(ends):
            self._place_listed(start, end, contents.headings[before + 1 : after])
        return True

    def by_numbers(self):
        """Places the replies that the numbers of the surviving ones leave out."""
        replies = [n for n, draft in enumerate(self.drafts) if isinstance(draft, Heading) and draft.kind == "reply"]
        if not replies:
            self._warn_of_strays(self.strays)
            return
        last, start = 0, -1
        for end in replies:
            reply = self.drafts[end]
            if reply.number < last:
                words = f"the reply to paragraph {reply.number} stands after that to paragraph {last}."
                self._warn(reply.source_line, words)
            self._fill(start, end, list(range(last + 1, reply.number)))
            last, start = reply.last_number or reply.number, end
        for at in self._unsettled(self._strays_between(start, len(self.drafts))):
            last += 1
            self._put_reply(at, self._reply(last), "it comes after the last reply whose heading survives")
            words = f"the reply to paragraph {last} was recovered from a stray space alone; check it in the contents."
            self._warn(self.drafts[at].source_line, words)

    def _place_listed(self, start, end, lost):
        """Places the lost headings between two surviving ones, if the stray spaces agree with them."""
        strays = self._strays_between(start, end)
        anchors = [heading for heading in lost if heading.kind == "reply"] or lost[:1] * bool(strays)
        if len(anchors) != len(strays):
            if anchors:
                numbers = [heading.number for heading in anchors if heading.number]
                self._warn_of_counts(start, end, _replies(numbers) if numbers else f"“{anchors[0].words}”", strays)
            else:
                self._warn_of_strays(strays)
            return
        waiting, left = [], list(strays)
        for heading in lost:
            heading = heading_of(heading.title, heading.label)
            if heading.kind == "reply" and left:
                at = left.pop(0)
                for before in waiting:
                    self._put(at, before, LISTED, f"it comes before the recovered “{heading.title}”")
                self._put_reply(at, heading, LISTED)
                waiting = []
            else:
                waiting.append(heading)
        at = left[0] if left else end
        for heading in waiting:
            if at < len(self.drafts):
                self._put(at, heading, LISTED)
            else:
                words = f"the heading “{heading.words}” of the table of contents is not in the text."
                self._warn(self._line_at(at), words)

    def _fill(self, start, end, missing):
        """Places the missing replies between two surviving ones, as far as that is certain."""
        strays = self._strays_between(start, end)
        if not missing:
            self._warn_of_strays(strays)
            return
        if len(missing) != len(strays):
            strays = self._unsettled(strays)
        agree = len(missing) == len(strays)
        sure = dict(zip(strays, missing, strict=True)) if agree else self._sure(start, end, strays, missing)
        for at, number in sorted(sure.items()):
            why = f"the reply to paragraph {number} is missing between those around it"
            self._put_reply(at, self._reply(number), why)
        left = [at for at in strays if at not in sure]
        if rest := [number for number in missing if number not in sure.values()]:
            self._warn_of_counts(start, end, _replies(rest), left)
        else:
            self._warn_of_strays(left)

    def _sure(self, start, end, strays, missing):
        """The replies that bookmarks settle, from either end inwards: as many stray spaces as missing bookmarks."""
        gaps = [gap for gap in self.gaps if start <= gap.start and gap.end <= end]
        sure = {}
        for inwards in (1, -1):
            edge = (start, end)[::inwards][0]
            for gap in gaps[::inwards]:
                near, far = (gap.start, gap.end)[::inwards]
                inside = [at for at in strays if gap.start < at <= gap.end and at not in sure][::inwards]
                if near != edge or len(gap.missing) != len(inside) or len(inside) > len(missing):
                    break
                sure.update(zip(inside, missing[::inwards], strict=False))
                missing = [number for number in missing if number not in sure.values()]
                edge = far
        return sure

    def _reply(self, number):
        """A heading for a reply, worded as the surviving ones are."""
        for draft in self.drafts:
            if isinstance(draft, Heading) and draft.kind == "reply" and not draft.last_number:
                match = REPLY.match(draft.title)
                return heading_of(draft.title[: match.start(1)] + str(number) + draft.title[match.end(1) :])
        return heading_of(f"Reply to paragraph {number}")

    def _put(self, at, heading, *evidence):
        heading.recovered = True
        heading.evidence += evidence
        self.before[at].append(heading)

    def _put_reply(self, at, heading, *evidence):
        number = self.drafts[at].number
        self._put(at, heading, f"paragraph {number} stands after a stray space, where a heading was lost", *evidence)

    def _strays_between(self, start, end):
        """Places of the paragraphs after a stray space, strictly between two places."""
        return self.strays[bisect_right(self.strays, start) : bisect_left(self.strays, end)]

    def _unsettled(self, strays):
        """The stray spaces that may mean a lost reply; warns of those between bookmarks without a gap."""
        self._warn_of_strays([at for at in strays if at in self.full])
        return [at for at in strays if at not in self.full]

    def _warn_of_strays(self, places):
        """Warns of stray spaces that no lost reply explains."""
        for at in places:
            words = f"a stray space stands before paragraph {self.drafts[at].number}, but no reply is missing here."
            self._warn(self.drafts[at].source_line, words)

    def _warn_of_counts(self, start, end, lost, strays):
        stretch = f"between lines {self._line_at(start)} and {self._line_at(end)} the text lacks {lost}"
        if strays:
            lines = format_ranges([self.drafts[at].source_line for at in strays])
            reason = f"which does not agree with its stray spaces (on line {lines}); none was recovered from them"
        else:
            reason = "and no stray space says where it stood"
        self._warn(self._line_at(start), f"{stretch}, {reason}.")

    def _warn(self, line, words):
        self.warnings.append(Warning(line or 1, words))

    def _line_at(self, place):
        """The line of a draft, or of the last one when the place is past the end."""
        return self.drafts[min(max(place, 0), len(self.drafts) - 1)].source_line or 1


def _replies(numbers):
    return f"{'reply' if len(numbers) == 1 else 'replies'} {format_ranges(numbers)}"
