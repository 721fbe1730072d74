"""What a change did to each row in all, where it wrote a row more than once."""

from collections.abc import Iterable
from dataclasses import dataclass

from sections.models import Mention
from sections.models.history import FormerRow


@dataclass(frozen=True)
class NetRow:
    """What a change did to one row in all: how the row `was` before, and how it left it; None where there was none.

    `last` is the last row of history that the change wrote of it.
    """

    was: FormerRow | None
    left: FormerRow | None
    last: FormerRow

    @property
    def columns(self) -> list[str]:
        """The names of the columns in which the two differ; all of them if the row was added or removed."""
        return self.left.differing(self.was) if self.was and self.left else self.last.columns()

    @property
    def action(self) -> str:
        """What became of the row: `added`, `changed` or `removed`."""
        return "changed" if self.was and self.left else "removed" if self.was else "added"

    @property
    def shown(self) -> FormerRow:
        """The row by which the two are known: as it was left, or as it was before it was removed."""
        return self.left or self.was

    @property
    def is_automatic(self) -> bool:
        """Whether linking by names wrote the row: it repeats that by itself."""
        both = (each for each in (self.was, self.left) if each)
        return self.last.instance_type is Mention and not any(each.instance.is_decided for each in both)


def net_rows(rows: Iterable[FormerRow]) -> list[NetRow]:
    """What the rows of history of one change, in order, come to for each row of a table."""
    by_row: dict[tuple, list[FormerRow]] = {}
    for row in rows:
        by_row.setdefault((row.instance_type, row.id), []).append(row)
    net = []
    for first, *_between, last in ((of_row[0], *of_row) for of_row in by_row.values()):
        was = None if first.action == "added" else first.before or (first if first.action == "removed" else None)
        left = None if last.action == "removed" else last
        is_known = was or first.action == "added"  # of a row that was changed, how it was before
        if is_known and (was or left) and not (was and left and not left.differing(was)):
            net.append(NetRow(was, left, last))
    return net
