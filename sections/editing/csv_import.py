"""Brings the records in line with an uploaded list: all rows or none, and on trial as well."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from sections.models import Change, Entry, Mention, Name, changing

from .csv_file import Fault, SheetRow
from .csv_resources import DELETE, ID, VERSION, YES, CellFault, Lookup, Sheet
from .delete import delete_entry
from .relink import NameClash, apply_plans, names_by_report, plans_after, refresh_blocks, refuse_clashes

ADD, CHANGE, REMOVE = "add", "change", "delete"


@dataclass(frozen=True)
class RowEffect:
    """What a row does: adds, changes or deletes a record; the cells that change, as (column, before, after)."""

    row: int
    act: str
    record: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class LinkEffect:
    """A mention that appears, disappears, or comes to mean another entry."""

    paragraph: int
    surface: str
    before: str
    after: str


@dataclass
class Outcome:
    """What a list does, or what is wrong with it; then nothing was done."""

    effects: list[RowEffect] = field(default_factory=list)
    links: list[LinkEffect] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0

    @property
    def digest(self) -> str:
        """A text that is the same for the same effects."""
        return sha256(repr((self.effects, self.links)).encode()).hexdigest()[:32]


def apply_sheet(sheet: Sheet, rows: Iterable[SheetRow], reason="", user=None, trial=True, expected="") -> Outcome:
    """Applies the rows in one transaction, taken back on trial, on any fault, or if it does other than expected."""
    with transaction.atomic():
        outcome = _Work(sheet, list(rows)).run(reason, user)
        other = bool(expected) and outcome.digest != expected
        if other and not outcome.faults:
            outcome.faults.append(
                Fault(0, "", "Somebody changed records meanwhile, so the list would now do this instead.")
            )
        if trial or outcome.faults:
            transaction.set_rollback(True)
    return outcome


class _Work:
    """One run over the rows of a list."""

    def __init__(self, sheet, rows):
        self.sheet, self.rows = sheet, rows
        self.outcome, self.lookup = Outcome(), Lookup()
        self.entries: dict[int, int] = {}  # entries whose names change, with the first row that does it

    def run(self, reason, user):
        with changing(Change.Kind.EDIT, reason, user):
            found = self.sheet.records().in_bulk(
                [int(row.cells[ID]) for row in self.rows if _is_key(row.cells.get(ID))]
            )
            work = [(row, found) for row in self.rows if self._is_sound(row, found)]
            linked = self.sheet.model in {Entry, Name}
            before = names_by_report(Entry.objects.values_list("pk", flat=True)) if linked else {}
            mentions = _mentions() if linked else {}
            for act in (REMOVE, CHANGE, ADD):
                for row, records in work:
                    record = records.get(int(row.cells[ID])) if row.cells.get(ID) else None
                    if act == self._act(row, record):
                        self._guarded(getattr(self, f"_{act}"), row, record)
            self.outcome.effects.sort(key=lambda effect: effect.row)
            if linked and not self.outcome.faults:
                self._follow(before, mentions)
        self.outcome.faults.sort(key=lambda fault: fault.row)
        return self.outcome

    def _is_sound(self, row, found):
        """Whether the row speaks of a record that is there and is as it was when the list was downloaded."""
        key = row.cells.get(ID, "")
        if not key:
            return True
        record = found.get(int(key)) if _is_key(key) else None
        if record is None:
            return self._fault(
                row, ID, f"There is no record {key}; somebody deleted it, or the list is of another site."
            )
        if record in self._seen:
            return self._fault(row, ID, f"Record {key} is in the list more than once.")
        self._seen.add(record)
        now = self.sheet.row(record, self.lookup)
        given = {column: row.cells[column] for column in self.sheet.about if column in row.cells}
        same = all(now[column] == cell for column, cell in given.items())
        if row.cells.get(VERSION, "") == now[VERSION] or (same and not self._wants_deletion(row)):
            return True
        if not row.cells.get(VERSION):
            return self._fault(
                row,
                VERSION,
                "The version is missing, so nobody can tell what was changed since. Download the list anew.",
            )
        differing = [f"{column} is now “{now[column]}”" for column, cell in given.items() if now[column] != cell]
        words = "; ".join(differing) or "it was changed and changed back"
        return self._fault(row, VERSION, f"The record was changed after the list was downloaded: {words}.")

    @property
    def _seen(self):
        return self.__dict__.setdefault("seen", set())

    def _act(self, row, record):
        if self._wants_deletion(row):
            return REMOVE
        return ADD if record is None else CHANGE

    def _wants_deletion(self, row):
        return row.cells.get(DELETE, "").lower() in YES

    def _guarded(self, step, row, record):
        """Does the step, and turns what stands in its way into faults of the row."""
        try:
            with transaction.atomic():
                step(row, record)
        except CellFault as fault:
            self._fault(row, fault.column, fault.words)
        except ValidationError as fault:
            for name, words in fault.message_dict.items():
                column = "" if name == NON_FIELD_ERRORS else _column(self.sheet, name)
                self._fault(row, column, " ".join(words))
        except (IntegrityError, ProtectedError):
            self._fault(row, "", "It can’t stand beside another record: the same is there already.")

    def _delete(self, row, record):
        if record is None:
            raise CellFault(DELETE, "A row without an id can’t delete anything.")
        self.outcome.effects.append(RowEffect(row.number, REMOVE, _words(record)))
        if isinstance(record, Entry):
            delete_entry(record)
        else:
            self._note_entry(record, row)
            record.delete()

    def _change(self, row, record):
        before = self.sheet.cells(record, self.lookup)
        given = {column: row.cells[column] for column in self.sheet.about if column in row.cells}
        changed = {column: cell for column, cell in given.items() if cell != before[column]}
        if not changed:
            self.outcome.unchanged += 1
            return
        for column in self.sheet.fixed:
            if column in changed:
                raise CellFault(
                    column, f"It stays “{before[column]}”. To have another, add a row without id and delete this one."
                )
        words = _words(record)
        self._note_entry(record, row)
        self.sheet.fill(record, changed, self.lookup)
        after = self.sheet.cells(record, self.lookup)
        cells = tuple((column, before[column], after[column]) for column in after if after[column] != before[column])
        if not cells:
            self.outcome.unchanged += 1
            return
        record.full_clean()
        record.save()
        self._note_entry(record, row)
        self.outcome.effects.append(RowEffect(row.number, CHANGE, words, cells))

    def _add(self, row, record):
        given = {column: row.cells[column] for column in self.sheet.about if row.cells.get(column)}
        record = self.sheet.model()
        self.sheet.fill(record, {column: given.get(column, "") for column in self.sheet.fixed} | given, self.lookup)
        record.full_clean()
        record.save()
        self._note_entry(record, row)
        cells = tuple((column, "", cell) for column, cell in self.sheet.cells(record, self.lookup).items() if cell)
        self.outcome.effects.append(RowEffect(row.number, ADD, _words(record), cells))

    def _note_entry(self, record, row):
        key = record.pk if isinstance(record, Entry) else getattr(record, "entry_id", None)
        if key is not None:
            self.entries.setdefault(key, row.number)

    def _follow(self, before, mentions):
        """Brings links and search in line with the names, and tells what that did."""
        for key, number in self.entries.items():
            try:
                refuse_clashes([key])
            except NameClash as clash:
                self.outcome.faults.append(Fault(number, "", str(clash)))
        if self.outcome.faults:
            return
        keys = self.entries.keys()
        apply_plans(
            plans_after(
                {report: frozenset(n for n in names if n.entry in keys) for report, names in before.items()}, keys
            )
        )
        refresh_blocks(())
        self.outcome.links = _differences(mentions, _mentions())

    def _fault(self, row, column, words):
        self.outcome.faults.append(Fault(row.number, column, words))
        return False


def _mentions():
    """Every mention by its place, as (words, entry, paragraph)."""
    rows = Mention.objects.values_list("block", "start", "end", "surface", "entry__name", "block__paragraph__number")
    return {row[:3]: row[3:] for row in rows}


def _differences(before, after):
    found = []
    for place in before.keys() | after.keys():
        old, new = before.get(place), after.get(place)
        if (old and old[1]) != (new and new[1]):
            surface, _, paragraph = new or old
            found.append(LinkEffect(paragraph, surface, old[1] if old else "", new[1] if new else ""))
    return sorted(found, key=lambda each: (each.paragraph, each.surface, each.before, each.after))


def _is_key(cell):
    return bool(cell) and cell.isascii() and cell.isdecimal() and len(cell) < 16


def _column(sheet, name):
    """The column of a model's field."""
    return name if name in sheet.about else {"entry": "entry_slug"}.get(name, "")


def _words(record):
    if isinstance(record, Name):
        return f"“{record.text}” of {record.entry}"
    return str(record)
