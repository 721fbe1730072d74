"""Recovers the headings that the conversion lost, and says from what."""

from sections.importing.parse.contents import Contents, matched
from sections.importing.parse.drafts import Heading
from sections.importing.parse.records import Warning

from .bookmarks import gaps_of
from .placing import Placing


def recover(drafts: list, contents: Contents | None, warnings: list[Warning]) -> list:
    """The drafts with the lost headings put in where that is certain; what is not becomes a warning."""
    headings = [draft for draft in drafts if isinstance(draft, Heading)]
    placing = Placing(drafts, gaps_of(drafts), warnings)
    if contents and _belongs(headings, contents, warnings):
        placing.by_contents(contents)
    else:
        placing.by_numbers()
    _compare_bookmarks(placing, "check" if contents else "give the published contents with --contents, or check")
    return [piece for at, draft in enumerate(drafts) for piece in (*placing.before.get(at, ()), draft)]


def _belongs(headings, contents, warnings):
    """Whether the contents are this report's: at least four of five of its headings are in them, in order."""
    places = matched(headings, contents)
    missing = [heading for heading, place in zip(headings, places, strict=True) if place is None]
    if headings and len(missing) * 5 > len(headings):
        words = "too many headings are not in the given table of contents; it was ignored."
        warnings.append(Warning(headings[0].source_line, words))
        return False
    for heading in missing:
        words = f"the heading “{heading.words}” is not in the table of contents."
        warnings.append(Warning(heading.source_line, words))
    return True


def _compare_bookmarks(placing, advice):
    """Adds what the bookmarks say to the evidence, and warns where they say something else."""
    for gap in placing.gaps:
        recovered = [heading for at in range(gap.start + 1, gap.end + 1) for heading in placing.before.get(at, ())]
        silent = sum(isinstance(draft, Heading) for draft in placing.drafts[gap.start + 1 : gap.end])
        if gap.room:
            exactly = ", exactly as many as the headings recovered there" if gap.room == len(recovered) else ""
            for heading in recovered:
                heading.evidence.append(f"{gap.words} missing between the headings before and after it{exactly}")
        if gap.room > len(recovered) + silent:
            words = (
                f"{gap.words} missing up to line {gap.lines[1]}, {gap.room - len(recovered)} more than the headings "
                f"recovered there; other headings may be lost: {advice} the outline."
            )
            placing.warn(gap.lines[0], words)
        elif gap.room < len(recovered):
            words = (
                f"the bookmarks leave room for {gap.room} lost headings up to line {gap.lines[1]}, "
                f"but {len(recovered)} were recovered there."
            )
            placing.warn(gap.lines[0], words)
