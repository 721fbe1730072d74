"""Imports an edited list: all rows or none, and in a trial run everything is rolled back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from sections.models import Change, Entry, Mention, Name, Upload, changing
from sections.text.whole_numbers import whole_number

from .csv_file import CsvError, read
from .csv_resources import DELETE, ID, RESOURCES, VERSION, YesNoField
from .delete import delete_entry
from .relink import NameClash, names_of, refuse_clashes, relink

UNCONFIRMED = timedelta(days=1)  # how long an upload waits to be confirmed
MOST_ID = 10**15


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

    paragraph: int
    surface: str
    before: str
    after: str


@dataclass
class Outcome:
    """What a list does; or its errors, and then nothing was done."""

    effects: list[RowEffect] = field(default_factory=list)
    links: list[LinkEffect] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)
    unchanged: int = 0

    @property
    def digest(self) -> str:
        """A text that is the same for the same effects."""
        return sha256(repr((self.effects, self.links)).encode()).hexdigest()[:32]


def keep_upload(**values: Any) -> Upload:
    """Stores an uploaded list until its user confirms it; deletes uploads that nobody confirmed in time."""
    with transaction.atomic():
        Upload.objects.filter(when__lt=timezone.now() - UNCONFIRMED).delete()
        return Upload.objects.create(**values)


def import_upload(upload: Upload, expected: str | None = None) -> Outcome:
    """What an uploaded list would do, in a trial run that is rolled back; does it if that is what is expected.

    `expected` is the digest of an outcome. Any error, or another outcome, rolls everything back.
    """
    resource = RESOURCES[upload.sheet]()
    file = read(upload.text, resource.columns)
    if file.errors:
        return Outcome(errors=file.errors)
    with changing(Change.Kind.EDIT, upload.reason, upload.user):
        outcome = _Import(resource).run(file.rows)
        if expected not in {None, outcome.digest} and not outcome.errors:
            message = "Records have changed meanwhile; the list would now do something else."
            outcome.errors.append(CsvError(0, "", message))
        if expected is None or outcome.errors:
            transaction.set_rollback(True)
    return outcome


class _Import:
    """One run over the rows of a list."""

    def __init__(self, resource):
        self.resource, self.outcome = resource, Outcome()
        self.rows_of_entries: dict[int, int] = {}  # entries whose names may change, with the first row that does it

    def run(self, rows):
        names_matter = self.resource.model in {Entry, Name}
        names, mentions = (names_of(), _mentions()) if names_matter else ({}, {})
        actions: dict[Callable, list] = {self._delete: [], self._change: [], self._add: []}
        for row, record in self._matched(rows):
            action = self._delete if _is_deletion(row) else self._add if record is None else self._change
            actions[action].append((row, record))
        for action, pairs in actions.items():
            for row, record in pairs:
                self._attempt(action, row, record)
        if names_matter and not self.outcome.errors:
            self._relink(names, mentions)
        self.outcome.effects.sort(key=lambda effect: effect.row)
        self.outcome.errors.sort(key=lambda error: error.row)
        return self.outcome

    def _matched(self, rows):
        """The rows without errors in id and version, each with its record, or None for a new one."""
        keys = [whole_number(row.cells.get(ID, ""), MOST_ID) for row in rows]
        records = self.resource.records().in_bulk([key for key in keys if key is not None])
        seen = set()
        for row, key in zip(rows, keys, strict=True):
            if not row.cells.get(ID):
                yield row, None
            elif key in seen:
                self._add_error(row, ID, f"Record {key} appears more than once in the list.")
            elif self._attempt(self._check_version, row, records.get(key)):
                seen.add(key)
                yield row, records[key]

    def _check_version(self, row, record):
        """Refuses a row whose record has changed since the list was downloaded, unless it has changed to the same."""
        if record is None:
            message = f"There is no record {row.cells[ID]}: it was deleted, or the list comes from another site."
            raise ValidationError({ID: message})
        now, cells = self.resource.row(record), self._cells(row)
        version = row.cells.get(VERSION)
        differing = [f"{column} is now “{now[column]}”" for column, cell in cells.items() if now[column] != cell]
        if version == now[VERSION] or not (differing or _is_deletion(row)):
            return
        if not version:
            message = "The version is missing, so it is unknown what has changed since. Download the list again."
            raise ValidationError({VERSION: message})
        what = "; ".join(differing) or "it was edited and then restored"
        raise ValidationError({VERSION: f"The record was changed after the list was downloaded: {what}."})

    def _cells(self, row):
        """The cells of a row that describe the record."""
        return {column: cell for column, cell in row.cells.items() if column in self.resource.fields}

    def _attempt(self, action, row, record):
        """Runs an action on a row and its record; returns whether it succeeded, and adds its errors to the outcome."""
        try:
            with transaction.atomic():
                action(row, record)
            return True
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                column = "entry_slug" if name == "entry" else name if name in self.resource.columns else ""
                self._add_error(row, column, " ".join(messages))
        except IntegrityError:
            self._add_error(row, "", "Duplicate: an identical record already exists.")
        return False

    def _delete(self, row, record):
        if record is None:
            raise ValidationError({DELETE: "A row without an id cannot delete a record."})
        self._add_effect(row, DELETE, _title(record), (), _entry_key(record))
        if isinstance(record, Entry):
            delete_entry(record)
        else:
            record.delete()

    def _change(self, row, record):
        before, title, entry = self.resource.cells(record), _title(record), _entry_key(record)
        changed = {column: cell for column, cell in self._cells(row).items() if cell != before[column]}
        for column in self.resource.fixed:
            if column in changed:
                message = f"It must remain “{before[column]}”. Add a row without id instead, and delete this one."
                raise ValidationError({column: message})
        if changed:
            self.resource.fill(record, changed)
        after = self.resource.cells(record)
        cells = tuple((column, before[column], cell) for column, cell in after.items() if cell != before[column])
        if not cells:
            self.outcome.unchanged += 1
            return
        record.save()
        self._add_effect(row, "change", title, cells, entry, _entry_key(record))

    def _add(self, row, record):
        record = self.resource.model()
        cells = {column: cell for column, cell in self._cells(row).items() if cell}
        self.resource.fill(record, dict.fromkeys(self.resource.fixed, "") | cells)
        record.save()
        cells = tuple((column, "", cell) for column, cell in self.resource.cells(record).items() if cell)
        self._add_effect(row, "add", _title(record), cells, _entry_key(record))

    def _add_effect(self, row, action, title, cells, *entries):
        self.outcome.effects.append(RowEffect(row.number, action, title, cells))
        for entry in entries:
            if entry is not None:
                self.rows_of_entries.setdefault(entry, row.number)

    def _add_error(self, row, column, message):
        self.outcome.errors.append(CsvError(row.number, column, message))

    def _relink(self, names, mentions):
        """Brings links and search index in line with the names, and adds what that does to the outcome."""
        for key, number in self.rows_of_entries.items():
            try:
                refuse_clashes([key])
            except NameClash as clash:
                self.outcome.errors.append(CsvError(number, "", str(clash)))
        if not self.outcome.errors:
            relink(names, self.rows_of_entries)
            self.outcome.links = _differences(mentions, _mentions())


def _is_deletion(row):
    return row.cells.get(DELETE, "").lower() in YesNoField.YES


def _mentions():
    """Every mention that readers see by its place, as (words, name of the entry, number of the paragraph)."""
    shown = Mention.objects.shown()
    rows = shown.values_list("block", "start", "end", "surface", "entry__name", "block__paragraph__number")
    return {row[:3]: row[3:] for row in rows.order_by()}


def _differences(before, after):
    effects = []
    for place in before.keys() | after.keys():
        surface, _, paragraph = after.get(place) or before[place]
        old, new = (mentions[place][1] if place in mentions else "" for mentions in (before, after))
        if old != new:
            effects.append(LinkEffect(paragraph, surface, old, new))
    return sorted(effects)


def _entry_key(record):
    """The key of the entry to which a record belongs, or None."""
    return record.pk if isinstance(record, Entry) else getattr(record, "entry_id", None)


def _title(record: Model):
    return f"“{record.text}” of {record.entry}" if isinstance(record, Name) else str(record)
