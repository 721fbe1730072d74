"""How the items of a paragraph's lists are named in citations and addresses: (b), (b)(i), item 2. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

PAGE_IDS = frozenset({"cite", "main", "q"})  # names that every page has for something else
_NO_LETTER = re.compile(r"[\W_]+")


class Step(NamedTuple):
    """One level of the way to an item: its letter or number as printed, else nothing, and its place in its list."""

    label: str
    ordinal: int

    @property
    def name(self) -> str:
        """The step in an address: "b" for "(b)", "item-2" for the second item where none is printed."""
        return self.label.lower() or f"item-{self.ordinal}"


@dataclass(frozen=True, slots=True)
class ItemPath:
    """The way from a paragraph down to an item of its lists."""

    steps: tuple[Step, ...]

    @property
    def anchor(self) -> str:
        """The item's name on the page of its paragraph: "b", "b-i", "1-item-2"."""
        name = "-".join(step.name for step in self.steps)
        return f"item-{name}" if name in PAGE_IDS else name

    @property
    def in_address(self) -> str:
        """What an address writes behind the paragraph's number: "(b)", "(b)(i)", "(1)(item-2)"."""
        return "".join(f"({step.name})" for step in self.steps)

    def is_named_by(self, names: Iterable[str]) -> bool:
        """Whether people may mean this item by these names; the second of unprinted items is also called "2"."""
        names = list(names)
        return len(names) == len(self.steps) and all(
            name == step.name or (not step.label and name == str(step.ordinal))
            for name, step in zip(names, self.steps, strict=True)
        )


def item_paths(items: Iterable[tuple[int, str]]) -> list[ItemPath]:
    """The paths of a paragraph's items, given in order as (level from 1, label as printed); no two are the same.

    Items are counted under the item above them, through all lists of the paragraph. A letter that was printed before,
    in an earlier list or by mistake, cannot tell its item apart, which is then counted like one without a letter.
    """
    above: list[tuple[int, tuple[Step, ...]]] = []  # the open items from the outermost in, with their levels
    counts: dict[tuple[Step, ...], int] = {}
    taken: set[tuple[str, ...]] = set()
    paths = []
    for level, printed in items:
        while above and above[-1][0] >= level:
            above.pop()
        parent = above[-1][1] if above else ()
        counts[parent] = counts.get(parent, 0) + 1
        step = Step(_NO_LETTER.sub("-", printed).strip("-"), counts[parent])
        if tuple(each.name for each in (*parent, step)) in taken:
            step = Step("", counts[parent])
        path = (*parent, step)
        taken.add(tuple(each.name for each in path))
        above.append((level, path))
        paths.append(ItemPath(path))
    return paths
