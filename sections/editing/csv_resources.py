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
from django.db.models import Model, QuerySet, TextChoices

from sections.models import ArticleLink, Basis, Confidence, ConventionArticle, Entry, Name, Paragraph, Report, Review
from sections.models.kinds import KINDS_BY_TYPE
from sections.text.whole_numbers import whole_number

ID, VERSION, DELETE = "id", "version", "delete"


class TextField(forms.CharField):
    """Any text; the model decides whether it may be empty."""

    def __init__(self, help_text: str) -> None:
        super().__init__(required=False, help_text=help_text)


class ChoiceField(forms.ChoiceField):
    """One of the values of a TextChoices, in any case."""

    def __init__(self, choices: type[TextChoices], help_text: str = "") -> None:
        values = ", ".join(choices.values)
        errors = {
            "invalid_choice": f"“%(value)s” is not valid. Valid values: {values}.",
            "required": f"The cell is empty. Valid values: {values}.",
        }
        super().__init__(choices=choices.choices, error_messages=errors, help_text=help_text or values)

    def to_python(self, value: str) -> str:
        return super().to_python(value).lower()


class YesNoField(forms.Field):
    """A boolean, written as yes or no."""

    VALUES = dict.fromkeys(["yes", "y", "true", "1", "sí", "si", "x"], True) | dict.fromkeys(
        ["no", "n", "false", "0"], False
    )

    def clean(self, value: str) -> bool:
        if not value:
            return False
        if value.lower() not in self.VALUES:
            raise ValidationError(f"“{value}” is not valid. Write yes or no.")
        return self.VALUES[value.lower()]

    def prepare_value(self, value: bool) -> str:
        return "yes" if value else "no"


class ParagraphField(forms.Field):
    """A paragraph: its number, after the symbol of its report unless that is the default report."""

    def __init__(self, help_text: str, required: bool) -> None:
        super().__init__(
            required=required, help_text=help_text, error_messages={"required": "Give a paragraph number."}
        )
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


class CsvResource(ABC):
    """A list. Every list has the columns id, version and delete, and those of its fields."""

    key: str
    title: str
    model: type[Model]
    fixed: tuple[str, ...] = ()  # columns that only a new record can be given

    def __init__(self) -> None:
        self.fields: dict[str, forms.Field] = self.make_fields()
        self.columns = [ID, VERSION, DELETE, *self.fields]

    @abstractmethod
    def make_fields(self) -> dict[str, forms.Field]:
        """The form field of each column."""

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
            try:
                values[column] = self.fields[column].clean(cell)
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
    key, title, model, fixed = "entries", "Entries", Entry, ("type", "slug")

    def make_fields(self) -> dict[str, forms.Field]:
        year = {"required": False, "min_value": 1000, "max_value": 2999, "help_text": "only where the report states it"}
        return {
            "type": ChoiceField(Entry.Type, "institution, law or programme; cannot be changed"),
            "slug": TextField("the last part of the address; cannot be changed, as people cite it"),
            "name": TextField("as the report prints it, in its fullest form"),
            "kind": TextField("one word, such as ministry, act or plan"),
            "description": TextField("one line"),
            "description_paragraph": ParagraphField("number of the paragraph that says so", required=False),
            "start_year": forms.IntegerField(**year),
            "end_year": forms.IntegerField(**year),
        }

    def records(self) -> QuerySet:
        return Entry.objects.select_related("description_paragraph__report").order_by("type", "slug")

    def set_values(self, record: Entry, values: dict[str, Any]) -> None:
        super().set_values(record, values)
        kinds = KINDS_BY_TYPE[record.type]
        if record.kind not in kinds:
            message = f"“{record.kind}” is not a valid kind of {record.type}. Valid kinds: {', '.join(kinds)}."
            raise ValidationError({"kind": message})


class NameResource(CsvResource):
    key, title, model = "names", "Names", Name

    def make_fields(self) -> dict[str, forms.Field]:
        return {
            "entry_type": ChoiceField(Entry.Type),
            "entry_slug": TextField("the last part of the entry’s address"),
            "text": TextField("the name"),
            "language": ChoiceField(Name.Language),
            "form": ChoiceField(Name.Form),
            "in_report": YesNoField(help_text="yes, or no for a name that editors add from elsewhere"),
        }

    def records(self) -> QuerySet:
        return Name.objects.select_related("entry").order_by("entry__type", "entry__slug", "language", "form", "text")

    def value(self, record: Name, column: str) -> Any:
        of_entry = {"entry_type": "type", "entry_slug": "slug"}
        return getattr(record.entry, of_entry[column]) if column in of_entry else getattr(record, column)

    def set_values(self, record: Name, values: dict[str, Any]) -> None:
        own = (record.entry.type, record.entry.slug) if record.entry_id else ("", "")
        type, slug = values.pop("entry_type", own[0]), values.pop("entry_slug", own[1])
        if (type, slug) != own:
            record.entry = Entry.objects.filter(type=type, slug=slug).first()
            if record.entry is None:
                raise ValidationError({"entry_slug": f"There is no {type} with the address “{slug}”."})
        super().set_values(record, values)


class ArticleResource(CsvResource):
    key, title, model, fixed = "articles", "Article links", ArticleLink, ("paragraph", "article")

    def make_fields(self) -> dict[str, forms.Field]:
        paragraph = "number of the paragraph; of another report: its symbol, a space, the number; cannot be changed"
        return {
            "paragraph": ParagraphField(paragraph, required=True),
            "article": ArticleField(help_text="number of the article of the Convention; cannot be changed"),
            "basis": ChoiceField(Basis),
            "confidence": ChoiceField(Confidence),
            "reason": TextField("one sentence: why the paragraph relates to the article"),
            "review": ChoiceField(Review),
        }

    def records(self) -> QuerySet:
        rows = ArticleLink.objects.select_related("paragraph__report", "article")
        return rows.order_by("paragraph__report__symbol", "paragraph__number", "article__number")


RESOURCES: dict[str, type[CsvResource]] = {
    resource.key: resource for resource in (EntryResource, NameResource, ArticleResource)
}


def resource_for(columns: list[str]) -> CsvResource | None:
    """The list to which a file with these columns belongs: the one with most of them; None if it has none."""
    resources = [resource() for resource in RESOURCES.values()]
    shared = [len(set(columns) & set(resource.fields)) for resource in resources]
    return resources[shared.index(max(shared))] if any(shared) else None
