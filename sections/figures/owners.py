"""Of which of several things that one sentence names a date is the date. Pure.

"The first ended in May 2011 (Plan A); the second began in 2015 (Plan B)": 2011 is not a date of Plan B. Where nothing
in the sentence tells them apart, as in "A and B signed it in 2012", the date is that of all.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

Span = tuple[int, int]
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


class Named(NamedTuple):
    """A span of the text that names a thing, and the key of that thing."""

    start: int
    end: int
    key: Hashable


def owners(text: str, sentence: Span, date: Span, names: Iterable[Named], dates: Iterable[Span]) -> set[Hashable]:
    """The keys of the things, among those of the same kind in the sentence, of which the date may be.

    `names` and `dates` are all those of the text; what stands outside the sentence does not count.
    """
    names = sorted(name for name in names if _within(name, sentence))
    dates = sorted(other for other in dates if _within(other, sentence))
    for name in names:
        if name.start <= date[0] and date[1] <= name.end:
            return {name.key}
    member, names = _member(text, sentence, date, names)
    if len({name.key for name in names}) < 2:
        return {name.key for name in names}
    dates = [other for other in dates if _within(other, member)]
    if RESPECTIVELY.search(text, *member) and (paired := _paired(names, dates, date)):
        return paired
    if bracket := _bracket(text, member, date):
        inside = {name.key for name in names if _within(name, bracket)}
        before = [name.key for name in names if name.end <= bracket[0]]
        return inside or set(before[-1:]) or {name.key for name in names}
    return _in_turn(names, dates, date)


def named_in(words: str, names: Iterable[tuple[str, Hashable]]) -> set[Hashable]:
    """The keys of the names that the words contain; a name within a longer one that they contain does not count."""
    found, left = set(), words.casefold()
    by_name = groupby(sorted(names, key=_longest_first), key=lambda pair: pair[0].casefold())
    for name, pairs in by_name:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        if name and pattern.search(left):
            found |= {key for _, key in pairs}
            left = pattern.sub(lambda match: " " * len(match.group()), left)
    return found


def _longest_first(pair):
    return -len(pair[0]), pair[0].casefold()


def _within(span, bounds):
    return bounds[0] <= span[0] and span[1] <= bounds[1]


def _member(text, sentence, date, names):
    """The part of the sentence between semicolons that holds the date, and the names in it.

    Where it names nothing, as in "it was renamed in 2014", the names are those of the nearest part before it that does.
    """
    ends = [sentence[0], *(at for at in range(*sentence) if text[at] == ";"), sentence[1]]
    members = [bounds for bounds in pairwise(ends) if bounds[0] <= date[1]]
    own = next(bounds for bounds in members if date[0] < bounds[1])
    for bounds in reversed(members[: members.index(own) + 1]):
        if here := [name for name in names if _within(name, bounds)]:
            return own, here
    return own, names


def _bracket(text, member, date):
    """The innermost brackets around the date, or None."""
    opened = []
    for at in range(member[0], date[0]):
        if text[at] == "(":
            opened.append(at)
        elif text[at] == ")" and opened:
            opened.pop()
    return (opened[-1], _closing(text, opened[-1], member[1])) if opened else None


def _closing(text, opening, end):
    depth = 0
    for at in range(opening, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return at
    return end


def _paired(names, dates, date):
    """ "A and B, in 2011 and 2013 respectively": the first date is that of the first name."""
    keys = list(dict.fromkeys(name.key for name in names))
    return {keys[dates.index(date)]} if len(keys) == len(dates) and date in dates else None


def _in_turn(names: Sequence[Named], dates: Sequence[Span], date: Span) -> set[Hashable]:
    """Names and dates that alternate belong together: "A in 2012 and B in 2014", "in 2012 A, in 2014 B"."""
    marks = sorted([(name.start, name.key) for name in names] + [(start, None) for start, _ in dates], key=_start)
    runs = [(is_name, list(run)) for is_name, run in groupby(marks, key=lambda mark: mark[1] is not None)]
    everything = {name.key for name in names}
    if sum(is_name for is_name, _ in runs) < 2 or sum(not is_name for is_name, _ in runs) < 2:
        return everything
    at = next(n for n, (is_name, run) in enumerate(runs) if not is_name and date[0] in [start for start, _ in run])
    dates_lead = not runs[0][0] and runs[-1][0]
    beside = at + 1 if dates_lead or not at else at - 1
    return {key for _, key in runs[beside][1]}


def _start(mark):
    return mark[0]
