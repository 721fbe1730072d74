"""The columns of lists: form fields that read cells as spreadsheets leave them, and refuse them in words."""

import re
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.models import ConventionArticle, Paragraph, Report
from sections.text.ranges import parse_ranges, range_words
from sections.text.whole_numbers import whole_number

MOST_ID = 10**15
MOST_NUMBER = 999_999  # of a paragraph
GROUPED = re.compile(r"\d{1,3}([.,' \u00a0\u202f’]\d{3})+")  # 2,630 as some spreadsheets show 2630
WITHOUT_FRACTION = re.compile(r"(\d+)[.,]0{1,2}")  # 58.0
DAY = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+)?|\d{1,4}[./-]([a-zé]{3,9}\.?|\d{1,2})[./-]\d{1,4}|[a-zé]{3}-\d\d", re.I)
YES = {"yes", "y", "true", "1", "sí", "si", "s", "verdadero", "oui", "o", "vrai"}
NO = {"no", "n", "false", "0", "falso", "non", "faux"}
DELETE_WORDS = {"yes", "true", "delete", "sí", "si", "verdadero", "eliminar", "borrar", "oui", "vrai", "supprimer"}
KEEP_WORDS = {"", "no", "false", "falso", "non", "faux"}


def number_in(text: str, most: int = MOST_ID) -> int | None:
    """The whole number in a cell, also as a spreadsheet shows it: 58.0 or 2,630; None for all else."""
    text = text.strip()
    if GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif found := WITHOUT_FRACTION.fullmatch(text):
        text = found[1]
    return whole_number(text, most)


def is_deletion(text: str) -> bool:
    """Whether a cell says that its record is to be deleted. Raises ValidationError where that is unclear."""
    if text.lower() in DELETE_WORDS:
        return True
    if text.lower() in KEEP_WORDS:
        return False
    words = _("“%(text)s” does not say clearly whether to delete the record. Write yes, or leave the cell empty.")
    raise ValidationError(words % {"text": text[:60]})


