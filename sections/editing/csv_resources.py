"""The three lists that can be edited as CSV: their columns, and how a record becomes a row and a row a record.

The columns are form fields, which parse cells and refuse them in words. django-import-export 4.4 was tried and refused:
its formula escaping deletes a leading "=" from the data and ignores "+", "-" and "@", so that a list does not come back
unchanged; it creates records for unknown ids, and leaves PostgreSQL's transaction broken after a constraint error.
Versions, the order of deletions, links and errors by row remained ours, and the whole was not shorter.
"""

from copy import deepcopy
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from sections.models import ArticleLink, ConventionArticle, Entry, Name, Paragraph, Report
from sections.models.kinds import KINDS_BY_TYPE
from sections.text.whole_numbers import whole_number

ID, VERSION, DELETE = "id", "version", "delete"


class YesNoField(forms.Field):
    """A boolean, written as yes or no."""

    YES, NO = {"yes", "y", "true", "1", "sí", "si", "x"}, {"no", "n", "false", "0", ""}

    def clean(self, value: str) -> bool:
        if value.lower() not in self.YES | self.NO:
            raise ValidationError(f"“{value}” is not valid. Write yes or no.")
        return value.lower() in self.YES

    def prepare_value(self, value: bool) -> str:
        return "yes" if value else "no"


class ParagraphField(forms.Field):
    """A paragraph: its number, after the symbol of its report unless that is the default report."""

    default_error_messages = {"required": "Give the number of a paragraph."}

    @cached_property
    def default(self) -> Report | None:
        return Report.objects.default()

    def to_python(self, value: str) -> Paragraph | None:
        if not value:
            return None
        symbol, _, number = value.rpartition(" ")
        symbol = symbol.strip().upper() or (self.default.symbol if self.default else "")
        paragraph = Paragraph.objects.filter(report__symbol=symbol, number=whole_number(number)).first()
        if paragraph is None:
            raise ValidationError(f"There is no paragraph “{value}” in {symbol or 'any report'}.")
        return paragraph

    def prepare_value(self, value: Paragraph | None) -> str:
        if value is None:
            return ""
        return str(value.number) if value.report == self.default else f"{value.report.symbol} {value.number}"


class ArticleField(forms.Field):
    """An article of the Convention, by its number."""

    def to_python(self, value: str) -> ConventionArticle:
        article = ConventionArticle.objects.filter(number=whole_number(value)).first()
        if article is None:
            raise ValidationError(f"The Convention has no article “{value}”.")
        return article

    def prepare_value(self, value: ConventionArticle) -> str:
        return str(value.number)


def model_fields(model: type[Model], *names: str, **options: Any) -> dict[str, forms.Field]:
    """The form fields of a model's fields. They may be empty here: the model decides whether they may."""
    fields = {name: model._meta.get_field(name).formfield(required=False, **options) for name in names}
    for field in fields.values():
        if isinstance(field, forms.ChoiceField):
            values = ", ".join(str(value) for value, _ in field.choices if value)
            field.error_messages["invalid_choice"] = f"“%(value)s” is not valid. Valid values: {values}."
            field.help_text = field.help_text or values
    return fields


