"""The lists of what people say of the text: figures, dates, places, captions, subjects of replies, descriptions."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.records import is_summed, place_of, refuse_overlap, which_of
from sections.models import (
    Basis,
    ConventionArticle,
    DatedEvent,
    Entry,
    Figure,
    Place,
    PlaceMention,
    ReplySubject,
    Report,
    Review,
    Section,
)
from sections.models.translations import Translated

from .columns import DayField, KeyField, NumberField, ParagraphField, key_columns, number_in
from .columns import text_columns as texts
from .lists import Errors, SpreadsheetList

LANGUAGES = {"es": gettext_lazy("In Spanish."), "fr": gettext_lazy("In French.")}
YEAR = {"least": 1000, "most": 2999, "required": False}
MOST_WHICH = 999
WHERE = {
    "paragraph": ParagraphField(
        help_text=gettext_lazy("Number of the paragraph; of another report: its symbol, a space, the number.")
    ),
    "words": forms.CharField(max_length=200, help_text=gettext_lazy("As printed in the paragraph, letter for letter.")),
    "which": NumberField(
        least=1,
        most=MOST_WHICH,
        required=False,
        help_text=gettext_lazy("1 for the first place in the paragraph where these words stand, 2 for the second."),
    ),
}


class DecimalField(forms.Field):
    """A number with a point, also with separators of thousands as spreadsheets show them."""

    def to_python(self, value: str) -> Decimal | None:
        if not value:
            return None
        whole = number_in(value)
        try:
            number = Decimal(value) if whole is None else Decimal(whole)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            words = _("“%(text)s” is not a number. Write it like this: 1606581.68.")
            raise ValidationError(words % {"text": value[:60]})
        return number

    def prepare_value(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits


class PlaceField(forms.Field):
    """A place of the gazetteer, by the last part of its address."""

    def to_python(self, value: str) -> Place | None:
        place = Place.objects.filter(slug=value.lower()).first()
        if place is None:
            raise ValidationError(_("The gazetteer has no place “%(text)s”.") % {"text": value[:60]})
        return place

    def prepare_value(self, value: Place) -> str:
        return value.slug


class ReplyField(forms.Field):
    """A reply: the number of the question, after the symbol of its report unless that is the default report."""

    def to_python(self, value: str) -> Section:
        symbol, _space, number = value.rpartition(" ")
        report = Report.objects.filter(symbol__iexact=symbol).first() if symbol else Report.objects.default()
        reply = Section.objects.replies().filter(report=report, number=number_in(number)).first() if report else None
        if reply is None:
            raise ValidationError(_("There is no reply “%(text)s”.") % {"text": value[:60]})
        return reply

    def prepare_value(self, value: Section) -> str:
        return str(value.number) if value.report.is_default else f"{value.report.symbol} {value.number}"


class SpanList(SpreadsheetList):
    """Records of words of a paragraph. A row that says something new counts as confirmed, unless it says otherwise."""

    related, order = ("block__paragraph__report",), (
        "block__paragraph__report__symbol", "block__paragraph__number", "block__position", "start",
    )  # fmt: skip
    sources = {"words": "surface", "paragraph": "block.paragraph"}
    needed = ("paragraph", "words")
    duplicate = ("words", gettext_lazy("These words are recorded already. Change that row."))

    def cells(self, record: Model) -> dict[str, str]:
        record.which = which_of(record)
        return super().cells(record)

    def set_values(self, record: Model, values: dict[str, Any]) -> None:
        where = {name: values.pop(name) for name in WHERE if name in values}
        review = values.get("review", record.review)
        before = {name: getattr(record, name, None) for name in values}
        super().set_values(record, values)
        if where:
            self._lay(record, where)
        if where or any(getattr(record, name) != old for name, old in before.items() if name != "review"):
            record.basis = Basis.EDITOR
            if review == record.review == Review.UNREVIEWED and "review" not in values:
                record.review = Review.CONFIRMED

    def _lay(self, record, where):
        """Gives the record the place of its words."""
        paragraph = where.get("paragraph") or (record.block.paragraph if record.block_id else None)
        words, which = where.get("words") or record.surface, where.get("which") or getattr(record, "which", 1)
        if paragraph is None or not words:
            return
        try:
            record.block, record.start = place_of(words, paragraph, which)
            record.surface, record.end = words, record.start + len(words)
            refuse_overlap(record)
        except ValidationError as fault:
            columns = defaultdict(list)
            for name, messages in fault.message_dict.items():
                columns["words" if name == "surface" else name] += messages
            raise ValidationError(dict(columns)) from fault

    def validate(self, record: Model, known: Iterable[str] = ()) -> Errors:
        """What the model has against the record; its place is checked with its words."""
        return super().validate(record, {*known, "block", "start", "end"})

    def delete(self, record: Model) -> None:
        """Deletes a record; a figure that a checked sum uses can only be rejected."""
        if is_summed(record):
            raise ValidationError({"words": _("A checked sum uses this figure. Take it out of the sum, or reject it.")})
        super().delete(record)

    def title_of(self, record: Model) -> str:
        return f"“{record.surface}”, {record.block.paragraph}" if record.block_id else "?"


class FigureList(SpanList):
    """The figures of reports."""

    key, title, model = "figures", gettext_lazy("Figures"), Figure
    fields = {
        **WHERE,
        "value": DecimalField(help_text=gettext_lazy("Exact, such as 1606581.68.")),
        **key_columns(Figure, "kind"),
        "bound": KeyField([key for key in Figure.Bound.values if key], required=False),
        **texts(Figure, "unit", "what", "period"),
        "first_year": NumberField(**YEAR),
        "last_year": NumberField(**YEAR),
        **key_columns(Figure, "review"),
    }


class DateList(SpanList):
    """The dates of reports."""

    key, title, model = "dates", gettext_lazy("Dates"), DatedEvent
    fields = {
        **WHERE,
        "first": DayField(help_text=gettext_lazy("The first day that the words mean: 2017-05-02.")),
        "last": DayField(help_text=gettext_lazy("The last day that the words mean: 2017-05-02.")),
        **key_columns(DatedEvent, "precision", "sense"),
        **texts(DatedEvent, "what", "understood"),
        **key_columns(DatedEvent, "review"),
    }


class PlaceList(SpanList):
    """The places that reports name."""

    key, title, model = "places", gettext_lazy("Named places"), PlaceMention
    fields = {
        **WHERE,
        "place": PlaceField(help_text=gettext_lazy("The last part of its address, such as chiapas.")),
        **key_columns(PlaceMention, "review"),
    }
    related = (*SpanList.related, "place")


class TranslatedList(SpreadsheetList):
    """Records with a text and its translations, each in a column of its own."""

    translated: str  # the field with the text

    def cells(self, record: Translated) -> dict[str, str]:
        for code in LANGUAGES:
            setattr(record, f"{self.translated}_{code}", record.translations.get(code, {}).get(self.translated, ""))
        return super().cells(record)

    def set_values(self, record: Translated, values: dict[str, Any]) -> None:
        translations = {code: dict(own) for code, own in record.translations.items()}
        for code in LANGUAGES:
            if (given := values.pop(f"{self.translated}_{code}", None)) is None:
                continue
            own = translations.setdefault(code, {})
            own.pop(self.translated, None)
            if given:
                own[self.translated] = given
        record.translations = {code: own for code, own in translations.items() if own}
        super().set_values(record, values)


def _translations(model: type[Translated], name: str) -> dict[str, forms.Field]:
    longest = model._meta.get_field(name).max_length
    return {
        f"{name}_{code}": forms.CharField(required=False, max_length=longest, help_text=words)
        for code, words in LANGUAGES.items()
    }


class CaptionList(TranslatedList):
    """The captions of the Convention's articles; rows are changed, and neither added nor deleted."""

    key, title, model, translated = "captions", gettext_lazy("Captions of articles"), ConventionArticle, "subject"
    fields = {
        "number": NumberField(least=1, help_text=gettext_lazy("Number of the article. Cannot be changed.")),
        **texts(ConventionArticle, "subject"),
        **_translations(ConventionArticle, "subject"),
    }
    fixed, order = ("number",), ("number",)
    duplicate = ("number", gettext_lazy("The Convention has this article already. Change that row."))

    def set_values(self, record: ConventionArticle, values: dict[str, Any]) -> None:
        if record.pk is None:
            raise ValidationError({"number": _("Articles come with the Convention. A row without id adds none.")})
        super().set_values(record, values)

    def delete(self, record: ConventionArticle) -> None:
        raise ValidationError({"number": _("An article of the Convention cannot be deleted.")})


