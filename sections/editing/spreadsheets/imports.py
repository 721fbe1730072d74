"""Imports an edited list: all rows or none, and in a trial run everything is rolled back."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from sections.editing.relink import NameClash, names_of, refuse_clashes, relink
from sections.models import Change, Upload, changing

from .cells import DATE, ERROR, FORMULA, Grid, words_of
from .columns import DayField, is_deletion, number_in
from .csv_text import read_csv
from .encodings import is_garbled, is_what_remains
from .file_errors import CellError, InvalidFile
from .lists import DELETE, ID, VERSION, Errors, SpreadsheetList
from .outcome import Outcome, RowEffect, all_mentions, link_effects
from .register import COLUMNS, LISTS
from .tables import Table, TableRow, read_table

UNCONFIRMED = timedelta(days=1)  # how long an upload waits to be confirmed
VERSIONS = re.compile(r"v-[bcdfghjkmnpqrstv]{10}|[0-9a-f]{10}", re.IGNORECASE)


def keep_upload(**values: Any) -> Upload:
    """Stores an uploaded list until its user confirms it; deletes uploads that nobody confirmed in time."""
    with transaction.atomic():
        Upload.objects.filter(when__lt=timezone.now() - UNCONFIRMED).delete()
        return Upload.objects.create(**values)


def grid_of(upload: Upload) -> Grid:
    """The rows of the file that was uploaded."""
    return Grid.from_text(upload.text) if upload.text.startswith("{") else read_csv(upload.text, COLUMNS)


def import_upload(upload: Upload, expected: str | None = None) -> Outcome:
    """What an uploaded list would do, in a trial run that is rolled back; does it if that is what is expected.

    `expected` is the digest of an outcome. Any error, or another outcome, rolls everything back.
    """
    spreadsheet = LISTS[upload.sheet]()
    try:
        grid = grid_of(upload)
    except InvalidFile as error:
        return Outcome(errors=[CellError(0, "", str(error))])
    table = read_table(grid, spreadsheet.columns)
    with changing(Change.Kind.EDIT, upload.reason, upload.user):
        outcome = _Import(spreadsheet, table, grid.encoding).run()
        if expected not in {None, outcome.digest} and not outcome.errors:
            words = _("Records have changed meanwhile; the list would now do something else.")
            outcome.errors.append(CellError(0, "", words))
        if expected is None or outcome.errors:
            transaction.set_rollback(True)
    return outcome


@dataclass
class _Row:
    """A row of the file with the record that it is about, None for a new one, and what is wrong with it so far."""

    number: int
    cells: dict[str, str]
    record: Model | None = None
    deletes: bool = False
    errors: list[CellError] = field(default_factory=list)

    def add(self, errors: Errors) -> None:
        self.errors += [CellError(self.number, column, " ".join(messages)) for column, messages in errors.items()]


class _Import:
    """One run over the rows of a list."""

    def __init__(self, spreadsheet: SpreadsheetList, table: Table, encoding: str):
        self.encoding = encoding
        self.list, self.table, self.outcome = spreadsheet, table, Outcome(errors=list(table.errors))
        self.rows_of_entries: dict[int, int] = {}  # entries whose names may change, with the first row that does it

    def run(self):
        names, mentions = (names_of(), all_mentions()) if self.list.renames else (None, {})
        rows = self._matched()
        deleted = [row for row in rows if row.deletes]
        changed = [row for row in rows if row.record is not None and not row.deletes]
        for row in deleted:
            self._delete(row)
        refused = [row for row in changed if not self._change(row)]
        if len(refused) > 1 and not self.list.model._meta.related_objects:
            self._exchange(refused)
        for row in rows:
            if not row.deletes and not row.cells.get(ID):
                self._add(row)
        self.outcome.errors += [error for row in rows for error in row.errors]
        if names is not None and not self.outcome.errors:
            self._relink(names, mentions)
        return self.outcome.in_order()

    def _matched(self):
        """The rows of the file, each with its record."""
        faulty = {(error.row, error.column) for error in self.table.errors}
        keys = [number_in(words_of(row.cells.get(ID, ""))) for row in self.table.rows]
        records = self.list.records().in_bulk([key for key in keys if key is not None])
        rows, seen = [], set()
        for key, from_table in zip(keys, self.table.rows, strict=True):
            row = self._read(from_table, faulty)
            if row.cells.get(ID):
                row.record = records.get(key) if key not in seen else None
                self._check_record(row, key in seen)
                seen.add(key)
            elif row.cells.get(VERSION):
                row.add({ID: [_("The id is missing. Copy it from the list, or empty the version for a new record.")]})
            elif row.deletes:
                row.add({DELETE: [_("A row without an id cannot delete a record.")]})
            rows.append(row)
        return rows

    def _read(self, from_table: TableRow, faulty):
        """The cells that can be read as texts; those that cannot are errors."""
        row = _Row(from_table.number, {})
        for column, cell in from_table.cells.items():
            if column not in self.list.columns or (row.number, column) in faulty:
                continue
            is_day = isinstance(self.list.fields.get(column), DayField)
            if isinstance(cell, list) and not (is_day and cell[0] == DATE):
                row.add({column: [_not_text(*cell)]})
            elif is_garbled(text := words_of(cell)):
                words = _("“%(text)s” has lost its accents on the way. Save the file as “CSV UTF-8” or as .xlsx.")
                row.add({column: [words % {"text": text[:60]}]})
            else:
                row.cells[column] = text
        try:
            row.deletes = is_deletion(row.cells.get(DELETE, ""))
        except ValidationError as error:
            row.add({DELETE: error.messages})
        return row

    def _check_record(self, row, is_known):
        """Refuses a row whose record is gone, or has changed since the download unless it has changed to the same."""
        if is_known:
            row.add({ID: [_("Record %(id)s appears more than once in the list.") % {"id": row.cells[ID]}]})
        elif row.record is None:
            words = _("There is no record %(id)s: it was deleted, or the list comes from another site.")
            row.add({ID: [words % {"id": row.cells[ID][:60]}]})
        elif not self.list.is_version_of(version := row.cells.get(VERSION, ""), row.record):
            before = self.list.cells(row.record)
            now = [
                _("%(column)s is now “%(text)s”") % {"column": column, "text": before[column]}
                for column in self._changed(row, before)
            ]
            if now or row.deletes:
                row.add({VERSION: [_outdated(version, now)]})

    def _changed(self, row, before):
        """The cells of a row that say something else than the record does."""
        cells = {column: cell for column, cell in row.cells.items() if column in self.list.fields}
        return {
            column: cell
            for column, cell in cells.items()
            if cell != before[column]
            and not is_what_remains(cell, before[column], self.encoding)
            and self.list.read(column, cell) != before[column]
        }

    def _delete(self, row):
        if row.record is None or row.errors:
            return
        title, entries = self.list.title_of(row.record), self.list.entries_of(row.record)
        try:
            self.list.delete(row.record)
        except ValidationError as error:
            row.add(error.message_dict)
        else:
            self._add_effect(row, DELETE, title, (), entries)

    def _change(self, row, is_new=False):
        """Writes what a row changes; False where the model refuses it, as another record may be in its way."""
        record = row.record
        before, title, entries = self.list.cells(record), self.list.title_of(record), self.list.entries_of(record)
        changed = self._changed(row, before)
        errors = {}
        for column in [column for column in self.list.fixed if column in changed]:
            words = _("This stays “%(text)s”. For another, delete this row, and add one without an id.")
            errors[column] = [words % {"text": before[column]}]
            del changed[column]
        if not changed and not errors:
            self.outcome.unchanged += not row.errors
            return True
        errors |= self.list.fill(record, changed)
        refused = self.list.validate(record, known=errors)
        row.add(errors)
        after = self.list.cells(record) if not row.errors else before
        cells = tuple((column, before[column], cell) for column, cell in after.items() if cell != before[column])
        if row.errors or refused:
            is_alone = not row.errors
            row.add(refused)
            return not is_alone
        if not cells:
            self.outcome.unchanged += 1
        elif self._save(row, record, force_insert=is_new):
            self._add_effect(row, "change", title, cells, entries | self.list.entries_of(record))
        return True

    def _exchange(self, rows):
        """Changes rows that were in each other's way: all go before the first returns, each under its own key."""
        keys = [row.record.pk for row in rows]
        records = self.list.records().in_bulk(keys)
        for record in self.list.records().filter(pk__in=keys):
            record.delete()
        for row in rows:
            row.record, row.errors = records[row.record.pk], []
            row.record._state.adding = True
            self._change(row, is_new=True)

    def _add(self, row):
        record = self.list.model()
        needed = dict.fromkeys((*self.list.fixed, *self.list.needed), "")
        given = {column: cell for column, cell in row.cells.items() if cell and column in self.list.fields}
        known = {error.column for error in row.errors}
        cells = {column: cell for column, cell in (needed | given).items() if column not in known}
        errors = self.list.fill(record, cells)
        errors |= self.list.validate(record, known={*errors, *known})
        row.add(errors)
        if not row.errors and self._save(row, record):
            cells = tuple((column, "", cell) for column, cell in self.list.cells(record).items() if cell)
            self._add_effect(row, "add", self.list.title_of(record), cells, self.list.entries_of(record))

    def _save(self, row, record, **options):
        """Stores the record; a constraint that no model has checked is an error of the row."""
        try:
            with transaction.atomic():
                self.list.save(record, **options)
        except IntegrityError:
            row.add({"": [_("Another record is in the way of this one: it has the same place or name.")]})
            return False
        return True

    def _add_effect(self, row, action, title, cells, entries):
        self.outcome.effects.append(RowEffect(row.number, action, title, cells))
        for entry in entries:
            self.rows_of_entries.setdefault(entry, row.number)

    def _relink(self, names, mentions):
        """Brings links and search index in line with the names, and adds what that does to the outcome."""
        try:
            refuse_clashes(self.rows_of_entries)
        except NameClash:
            self._add_clashes()
            return
        relink(names, self.rows_of_entries)
        self.outcome.links = link_effects(mentions, all_mentions())

    def _add_clashes(self):
        """The names that two entries would have, each at the row by which it comes about."""
        for key, number in self.rows_of_entries.items():
            try:
                refuse_clashes([key])
            except NameClash as clash:
                self.outcome.errors.append(CellError(number, "", str(clash)))


def _not_text(kind, text):
    """Why a cell of a workbook is not read as a text."""
    words = {
        DATE: _("“%(text)s” is a date, which the spreadsheet has made. Format the column as text, and write it again."),
        FORMULA: _("The cell holds a formula: %(text)s. Copy the column, and paste it as values."),
        ERROR: _("The cell holds an error of the spreadsheet: %(text)s. Write what is meant."),
    }
    return words[kind] % {"text": text[:60]}


def _outdated(version, now):
    """Why a row is refused whose version is not that of its record."""
    if not version:
        return _("The version is missing, so it is unknown what has changed since. Download the list again.")
    if not VERSIONS.fullmatch(version):
        words = _("The spreadsheet altered the version “%(version)s”. Copy your changes into a list downloaded now.")
        return words % {"version": version[:60]}
    what = "; ".join(now) or _("it was edited and then restored")
    return _("The record was changed after the list was downloaded: %(what)s.") % {"what": what}