class CsvResource:
    """A list. Every list has the columns id, version and delete, and those of its fields."""

    key: str
    title: str
    model: type[Model]
    fields: dict[str, forms.Field]  # of the columns that describe the record, in order
    fixed: tuple[str, ...] = ()  # those that only a new record can be given
    sources: dict[str, str] = {}  # where a column shows a value of another record: its path from this one
    related: tuple[str, ...]  # the records that the columns refer to
    order: tuple[str, ...]

    def __init__(self) -> None:
        self.fields = deepcopy(self.fields)
        self.columns = [ID, VERSION, DELETE, *self.fields]

    def records(self) -> QuerySet:
        """The records of the list, in its order, with the records that they refer to."""
        return self.model.objects.select_related(*self.related).order_by(*self.order)

    def row(self, record: Model) -> dict[str, str]:
        """A record as a row; its version changes with any cell."""
        cells = self.cells(record)
        version = sha256("\0".join(cells.values()).encode()).hexdigest()[:10]
        return {ID: str(record.pk), VERSION: version, DELETE: "", **cells}

    def cells(self, record: Model) -> dict[str, str]:
        """The cells of a record without id, version and delete."""
        cells = {}
        for column, field in self.fields.items():
            cell = field.prepare_value(attrgetter(self.sources.get(column, column))(record))
            cells[column] = "" if cell is None else str(cell)
        return cells

    def fill(self, record: Model, cells: dict[str, str]) -> None:
        """Gives the record what the cells say, unsaved. Raises ValidationError with the messages by column."""
        values, errors = {}, {}
        for column, cell in cells.items():
            field = self.fields[column]
            try:
                values[column] = field.clean(cell.lower() if isinstance(field, forms.ChoiceField) else cell)
            except ValidationError as error:
                errors[column] = error.messages
        if errors:
            raise ValidationError(errors)
        self.set_values(record, values)
        record.full_clean()

    def set_values(self, record: Model, values: dict[str, Any]) -> None:
        """Sets the values of columns on a record. Raises ValidationError as `fill` does."""
        for column, value in values.items():
            setattr(record, column, value)


class EntryResource(CsvResource):
    key, title, model = "entries", "Entries", Entry
    fields = {
        **model_fields(Entry, "type", "slug", "name"),
        "kind": forms.CharField(required=False, help_text="One word, such as ministry, act or plan."),
        **model_fields(Entry, "description"),
        "description_paragraph": ParagraphField(required=False, help_text="Number of the paragraph that says so."),
        **model_fields(Entry, "start_year", "end_year", min_value=1000, max_value=2999),
    }
    fixed = ("type", "slug")
    related, order = ("description_paragraph__report",), ("type", "slug")

    def set_values(self, record: Entry, values: dict[str, Any]) -> None:
        super().set_values(record, values)
        kinds = KINDS_BY_TYPE.get(record.type, {})
        if kinds and record.kind not in kinds:
            message = f"“{record.kind}” is not a valid kind of {record.type}. Valid kinds: {', '.join(kinds)}."
            raise ValidationError({"kind": message})


class NameResource(CsvResource):
    key, title, model = "names", "Names", Name
    fields = {
        **{f"entry_{name}": field for name, field in model_fields(Entry, "type", "slug").items()},
        **model_fields(Name, "text", "language", "form"),
        "in_report": YesNoField(
            help_text="Whether a report prints it: found out by the desk; changes to it are ignored"
        ),
    }
    sources = {"entry_type": "entry.type", "entry_slug": "entry.slug"}
    related, order = ("entry",), ("entry__type", "entry__slug", "language", "form", "text")

    def set_values(self, record: Name, values: dict[str, Any]) -> None:
        values.pop("in_report", None)  # what the text of the reports says; see printed_names
        own = (record.entry.type, record.entry.slug) if record.entry_id else ("", "")
        type, slug = values.pop("entry_type", own[0]), values.pop("entry_slug", own[1])
        if (type, slug) != own:
            entry = Entry.objects.filter(type=type, slug=slug).first()
            if entry is None:
                raise ValidationError({"entry_slug": f"There is no {type} with the address “{slug}”."})
            record.entry = entry
        super().set_values(record, values)


class ArticleResource(CsvResource):
    key, title, model = "articles", "Article links", ArticleLink
    fields = {
        "paragraph": ParagraphField(
            help_text="Number of the paragraph; of another report: its symbol, a space, the number. Cannot be changed."
        ),
        "article": ArticleField(help_text="Number of the article of the Convention. Cannot be changed."),
        **model_fields(ArticleLink, "basis", "confidence", "reason", "review"),
    }
    fixed = ("paragraph", "article")
    related = ("paragraph__report", "article")
    order = ("paragraph__report__symbol", "paragraph__number", "article__number")


RESOURCES: dict[str, type[CsvResource]] = {
    resource.key: resource for resource in (EntryResource, NameResource, ArticleResource)
}


def resource_for(columns: list[str]) -> CsvResource | None:
    """The list to which a file with these columns belongs: the one with most of them; None if it has none."""
    resource = max(RESOURCES.values(), key=lambda resource: len(resource.fields.keys() & columns))
    return resource() if resource.fields.keys() & columns else None
