"""What a list is: its columns, how a record becomes a row, and how the cells of a row are given to a record.

django-import-export 4.4 was tried and refused: its formula escaping deletes a leading "=" from the data and ignores
"+", "-" and "@", so that a list does not come back unchanged; it creates records for unknown ids, and leaves
PostgreSQL's transaction broken after a constraint error. Versions, the order of deletions, links and errors by row
remained ours, and the whole was not shorter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.models import Entry
from sections.queries.collation import sort_key
from sections.text.fold import clean

from .columns import KeyField

ID, VERSION, DELETE = "id", "version", "delete"
# A version has letters only, and no vowels: no spreadsheet takes it for a number, a date or a word.
LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv")
TYPES = ", ".join(Entry.Type.values)
Errors = dict[str, list[str]]


class SpreadsheetList:
    """A list. Every list has the columns id, version and delete, and those of its fields.

    A new list is a subclass, and its name in `register.LISTS`.
    """

    key: str  # in addresses and in the names of files
    title: str | Promise
    model: type[Model]
    fields: dict[str, forms.Field]  # of the columns that describe the record, in order
    fixed: tuple[str, ...] = ()  # those that only a new record can be given
    needed: tuple[str, ...] = ()  # other columns that a new record cannot do without
    sources: dict[str, str] = {}  # where a column shows a value of another record: its path from this one
    entries: dict[str, str] = {}  # fields that hold an entry: by each the prefix of its two columns, type and slug
    related: tuple[str, ...] = ()  # the records that the columns refer to
    order: tuple[str, ...]  # paths by which the rows are sorted
    duplicate: tuple[str, str | Promise]  # the column and the words that say that there is such a record already
    renames = False  # whether rows say by which names entries are found in the text

    def __init__(self) -> None:
        self.fields = deepcopy(self.fields)
        self.columns = [ID, VERSION, DELETE, *self.fields]

    def records(self) -> QuerySet:
        """The records of the list, with the records that they refer to."""
        return self.model.objects.select_related(*self.related)

    def in_order(self) -> list[Model]:
        """The records in the order of the registers, which is the same on every database."""
        return sorted(self.records(), key=lambda record: [_sort_key(record, path) for path in self.order])

    def row(self, record: Model) -> dict[str, str]:
        """A record as a row; its version changes with any cell."""
        cells = self.cells(record)
        return {ID: str(record.pk), VERSION: f"v-{_digest(cells).translate(LETTERS)}", DELETE: "", **cells}

    def is_version_of(self, version: str, record: Model) -> bool:
        """Whether a cell holds the version that a record has now, also in the hexadecimal form of older lists."""
        cells = self.cells(record)
        digest, version = _digest(cells), version.lower()
        if version in {f"v-{digest.translate(LETTERS)}", digest}:
            return True
        try:  # of digits only, or of digits and one e: a spreadsheet made another number of it
            return bool(version) and Decimal(version) == Decimal(digest)
        except InvalidOperation:
            return False

    def cells(self, record: Model) -> dict[str, str]:
        """The cells of a record without id, version and delete."""
        cells = {}
        for column, field in self.fields.items():
            path = self.sources.get(column) or self._entry_path(column) or column
            cell = field.prepare_value(attrgetter(path)(record))
            cells[column] = "" if cell is None else clean(str(cell)).strip()
        return cells

    def read(self, column: str, cell: str) -> str:
        """A cell as the list would write it; as it is, where it cannot be read."""
        try:
            value = self.fields[column].prepare_value(self.fields[column].clean(cell))
        except ValidationError:
            return cell
        return "" if value is None else clean(str(value)).strip()

    def fill(self, record: Model, cells: Mapping[str, str]) -> Errors:
        """Gives the record what the cells say, unsaved, as far as they can be read. Returns the errors by column."""
        values, errors = {}, defaultdict(list)
        for column, cell in cells.items():
            try:
                values[column] = self.fields[column].clean(cell)
            except ValidationError as error:
                errors[column] += error.messages
        for name, prefix in self.entries.items():
            self._set_entry(record, name, prefix, values, errors)
        try:
            self.set_values(record, values)
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                errors[column] += messages
        return dict(errors)

    def validate(self, record: Model, known: Iterable[str] = ()) -> Errors:
        """What the model has against a record, by column; the `known` columns have errors already."""
        known = set(known)
        left_out = {self.sources.get(column, column) for column in known}
        left_out |= {name for name, prefix in self.entries.items() if known & {f"{prefix}type", f"{prefix}slug"}}
        try:
            record.full_clean(exclude=left_out)
        except ValidationError as error:
            return self._by_column(error)
        return {}

    def _by_column(self, invalid):
        """The messages of a model by column; its words for a duplicate name the fields of the model."""
        columns = {name: f"{prefix}slug" for name, prefix in self.entries.items()}
        columns |= {path: column for column, path in self.sources.items()}
        errors = defaultdict(list)
        for name, found in invalid.error_dict.items():
            for error in found:
                if error.code in {"unique", "unique_together"}:
                    column, words = self.duplicate
                    errors[column].append(str(words))
                else:
                    errors[columns.get(name, name if name in self.fields else "")] += error.messages
        return dict(errors)

    def set_values(self, record: Model, values: dict[str, Any]) -> None:
        """Sets the values of columns on a record. Raises ValidationError with messages by column."""
        for column, value in values.items():
            setattr(record, column, value)

    def save(self, record: Model, **options: Any) -> None:
        """Stores a record with what belongs to it; the options are those of the model's `save`."""
        record.save(**options)

    def delete(self, record: Model) -> None:
        """Deletes a record with what belongs to it."""
        record.delete()

    def entries_of(self, record: Model) -> set[int]:
        """The keys of the entries by whose names the text is linked otherwise when the record changes."""
        return {getattr(record, f"{name}_id") for name in self.entries} - {None} if self.renames else set()

    def title_of(self, record: Model) -> str:
        """The record in words."""
        return str(record)

    def _entry_path(self, column):
        for name, prefix in self.entries.items():
            if column in {f"{prefix}type", f"{prefix}slug"}:
                return f"{name}.{column.removeprefix(prefix)}"
        return ""

    def _set_entry(self, record, name, prefix, values, errors):
        """Takes type and slug out of the values, and gives the record the entry that they name."""
        own = getattr(record, name, None) if getattr(record, f"{name}_id") else None
        given = [f"{prefix}type", f"{prefix}slug"]
        type, slug = (values.pop(f"{prefix}{part}", "") or getattr(own, part, "") for part in ("type", "slug"))
        if any(column in errors for column in given) or (own and (type, slug) == (own.type, own.slug)):
            return
        if slug and not type:
            errors[given[0]].append(_("The cell is empty. Write one of these: %(keys)s.") % {"keys": TYPES})
            return
        entry = Entry.objects.filter(type=type, slug=slug).first()
        if entry is None:
            errors[given[1]].append(no_such_entry(type, slug))
        else:
            setattr(record, name, entry)


def entry_columns(prefix: str) -> dict[str, forms.Field]:
    """The two columns that name an entry."""
    return {
        f"{prefix}type": KeyField(Entry.Type.values),
        f"{prefix}slug": forms.CharField(
            required=False, help_text=gettext_lazy("The last part of the entry’s address, such as travellers-act.")
        ),
    }


def no_such_entry(type: str, slug: str) -> str:
    """Says that nothing has this address."""
    if not slug:
        return _("The cell is empty. Write the last part of the entry’s address.")
    words = {
        "institution": _("There is no institution with the address “%(slug)s”."),
        "law": _("There is no law with the address “%(slug)s”."),
        "programme": _("There is no programme with the address “%(slug)s”."),
    }
    return words.get(type, _("There is no entry with the address “%(slug)s”.")) % {"slug": slug[:80]}


def _digest(cells):
    return sha256("\0".join(cells.values()).encode()).hexdigest()[:10]


def _sort_key(record, path):
    value = attrgetter(path.replace("__", "."))(record)
    return (1, sort_key(value), value) if isinstance(value, str) else (0, value if value is not None else -1)