class NumberField(forms.Field):
    """A whole number between two others."""

    def __init__(self, least: int = 0, most: int = MOST_NUMBER, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def to_python(self, value: str) -> int | None:
        if not value:
            return None
        if DAY.fullmatch(value):
            words = _(
                "“%(text)s” is a date, which the spreadsheet has made. Format the column as text, and write the number."
            )
            raise ValidationError(words % {"text": value})
        number = number_in(value)
        if number is None:
            raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": value[:60]})
        if not self.least <= number <= self.most:
            words = _("%(number)s is not possible here. Give a number from %(least)s to %(most)s.")
            raise ValidationError(words % {"number": number, "least": self.least, "most": self.most})
        return number


class YesNoField(forms.Field):
    """A boolean, written as yes or no; also as spreadsheets write it in English, Spanish and French."""

    def clean(self, value: str) -> bool:
        if value.lower() in YES | NO:
            return value.lower() in YES
        if not value:
            raise ValidationError(_("The cell is empty. Write yes or no."))
        raise ValidationError(_("“%(text)s” is not clear. Write yes or no.") % {"text": value[:60]})

    def prepare_value(self, value: bool) -> str:
        return "yes" if value else "no"


class KeyField(forms.ChoiceField):
    """One of several keys, in small or capital letters."""

    def __init__(self, keys: Any, **options: Any) -> None:
        self.keys = list(keys)
        options.setdefault("help_text", ", ".join(self.keys))
        super().__init__(choices=[(key, key) for key in self.keys], **options)

    def to_python(self, value: str) -> str:
        return value.lower()

    def validate(self, value: str) -> None:
        if value in self.keys or (not value and not self.required):
            return
        words = (
            _("“%(text)s” is none of the values of this column, which are: %(keys)s.")
            if value
            else _("The cell is empty. Write one of these: %(keys)s.")
        )
        raise ValidationError(words % {"text": value[:60], "keys": ", ".join(self.keys)})


class ReportField(forms.Field):
    """A report, by its symbol; the default report where the cell is empty."""

    def to_python(self, value: str) -> Report | None:
        report = Report.objects.filter(symbol__iexact=value).first() if value else Report.objects.default()
        if report is None:
            words = (
                _("There is no report with the symbol “%(symbol)s”.") if value else _("Give the symbol of a report.")
            )
            raise ValidationError(words % {"symbol": value[:60]})
        return report

    def prepare_value(self, value: Report) -> str:
        return value.symbol


class ParagraphField(forms.Field):
    """A paragraph: its number, after the symbol of its report unless that is the default report."""

    default_error_messages = {"required": gettext_lazy("The cell is empty. Give the number of a paragraph.")}

    @cached_property
    def default(self) -> Report | None:
        return Report.objects.default()

    def to_python(self, value: str) -> Paragraph | None:
        if not value:
            return None
        symbol, _space, number = value.rpartition(" ")
        if number_in(value) is not None:
            symbol, number = "", value
        symbol = symbol.strip().removesuffix(" para.").rstrip(",").upper()
        symbol = symbol or (self.default.symbol if self.default else "")
        paragraphs = Paragraph.objects.filter(report__symbol=symbol, number=number_in(number, MOST_NUMBER))
        if found := paragraphs.select_related("report").first():
            return found
        if not Report.objects.filter(symbol=symbol).exists():
            words = _("There is no report with the symbol “%(symbol)s”.")
        elif number_in(number) is None:
            words = _("“%(text)s” is not the number of a paragraph. Write a number, such as 58.")
        else:
            words = _("%(symbol)s has no paragraph %(number)s.")
        raise ValidationError(words % {"symbol": symbol[:60], "number": number_in(number), "text": value[:60]})

    def prepare_value(self, value: Paragraph | None) -> str:
        if value is None:
            return ""
        return str(value.number) if value.report == self.default else f"{value.report.symbol} {value.number}"


class ArticleField(forms.Field):
    """An article of the Convention, by its number."""

    default_error_messages = {"required": gettext_lazy("The cell is empty. Give the number of an article.")}

    def to_python(self, value: str) -> ConventionArticle | None:
        if not value:
            return None
        article = ConventionArticle.objects.filter(number=number_in(value, MOST_NUMBER)).first()
        if article is None:
            raise ValidationError(_("The Convention has no article “%(text)s”.") % {"text": value[:60]})
        return article

    def prepare_value(self, value: ConventionArticle) -> str:
        return str(value.number)


class NumbersField(forms.Field):
    """Numbers of paragraphs: "12; 14–16". Semicolons, as "5,7" would become a fraction in many spreadsheets."""

    default_error_messages = {"required": gettext_lazy("The cell is empty. Give the numbers of paragraphs.")}

    def to_python(self, value: str) -> list[int]:
        if (number := number_in(value, MOST_NUMBER)) is not None:
            return [number]
        try:
            return parse_ranges(value, MOST_NUMBER)
        except ValueError as error:
            words = _("“%(text)s” are no numbers of paragraphs. Write them like this: 12; 14–16.")
            raise ValidationError(words % {"text": value[:60]}) from error

    def prepare_value(self, value: list[int]) -> str:
        return "; ".join(range_words(value))


class PhrasesField(forms.Field):
    """Phrases, one a line of the cell; empty lines and duplicates are left out."""

    default_error_messages = {"required": gettext_lazy("The cell is empty. Write at least one phrase.")}

    def to_python(self, value: str) -> list[str]:
        lines = (" ".join(line.split()) for line in value.splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def prepare_value(self, value: list[str]) -> str:
        return "\n".join(value)


class DayField(forms.DateField):
    """A day, written 2017-05-02."""

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: str) -> date | None:
        try:
            return super().to_python(value.split("T")[0].split(" 00:00")[0])
        except ValidationError as error:
            words = _("“%(text)s” is not a day. Write it like this: 2017-05-02.")
            raise ValidationError(words % {"text": value[:60]}) from error

    def prepare_value(self, value: date | None) -> str:
        return value.isoformat() if value else ""


def text_columns(model: type[Model], *names: str) -> dict[str, forms.Field]:
    """The form fields of a model's fields. They may be empty here: the model decides whether they may."""
    return {name: model._meta.get_field(name).formfield(required=False) for name in names}


def key_columns(model: type[Model], *names: str) -> dict[str, KeyField]:
    """Columns for a model's fields with choices."""
    return {name: KeyField(str(key) for key, _words in model._meta.get_field(name).flatchoices) for name in names}
