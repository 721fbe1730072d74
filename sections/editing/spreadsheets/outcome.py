"""What an uploaded list does: row by row, and to the links; or what is wrong with it."""

from dataclasses import dataclass, field
from hashlib import sha256

from sections.models import Mention

from .file_errors import CellError


@dataclass(frozen=True)
class RowEffect:
    """What a row does, `add`, `change` or `delete`, to which record; and the cells that change: column, old, new."""

    row: int
    action: str
    record: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, order=True)
class LinkEffect:
    """A mention that appears, disappears or comes to mean another entry; without a name where there is none."""

    symbol: str
    paragraph: int
    surface: str
    before: str
    after: str


@dataclass
class Outcome:
    """What a list does; or its errors, and then nothing was done."""

    effects: list[RowEffect] = field(default_factory=list)
    links: list[LinkEffect] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unchanged: int = 0

    @property
    def digest(self) -> str:
        """A text that is the same for the same effects."""
        return sha256(repr((self.effects, self.links)).encode()).hexdigest()[:32]

    @property
    def deletions(self) -> list[RowEffect]:
        """The rows that delete a record."""
        return [effect for effect in self.effects if effect.action == "delete"]

    def in_order(self) -> "Outcome":
        """The same, by row."""
        self.effects.sort(key=lambda effect: effect.row)
        self.errors.sort(key=lambda error: error.row)
        return self


Mentions = dict[tuple[int, int, int], tuple[str, int, str, str]]


def all_mentions() -> Mentions:
    """Every mention that readers see by its place: symbol of the report, paragraph, words, and name of the entry."""
    place, paragraph = ("block", "start", "end"), "block__paragraph__"
    values = (f"{paragraph}report__symbol", f"{paragraph}number", "surface", "entry__name")
    return {row[:3]: row[3:] for row in Mention.objects.shown().order_by().values_list(*place, *values)}


def link_effects(before: Mentions, after: Mentions) -> list[LinkEffect]:
    """The mentions that are not as they were."""
    effects = []
    for place in before.keys() | after.keys():
        symbol, paragraph, surface, _entry = after.get(place) or before[place]
        old, new = (mentions[place][3] if place in mentions else "" for mentions in (before, after))
        if old != new:
            effects.append(LinkEffect(symbol, paragraph, surface, old, new))
    return sorted(effects)
