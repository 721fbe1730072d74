"""Three-way merge of a form that two editors saved at the same time. Pure.

A state is what a form shows: group → row → field → value as a browser posts it. The record itself is the row "" of the
group ""; the rows of the other groups have their primary keys, and new rows "+0", "+1" and so on.
"""

from dataclasses import dataclass

Row = dict[str, str]
State = dict[str, dict[str, Row]]
DELETE = "DELETE"  # the field that deletes a row


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another editor changed since the form was opened, to something other than what is typed.

    With the field DELETE, a whole row that one of the two added, changed or deleted; the values are then rows, and
    None where there is no such row. `both` tells that the two editors want different things; otherwise only the other
    editor made a change.
    """

    group: str
    row: str
    field: str
    opened: str | Row | None
    theirs: str | Row | None
    mine: str | Row | None
    both: bool


def merge(opened: State, stored: State, typed: State) -> tuple[State, list[Difference]]:
    """The state to save, and in which of its fields a person has to choose between the two editors.

    In the merged state those fields have the typed value, and rows that the other editor deleted are new rows.
    """
    merged, differences = {}, []
    for group, stored_rows in stored.items():
        rows = merged[group] = {}
        before, typed_rows = opened.get(group, {}), typed.get(group, {})
        for key, row in stored_rows.items():
            was, mine = before.get(key), typed_rows.get(key)
            rows[key] = mine or row
            if was == row:
                continue
            if mine is not None and DELETE not in mine:
                differences += _field_differences(group, key, was or {}, row, mine)
            else:
                rows[key] = row
                differences.append(Difference(group, key, DELETE, was, row, None, mine is not None))
        for key, mine in typed_rows.items():
            if key.startswith("+"):
                rows[key] = mine
            elif key not in stored_rows and DELETE not in mine:
                rows[f"+restored-{key}"] = mine
                was = before.get(key)
                differences.append(Difference(group, f"+restored-{key}", DELETE, was, None, mine, mine != was))
    return merged, differences


def _field_differences(group, key, was, stored, mine):
    for field, value in stored.items():
        before, typed = was.get(field), mine.get(field, "")
        if value not in (before, typed):
            yield Difference(group, key, field, before, value, typed, typed != before)
