"""Recovers the headings that the conversion lost, and says from what."""

from collections import defaultdict

from sections.importing.parse.contents import Contents, matched
from sections.importing.parse.drafts import Heading
from sections.importing.parse.records import Warning

from .bookmarks import Gap, gaps_of
from .placing import Placing, place_by_contents, place_by_numbers


def recover(drafts: list, contents: Contents | None, warnings: list[Warning]) -> list:
    """The drafts with the lost headings put in where that is certain; what is not becomes a warning."""
    headings = [draft for draft in drafts if isinstance(draft, Heading)]
    placing = Placing(drafts, gaps_of(drafts), warnings)
    if contents and _belongs(headings, contents, warnings):
        place_by_contents(placing, contents)
    else:
        place_by_numbers(placing)
    _compare_bookmarks(placing, bool(contents))
    whole = []
    for at, draft in enumerate([*drafts, None]):
        whole += placing.before[at]
        whole += [draft] if draft else []
    return whole


def _belongs(headings, contents, warnings):
    """Whether the contents are this report's: at least four of five of its headings are in them, in order."""
    places = matched(headings, contents)
    missing = [heading for heading, place in zip(headings, places, strict=True) if place is None]
    if headings and len(missing) * 5 > len(headings):
        warnings.append(
            Warning(
                headings[0].source_line, "too many headings are not in the given table of contents; it was ignored."
            )
        )
        return False
    for heading in missing:
        warnings.append(Warning(heading.source_line, f"the heading “{heading.words}” is not in the table of contents."))
    return True


def _compare_bookmarks(placing: Placing, contents_given: bool):
    """Adds what the bookmarks say to the evidence, and warns where they say something else."""
    inserted = defaultdict(list)
    for at, headings in placing.before.items():
        for gap in placing.gaps_at(at):
            inserted[gap].extend(headings)
    for gap in placing.gaps:
        recovered = inserted.get(gap, [])
        silent = sum(isinstance(draft, Heading) for draft in placing.drafts[gap.start + 1 : gap.end])
        if gap.room:
            exactly = ", exactly as many as the headings recovered there" if gap.room == len(recovered) else ""
            for heading in recovered:
                heading.evidence.append(f"{gap.words} missing between the headings before and after it{exactly}")
        if gap.room > len(recovered) + silent:
            _warn_of_more(placing, gap, gap.room - len(recovered), contents_given)
        elif gap.room < len(recovered):
            placing.warn(
                gap.lines[0],
                f"the bookmarks leave room for {gap.room} lost headings up to line {gap.lines[1]}, "
                f"but {len(recovered)} were recovered there.",
            )


def _warn_of_more(placing, gap: Gap, more, contents_given):
    advice = "check" if contents_given else "give the published contents with --contents, or check"
    placing.warn(
        gap.lines[0],
        f"{gap.words} missing up to line {gap.lines[1]}, {more} more than the headings recovered there; "
        f"other headings may be lost: {advice} the outline.",
    )
