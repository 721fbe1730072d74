"""Two editors on one record: what the first changed while the second was typing, and what comes of their choices.

A state is what a form shows: group → row → field → value as a form posts it. The record itself is the one row "" of the
group ""; the rows of the other groups have their keys, new ones "+0", "+1" and so on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

State = dict[str, dict[str, dict[str, str]]]
REMOVE = "DELETE"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """One choice: a field, or (field "") a whole row, as it was opened, is stored now, and is typed.

    `both` tells that the two editors want different things; otherwise only the first changed it.
    """

    group: str
    row: str
    field: str
    opened: str | None
    now: str | None
    mine: str | None
    both: bool

    @property
    def key(self) -> str:
        """The name under which a form posts the choice."""
        return f"choice:{self.group}:{self.row}:{self.field}"


def differences(opened: State, now: State, mine: State) -> list[Difference]:
    """What was changed since the form was opened, other than to just what is typed."""
    found = []
    for group in now:
        before, stored, typed = (state.get(group, {}) for state in (opened, now, mine))
        for row in dict.fromkeys([*typed, *stored]):
            if not row.startswith("+"):
                found += _row_differences(group, row, before.get(row), stored.get(row), typed.get(row))
    return found


def _row_differences(group, row, before, stored, typed):
    if before == stored or (stored is None and typed is None):
        return
    if typed is not None and typed.get(REMOVE):
        if stored is not None:
            yield Difference(group, row, "", _line(before), _line(stored), None, True)
    elif stored is None:
        edited = before is None or _changed(before, typed)
        yield Difference(group, row, "", _line(before), None, _line(typed), edited)
    elif typed is None:
        yield Difference(group, row, "", None, _line(stored), None, False)
    else:
        for field, value in stored.items():
            was, wanted = (before or {}).get(field), typed.get(field, "")
            if value not in (was, wanted):
                yield Difference(group, row, field, was, value, wanted, wanted != was)


def merged(now: State, mine: State, found: list[Difference], choices: Mapping[str, str]) -> State:
    """What is to be saved: what is typed, but the other's where that is chosen, or where only the other changed it."""
    result = {}
    for group, stored in now.items():
        typed = mine.get(group, {})
        result[group] = {row: dict(typed.get(row, values)) for row, values in stored.items()}
        result[group] |= {row: dict(values) for row, values in typed.items() if row.startswith("+")}
    for place, each in enumerate(found):
        mine_wins = choices.get(each.key, MINE if each.both else THEIRS) == MINE
        _choose(result[each.group], each, now, mine, mine_wins, f"+back{place}")
    return result


def _choose(rows, each, now, mine, mine_wins, new_key):
    stored, typed = now[each.group].get(each.row), mine.get(each.group, {}).get(each.row)
    if each.field:
        if not mine_wins:
            rows[each.row][each.field] = stored[each.field]
    elif stored is None:
        if mine_wins:
            rows[new_key] = dict(typed)
    else:
        rows[each.row] = dict(stored)
        if mine_wins:
            rows[each.row][REMOVE] = "on"


def undecided(found: list[Difference], choices: Mapping[str, str]) -> list[Difference]:
    """The differences on which the two editors disagree and nobody has chosen yet."""
    return [each for each in found if each.both and choices.get(each.key) not in (THEIRS, MINE)]


def _changed(before, typed):
    return any(before.get(field, "") != value for field, value in typed.items() if field != REMOVE)


def _line(row):
    """A row in one line: its values, the longest word first as typed."""
    return None if row is None else " · ".join(value for field, value in row.items() if value and field != REMOVE)
