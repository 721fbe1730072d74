"""Checks whether numbers agree that ought to: the outcome as a key and numbers, of which presenters make a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum


class Sum(StrEnum):
    """What is checked: parts and a total, a share of a whole, shares of 100 %, a list's length, a repeated number."""

    SUM = "sum"
    SHARE = "share"
    SHARES = "shares"
    COUNT = "count"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a check: its verdict, the sum in signs, and the key and the numbers of the sentence for it.

    `verdict` is agrees, cut (agrees once decimals are cut off) or differs. `difference` is the number printed less the
    number worked out; `values` are numbers by name, without trailing zeros.
    """

    verdict: str
    difference: Decimal
    signs: str
    message: str
    values: tuple[tuple[str, Decimal], ...] = ()

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
    """The outcome of one check; `counted` is the length of the list, for a list."""
    if kind == Sum.SHARE:
        return _share(addends, total, whole)
    if kind == Sum.COUNT:
        return _compare(Decimal(counted), total, f"{counted} listed", "count")
    if kind == Sum.SAME:
        return _compare(addends[0], total, figure(addends[0]), "same")
    if kind == Sum.SHARES:
        return _shares(addends)
    signs = f"{_added(addends)} = {figure(sum(addends))}"
    return _compare(sum(addends), total, signs, "sum")


def figure(value: Decimal) -> str:
    """A number as people read it: 1,606,581.68."""
    places = max(-value.normalize().as_tuple().exponent, 0)
    return f"{value:,.{places}f}"


def _added(addends, unit=""):
    return " + ".join(f"{figure(value)}{unit}" for value in addends)


def _message(kind, difference):
    """The key of the sentence for numbers that differ."""
    return f"{kind}-{'more' if difference > 0 else 'less'}"


def _named(**values):
    """The numbers by name, without trailing zeros."""
    return tuple((name, value.normalize()) for name, value in values.items())


def _compare(worked, printed, signs, kind):
    apart = printed - worked
    values = _named(worked=worked, printed=printed, apart=abs(apart))
    if not apart:
        return Outcome("agrees", apart, signs, "agrees", values)
    return Outcome("differs", apart, signs, _message(kind, apart), values)


def _shares(addends):
    apart = sum(addends) - 100
    signs = f"{_added(addends, ' %')} = {figure(sum(addends))} %"
    if not apart:
        return Outcome("agrees", apart, signs, "shares-agree")
    return Outcome("differs", apart, signs, _message("shares", apart), _named(apart=abs(apart)))


def _share(addends, printed, whole):
    exact = sum(addends) / whole * 100
    step = Decimal(1).scaleb(min(printed.normalize().as_tuple().exponent, 0))
    rounded = exact.quantize(step, ROUND_HALF_UP)
    parts = _added(addends)
    signs = f"{f'({parts})' if len(addends) > 1 else parts} ÷ {figure(whole)} = {exact.quantize(step / 100):f} %"
    apart = printed - rounded
    values = (("worked", rounded), *_named(printed=printed, apart=abs(apart)))
    if not apart:
        return Outcome("agrees", Decimal(0), signs, "share-agrees", values)
    if exact.quantize(step, ROUND_DOWN) == printed:
        return Outcome("cut", apart, signs, "share-cut", values)
    return Outcome("differs", apart, signs, _message("share", apart), values)
