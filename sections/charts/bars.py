"""Numbers as groups of horizontal bars that read as well on a phone, in print and in black and white."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from .strip import listed

LABEL, BAR, GAP, AFTER = 20, 14, 3, 10  # heights in pixels
WIDEST = 72  # per cent of the picture; the rest is for the number behind the longest bar
FILLS = ("solid", "hatched", "open", "dotted")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its place from above in pixels, width in per cent, fill, and the number as printed behind it."""

    y: int
    width: str
    fill: str
    printed: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars: height in pixels, groups from above, (name, fill) of each series, and itself in words.

    A group is the label of a category, the label's place from above, and the bars below it.
    """

    height: int
    groups: list[tuple[str, int, list[Bar]]]
    legend: list[tuple[str, str]]
    words: str


def bars(
    categories: Sequence[str], series: Sequence[tuple[str, Sequence[Decimal | None]]], printed: Callable[[Decimal], str]
) -> Bars | None:
    """The bars of each category, one for each series; `printed` writes a number as readers see it.

    A missing number leaves its bar out. None when no number is above zero, as there is nothing to draw.
    """
    most = max((value for _, values in series for value in values if value is not None), default=0)
    if most <= 0 or len(series) > len(FILLS):
        return None
    y, groups = 0, []
    for at, label in enumerate(categories):
        drawn = []
        groups.append((label, y + LABEL - 6, drawn))
        y += LABEL
        for (_, values), fill in zip(series, FILLS, strict=False):
            if values[at] is not None:
                width = f"{max(WIDEST * values[at] / most, 0):.2f}%"
                drawn.append(Bar(y, width, fill, printed(values[at])))
                y += BAR + GAP
        y += AFTER
    legend = list(zip([name for name, _ in series], FILLS, strict=False))
    return Bars(y, groups, legend, _words(categories, series, printed))


def _words(categories, series, printed):
    """The lowest and highest number of each series with their categories."""
    descriptions = []
    for name, values in series:
        known = [(value, label) for value, label in zip(values, categories, strict=True) if value is not None]
        if not known:
            continue
        (low, at_low), (high, at_high) = min(known), max(known)
        words = gettext("%(number)s throughout") % {"number": printed(low)}
        if low != high:
            ends = {"low": printed(low), "at_low": at_low, "high": printed(high), "at_high": at_high}
            words = gettext("from %(low)s (%(at_low)s) to %(high)s (%(at_high)s)") % ends
        descriptions.append(f"{name}: {words}")
    values = {"things": listed(list(categories)), "ends": "; ".join(descriptions)}
    return gettext("Bars for %(things)s. %(ends)s.") % values
