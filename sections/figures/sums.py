"""Checks whether numbers agree that ought to, and says the outcome in words."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum


class Sum(StrEnum):
    """What is checked: parts against a total, a share of a whole, shares against 100, a list, a number said twice."""

    SUM = "sum"
    SHARE = "share"
    SHARES = "shares"
    COUNT = "count"
    SAME = "same"

    @property
    def words(self):
        return {
            "sum": "parts and their total",
            "share": "a share of a whole",
            "shares": "shares of one whole",
            "count": "a list and its length",
            "same": "the same number said again",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`verdict` is agrees, cut (agrees once decimals are cut off) or differs; the sum in signs, the verdict in words.

    `difference` is what is printed less what was worked out.
    """

    verdict: str
    difference: Decimal
    signs: str
    words: str

    @property
    def agrees(self):
        return self.verdict != "differs"


def check_sum(kind: Sum, addends, total: Decimal | None, whole=None, counted: int | None = None) -> Outcome:
    """The outcome of one check; `counted` is the length of the list, for a list."""
    if kind == Sum.SHARE:
        return _share(addends, total, whole)
    if kind == Sum.COUNT:
        return _compare(Decimal(counted), total, f"{counted} listed", "the list holds")
    if kind == Sum.SAME:
        return _compare(addends[0], total, figure(addends[0]), "elsewhere the report says")
    if kind == Sum.SHARES:
        return _shares(addends)
    signs = f"{_added(addends)} = {figure(sum(addends))}"
    return _compare(sum(addends), total, signs, "added up they give")


def figure(value: Decimal) -> str:
    """A number as people read it: 1,606,581.68."""
    places = max(-value.normalize().as_tuple().exponent, 0)
    return f"{value:,.{places}f}"


def _added(addends, unit=""):
    return " + ".join(f"{figure(value)}{unit}" for value in addends)


def _compare(worked, printed, signs, lead):
    apart = printed - worked
    if not apart:
        return Outcome("agrees", apart, signs, f"Agrees with {figure(printed)}.")
    more = "more" if apart > 0 else "less"
    words = f"Differs: {lead} {figure(worked)}, printed is {figure(printed)}, {figure(abs(apart))} {more}."
    return Outcome("differs", apart, signs, words)


def _shares(addends):
    apart = sum(addends) - 100
    signs = f"{_added(addends, ' %')} = {figure(sum(addends))} %"
    if not apart:
        return Outcome("agrees", apart, signs, "Agrees: together they are the whole.")
    more = "more" if apart > 0 else "less"
    return Outcome(
        "differs", apart, signs, f"Differs: together they are {figure(abs(apart))} points {more} than the whole."
    )


def _share(addends, printed, whole):
    exact = sum(addends) / whole * 100
    step = Decimal(1).scaleb(min(printed.normalize().as_tuple().exponent, 0))
    rounded = exact.quantize(step, ROUND_HALF_UP)
    parts = _added(addends)
    signs = f"{f'({parts})' if len(addends) > 1 else parts} ÷ {figure(whole)} = {exact.quantize(step / 100):f} %"
    if rounded == printed:
        return Outcome("agrees", Decimal(0), signs, f"Agrees with {figure(printed)} %.")
    apart = printed - rounded
    if exact.quantize(step, ROUND_DOWN) == printed:
        words = f"Agrees if decimals are cut off; rounded it would be {rounded:f} %, printed is {figure(printed)} %."
        return Outcome("cut", apart, signs, words)
    more = "more" if apart > 0 else "less"
    words = (
        f"Differs: worked out it is {rounded:f} %, printed is {figure(printed)} %, {figure(abs(apart))} points {more}."
    )
    return Outcome("differs", apart, signs, words)
