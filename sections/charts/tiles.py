"""Places as a map of equal tiles, each in its place in a grid."""

from collections.abc import Iterable
from dataclasses import dataclass

SIDE, GAP = 44, 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: its left upper corner, short code, name, count, one of the shades 0 to 3, and what it links to."""

    x: int
    y: int
    code: str
    name: str
    count: int
    shade: int
    target: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map: size of its drawing and of a tile, and the tiles from the north-west on."""

    width: int
    height: int
    side: int
    tiles: list[Tile]


def tiles(places: Iterable[tuple[int, int, str, str, int, str]]) -> Tiles | None:
    """The map of places given as (row, column, code, name, count, target); None when there are none."""
    places = sorted(places)
    if not places:
        return None
    most = max(count for *_, count, _ in places)
    # The least count of up to three shades, as even in steps as whole numbers allow.
    least = {max(round(most * part), 1) for part in (0, 0.34, 0.67)}
    step = SIDE + GAP
    drawn = [
        Tile(column * step, row * step, code, name, count, sum(count >= bound for bound in least), target)
        for row, column, code, name, count, target in places
    ]
    return Tiles(max(tile.x for tile in drawn) + SIDE, max(tile.y for tile in drawn) + SIDE, SIDE, drawn)
