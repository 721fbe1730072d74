"""Places as a map of equal tiles, each in its place in a grid."""

from collections.abc import Iterable
from dataclasses import dataclass

SIDE, GAP = 44, 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: its left upper corner and middle, short code, name, count, and one of the shades 0 to 3."""

    x: int
    y: int
    middle: int
    code_y: int
    count_y: int
    code: str
    name: str
    count: int
    shade: int
    target: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map: size of its drawing, tiles from the north-west on, and the smallest count of each shade above zero."""

    width: int
    height: int
    side: int
    tiles: tuple[Tile, ...]
    least: tuple[int, ...]


def tiles(places: Iterable[tuple[int, int, str, str, int, str]]) -> Tiles | None:
    """The map of places given as (row, column, code, name, count, target); None when there are none."""
    places = sorted(places)
    if not places:
        return None
    least = _least(max(count for *_, count, _ in places))
    drawn = tuple(_tile(*place, least) for place in places)
    return Tiles(max(tile.x for tile in drawn) + SIDE, max(tile.y for tile in drawn) + SIDE, SIDE, drawn, least)


def _tile(row, column, code, name, count, target, least):
    x, y = column * (SIDE + GAP), row * (SIDE + GAP)
    shade = sum(count >= bound for bound in least)
    return Tile(x, y, x + SIDE // 2, y + 19, y + 35, code, name, count, shade, target)


def _least(most):
    """The least count of up to three shades, as even in steps as whole numbers allow."""
    return tuple(dict.fromkeys(max(round(most * part), 1) for part in (0, 0.34, 0.67)))
