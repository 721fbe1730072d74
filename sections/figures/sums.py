"""Checks whether numbers agree that ought to: the outcome as a key and numbers, of which presenters make a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum


class Sum(StrEnum):
    """What is checked: parts and a total, a share of a whole, shares of 100 %, a list's length, a repeated number."""

    SUM = "sum"
    SHARE = "share"
    SHARES = "shares"
    COUNT = "count"
    SAME = "same"


# What each check needs.
NEEDED = {
    Sum.SUM: ("addends", "total"),
    Sum.SHARE: ("addends", "total", "whole"),
    Sum.SHARES: ("addends",),
    Sum.COUNT: ("counted", "total"),
    Sum.SAME: ("addends", "total"),
}
DIGITS = 60  # with which is divided: more than a share of the largest and the smallest figure has


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a check: its verdict, the sum in signs, and the key and the numbers of the sentence for it.

    `verdict` is agrees, cut (agrees once decimals are cut off) or differs. `values` are numbers by name.
    """

    verdict: str
    signs: str
    message: str
    values: dict[str, Decimal]

    @property
    def agrees(self) -> bool:
        """Whether the numbers agree, decimals cut off or not."""
        return self.verdict != "differs"


def check_sum(
    kind: Sum,
    addends: Sequence[Decimal],
    total: Decimal | None,
    whole: Decimal | None = None,
    counted: int | None = None,
) -> Outcome:
    """The outcome of one check; `counted` is the length of the list, for a list.

    It differs, with the message "incomplete", where a number is missing or the whole is zero.
    """
    given = {"addends": addends or None, "total": total, "whole": whole, "counted": counted}
    if any(given[name] is None for name in NEEDED[kind]) or (kind == Sum.SHARE and not whole):
        return Outcome("differs", "", "incomplete", {})
    if kind == Sum.SHARE:
        with localcontext(prec=DIGITS):
            return _share(addends, total, whole)
    if kind == Sum.COUNT:
        return _compare(Decimal(counted), total, f"{counted} listed", "count")
    if kind == Sum.SAME:
        return _compare(addends[0], total, figure(addends[0]), "same")
    added = sum(addends)
    if kind == Sum.SHARES:
        return _outcome("shares", added - 100, f"{_added(addends, ' %')} = {figure(added)} %", "shares-agree")
    return _compare(added, total, f"{_added(addends)} = {figure(added)}", "sum")


def figure(value: Decimal) -> str:
    """A number as people read it: 1,606,581.68."""
    places = max(-value.normalize().as_tuple().exponent, 0)
    return f"{value:,.{places}f}"


def _added(addends, unit=""):
    return " + ".join(f"{figure(value)}{unit}" for value in addends)


def _outcome(kind, apart, signs, agrees, **values):
    """Agrees or differs; `agrees` is the key of the sentence for numbers that agree."""
    message = f"{kind}-{'more' if apart > 0 else 'less'}" if apart else agrees
    verdict = "differs" if apart else "agrees"
    return Outcome(verdict, signs, message, values | {"apart": abs(apart).normalize()})


def _compare(worked, printed, signs, kind):
    return _outcome(kind, printed - worked, signs, "agrees", worked=worked.normalize(), printed=printed.normalize())


def _share(addends, printed, whole):
    exact = sum(addends) / whole * 100
    step = Decimal(1).scaleb(min(printed.normalize().as_tuple().exponent, 0))
    rounded = exact.quantize(step, ROUND_HALF_UP)
    parts = _added(addends)
    signs = f"{f'({parts})' if len(addends) > 1 else parts} ÷ {figure(whole)} = {exact.quantize(step / 100):f} %"
    outcome = _outcome("share", printed - rounded, signs, "share-agrees", worked=rounded, printed=printed.normalize())
    if printed != rounded and exact.quantize(step, ROUND_DOWN) == printed:
        return replace(outcome, verdict="cut", message="share-cut")
    return outcome
