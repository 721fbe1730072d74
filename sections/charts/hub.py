"""One thing in the middle and what it is related to around it, as a picture that reads from the middle outwards."""

from dataclasses import dataclass
from textwrap import wrap

LINE, GAP = 16, 7  # height of a line of a name, and the space below each name
LABEL = 26  # height of the words over a group
SIDE, MIDDLE = 252, 112  # widths of a side and of the middle
LONGEST = 24  # characters of a line that fit beside the middle
WRAPPED = 13  # characters of a line in the middle

Lines = list[tuple[int, str]]  # y of each line and its words


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the picture: how its words are set in SVG, and where; the words over its groups; what is related.

    A node is the related thing, its name in lines, and the stroke that joins it to the middle.
    """

    anchor: str
    x: int
    labels: Lines
    nodes: list[tuple[object, Lines, str]]


@dataclass(frozen=True, slots=True)
class Hub:
    """The whole picture: its size, the box in the middle with the name in lines, and two sides."""

    width: int
    height: int
    box: tuple[int, int, int, int]  # x, y, width, height
    lines: Lines
    sides: list[Side]


def hub(name: str, groups: list[tuple[str, list[tuple[str, object]]]]) -> Hub | None:
    """The picture of groups of (name, subject), each under its words; None when there is nothing to join."""
    if not groups:
        return None
    right, left = _balanced(groups)
    height = max(_height(right), _height(left), 90)
    wrapped = _wrapped(name, WRAPPED, 5)
    tall = 20 + 17 * len(wrapped)
    top = (height - tall) // 2
    sides = (_side(right, "start", SIDE + MIDDLE, 1, height), _side(left, "end", SIDE, -1, height))
    box = (SIDE, top, MIDDLE, tall)
    return Hub(2 * SIDE + MIDDLE, height, box, _placed(wrapped, top + 23, 17), [side for side in sides if side.nodes])


def _balanced(groups):
    """The groups in two lots of about the same height, the tallest placed first."""
    lots = [], []
    for group in sorted(groups, key=lambda group: -len(group[1])):
        min(lots, key=_height).append(group)
    return lots


def _height(groups):
    return sum(LABEL + sum(_tall(name) for name, _ in members) for _, members in groups)


def _tall(name):
    return LINE * len(_wrapped(name, LONGEST, 2)) + GAP


def _side(groups, anchor, edge, step, height):
    side = Side(anchor, edge + 46 * step, [], [])
    y, middle, bend = (height - _height(groups)) // 2, height // 2, edge + 22 * step
    for words, members in groups:
        side.labels.append((y + 18, words))
        y += LABEL
        for name, subject in members:
            lines = _wrapped(name, LONGEST, 2)
            at = y + LINE * len(lines) // 2
            stroke = f"M{edge} {middle}C{bend} {middle} {bend} {at} {side.x - 5 * step} {at}"
            side.nodes.append((subject, _placed(lines, y + 12, LINE), stroke))
            y += _tall(name)
    return side


def _placed(lines, y, step):
    return [(y + step * index, words) for index, words in enumerate(lines)]


def _wrapped(name, wide, most):
    """The name in lines of about so many characters, the last one cut where there are too many."""
    words = " ".join(name.split())
    lines = wrap(words, wide, break_long_words=False, break_on_hyphens=False) or [""]
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]
