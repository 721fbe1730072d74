"""The three lists that can be edited as CSV: their columns, and how a record becomes a row and a row a record.

The columns are form fields, which parse cells and refuse them in words. django-import-export 4.4 was tried and refused:
its formula escaping deletes a leading "=" from the data and ignores "+", "-" and "@", so that a list does not come back
unchanged; it creates records for unknown ids, and leaves PostgreSQL's transaction broken after a constraint error.
Versions, the order of deletions, links and errors by row remained ours, and the whole was not shorter.
"""

from abc import ABC, abstractmethod
from hashlib import sha256
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

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default = Report.objects.default()

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


def model_field(model: type[Model], name: str) -> forms.Field:
    """The form field of a model's field. It may be empty here: the model decides whether it may."""
    field = model._meta.get_field(name).formfield(required=False)
    if isinstance(field, forms.ChoiceField):
        values = ", ".join(str(value) for value, _ in field.choices if value)
        field.error_messages["invalid_choice"] = f"“%(value)s” is not valid. Valid values: {values}."
        field.help_text = field.help_text or values
    return field


class CsvResource(ABC):
    """A list. Every list has the columns id, version and delete, and those of its fields."""

    key: str
    title: str
    model: type[Model]
    own: tuple[str, ...]  # the columns that describe the record, in order
    fixed: tuple[str, ...] = ()  # those that only a new record can be given

    def __init__(self) -> None:
        special = self.special_fields()
        self.fields = {column: special.get(column) or model_field(self.model, column) for column in self.own}
        self.columns = [ID, VERSION, DELETE, *self.own]

    def special_fields(self) -> dict[str, forms.Field]:
        """The form fields of columns that are not like the model's own."""
        return {}

    @abstractmethod
    def records(self) -> QuerySet:
        """The records of the list, in its order, with the records that they refer to."""

    def rows(self) -> list[dict[str, str]]:
        """Every record as a row."""
        return [self.row(record) for record in self.records()]

    def row(self, record: Model) -> dict[str, str]:
        """A record as a row; its version changes with any cell."""
        cells = self.cells(record)
        version = sha256("\0".join(cells.values()).encode()).hexdigest()[:10]
        return {ID: str(record.pk), VERSION: version, DELETE: "", **cells}

    def cells(self, record: Model) -> dict[str, str]:
        """The cells of a record without id, version and delete."""
        values = {column: self.value(record, column) for column in self.fields}
        prepared = {column: field.prepare_value(values[column]) for column, field in self.fields.items()}
        return {column: "" if cell is None else str(cell) for column, cell in prepared.items()}

    def value(self, record: Model, column: str) -> Any:
        """What a column holds of a record."""
        return getattr(record, column)

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
    own = ("type", "slug", "name", "kind", "description", "description_paragraph", "start_year", "end_year")
    fixed = ("type", "slug")

    def special_fields(self) -> dict[str, forms.Field]:
        year = {
            "required": False,
            "min_value": 1000,
            "max_value": 2999,
            "help_text": "Only where the report states it.",
        }
        return {
            "kind": forms.CharField(required=False, help_text="One word, such as ministry, act or plan."),
            "description_paragraph": ParagraphField(required=False, help_text="Number of the paragraph that says so."),
            "start_year": forms.IntegerField(**year),
            "end_year": forms.IntegerField(**year),
        }

    def records(self) -> QuerySet:
        return Entry.objects.select_related("description_paragraph__report").order_by("type", "slug")

    def set_values(self, record: Entry, values: dict[str, Any]) -> None:
        super().set_values(record, values)
        kinds = KINDS_BY_TYPE.get(record.type, {})
        if kinds and record.kind not in kinds:
            message = f"“{record.kind}” is not a valid kind of {record.type}. Valid kinds: {', '.join(kinds)}."
            raise ValidationError({"kind": message})


class NameResource(CsvResource):
    key, title, model = "names", "Names", Name
    own = ("entry_type", "entry_slug", "text", "language", "form", "in_report")

    def special_fields(self) -> dict[str, forms.Field]:
        return {
            "entry_type": model_field(Entry, "type"),
            "entry_slug": model_field(Entry, "slug"),
            "in_report": YesNoField(help_text="yes, or no for a name that editors add from elsewhere"),
        }

    def records(self) -> QuerySet:
        return Name.objects.select_related("entry").order_by("entry__type", "entry__slug", "language", "form", "text")

    def value(self, record: Name, column: str) -> Any:
        is_of_entry = column.startswith("entry_")
        return getattr(record.entry, column.removeprefix("entry_")) if is_of_entry else getattr(record, column)

    def set_values(self, record: Name, values: dict[str, Any]) -> None:
        own = (record.entry.type, record.entry.slug) if record.entry_id else ("", "")
        type, slug = values.pop("entry_type", own[0]), values.pop("entry_slug", own[1])
        if (type, slug) != own:
            record.entry = Entry.objects.filter(type=type, slug=slug).first()
            if record.entry is None:
                raise ValidationError({"entry_slug": f"There is no {type} with the address “{slug}”."})
        super().set_values(record, values)


class ArticleResource(CsvResource):
    key, title, model = "articles", "Article links", ArticleLink
    own = ("paragraph", "article", "basis", "confidence", "reason", "review")
    fixed = ("paragraph", "article")

    def special_fields(self) -> dict[str, forms.Field]:
        paragraph = "Number of the paragraph; of another report: its symbol, a space, the number. Cannot be changed."
        return {
            "paragraph": ParagraphField(required=True, help_text=paragraph),
            "article": ArticleField(help_text="Number of the article of the Convention. Cannot be changed."),
        }

    def records(self) -> QuerySet:
        rows = ArticleLink.objects.select_related("paragraph__report", "article")
        return rows.order_by("paragraph__report__symbol", "paragraph__number", "article__number")


RESOURCES: dict[str, type[CsvResource]] = {
    resource.key: resource for resource in (EntryResource, NameResource, ArticleResource)
}


def resource_for(columns: list[str]) -> CsvResource | None:
    """The list to which a file with these columns belongs: the one with most of them; None if it has none."""
    resource = max(RESOURCES.values(), key=lambda resource: len(set(columns) & set(resource.own)))
    return resource() if set(columns) & set(resource.own) else None
