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

    The words are a form, and by name the numbers that it takes, so that other languages can say it too.
    `difference` is what is printed less what was worked out.
    """

    verdict: str
    difference: Decimal
    signs: str
    form: str
    values: tuple[tuple[str, Decimal], ...] = ()

    @property
    def words(self):
        return self.form % {name: f"{value:,.{max(-value.as_tuple().exponent, 0)}f}" for name, value in self.values}

    @property
    def agrees(self):
        return self.verdict != "differs"


def check_sum(kind: Sum, addends, total: Decimal | None, whole=None, counted: int | None = None) -> Outcome:
    """The outcome of one check; `counted` is the length of the list, for a list."""
    if kind == Sum.SHARE:
        return _share(addends, total, whole)
    if kind == Sum.COUNT:
        return _compare(Decimal(counted), total, f"{counted} listed", "list")
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


DIFFERS = {
    ("sum", True): "Differs: added up they give %(worked)s, printed is %(printed)s, %(apart)s more.",
    ("sum", False): "Differs: added up they give %(worked)s, printed is %(printed)s, %(apart)s less.",
    ("list", True): "Differs: the list holds %(worked)s, printed is %(printed)s, %(apart)s more.",
    ("list", False): "Differs: the list holds %(worked)s, printed is %(printed)s, %(apart)s less.",
    ("same", True): "Differs: elsewhere the report says %(worked)s, printed is %(printed)s, %(apart)s more.",
    ("same", False): "Differs: elsewhere the report says %(worked)s, printed is %(printed)s, %(apart)s less.",
    ("shares", True): "Differs: together they are %(apart)s points more than the whole.",
    ("shares", False): "Differs: together they are %(apart)s points less than the whole.",
    ("share", True): "Differs: worked out it is %(worked)s %%, printed is %(printed)s %%, %(apart)s points more.",
    ("share", False): "Differs: worked out it is %(worked)s %%, printed is %(printed)s %%, %(apart)s points less.",
}
AGREES = {
    "sum": "Agrees with %(printed)s.",
    "shares": "Agrees: together they are the whole.",
    "share": "Agrees with %(printed)s %%.",
    "cut": "Agrees if decimals are cut off; rounded it would be %(worked)s %%, printed is %(printed)s %%.",
}


def _named(**values):
    """The numbers by name, without noughts at their ends."""
    return tuple((name, value.normalize()) for name, value in values.items())


def _compare(worked, printed, signs, what):
    apart = printed - worked
    values = _named(worked=worked, printed=printed, apart=abs(apart))
    if not apart:
        return Outcome("agrees", apart, signs, AGREES["sum"], values)
    return Outcome("differs", apart, signs, DIFFERS[what, apart > 0], values)


def _shares(addends):
    apart = sum(addends) - 100
    signs = f"{_added(addends, ' %')} = {figure(sum(addends))} %"
    if not apart:
        return Outcome("agrees", apart, signs, AGREES["shares"])
    return Outcome("differs", apart, signs, DIFFERS["shares", apart > 0], _named(apart=abs(apart)))


def _share(addends, printed, whole):
    exact = sum(addends) / whole * 100
    step = Decimal(1).scaleb(min(printed.normalize().as_tuple().exponent, 0))
    rounded = exact.quantize(step, ROUND_HALF_UP)
    parts = _added(addends)
    signs = f"{f'({parts})' if len(addends) > 1 else parts} ÷ {figure(whole)} = {exact.quantize(step / 100):f} %"
    apart = printed - rounded
    values = (("worked", rounded), *_named(printed=printed, apart=abs(apart)))
    if not apart:
        return Outcome("agrees", Decimal(0), signs, AGREES["share"], values)
    if exact.quantize(step, ROUND_DOWN) == printed:
        return Outcome("cut", apart, signs, AGREES["cut"], values)
    return Outcome("differs", apart, signs, DIFFERS["share", apart > 0], values)