class ReplySubjectList(TranslatedList):
    """What replies are about."""

    key, title, model, translated = "replies", gettext_lazy("Subjects of replies"), ReplySubject, "text"
    fields = {
        "reply": ReplyField(help_text=gettext_lazy("Number of the question that it answers. Cannot be changed.")),
        **texts(ReplySubject, "text"),
        **_translations(ReplySubject, "text"),
    }
    sources, fixed = {"reply": "section"}, ("reply",)
    related, order = ("section__report",), ("section__report__symbol", "section__number")
    duplicate = ("reply", gettext_lazy("The reply has a subject already. Change that row."))

    def set_values(self, record: ReplySubject, values: dict[str, Any]) -> None:
        if "reply" in values:
            values["section"] = values.pop("reply")
        super().set_values(record, values)


class DescriptionList(TranslatedList):
    """The descriptions of entries in all languages; rows are changed, and neither added nor deleted."""

    key, title, model, translated = "descriptions", gettext_lazy("Descriptions of entries"), Entry, "description"
    fields = {
        "name": forms.CharField(required=False, help_text=gettext_lazy("The name of the entry. Cannot be changed.")),
        **texts(Entry, "description"),
        **_translations(Entry, "description"),
    }
    fixed, order = ("name",), ("type", "slug")
    duplicate = ("name", gettext_lazy("There is such an entry already."))

    def records(self) -> QuerySet[Entry]:
        return Entry.objects.all()

    def set_values(self, record: Entry, values: dict[str, Any]) -> None:
        if record.pk is None:
            raise ValidationError({"name": _("New entries are added in the list of entries.")})
        super().set_values(record, values)

    def delete(self, record: Entry) -> None:
        raise ValidationError({"name": _("Entries are deleted in the list of entries.")})
