"""Figures, dates and named places: what the words of a paragraph mean, corrected, reviewed and added by editors."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.editing.records import is_summed, place_of, refuse_overlap, review_records, which_of
from sections.figures.tables import cell_at
from sections.models import Basis, Block, DatedEvent, Figure, Paragraph, PlaceMention, Relation, Review, Table
from sections.presenters.sums import localised

from ..base import AuditedAdmin, AuditedForm
from ..fields import LookupSelect
from ..list_filters import OfferedFilter, Options
from ..number_filters import ArticleNumberFilter, DateYearFilter, FigureYearFilter, ParagraphNumberFilter
from ..review.actions import ReviewActions

MOST_WHICH = 999


class SpanForm(AuditedForm):
    """The words of a paragraph that a record is about; they must stand there as typed."""

    paragraph = forms.ModelChoiceField(
        label=_("Paragraph"),
        queryset=Paragraph.objects.none(),
        help_text=_("Search by its number or by words in it."),
    )
    surface = forms.CharField(
        label=_("Words"), max_length=200, help_text=_("As printed in the paragraph, letter for letter.")
    )
    which = forms.IntegerField(
        label=_("Which occurrence"),
        min_value=1,
        max_value=MOST_WHICH,
        initial=1,
        help_text=_("1 for the first place in the paragraph where these words stand, 2 for the second."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["paragraph"]
        field.queryset = Paragraph.objects.select_related("report")
        field.widget = LookupSelect(Relation._meta.get_field("paragraph"), admin.site)
        field.widget.choices = field.choices
        if self.instance.pk:
            self.initial |= {"paragraph": self.instance.paragraph.pk, "which": which_of(self.instance)}

    def clean(self) -> dict[str, Any]:
        """Gives the record the place of its words; refuses words that do not stand there."""
        given = super().clean()
        if given.get("surface") and given.get("paragraph") and given.get("which"):
            row, words = self.instance, given["surface"]
            try:
                row.block, row.start = place_of(words, given["paragraph"], given["which"])
                row.end = row.start + len(words)
                self.check_place(row)
            except ValidationError as fault:
                for name, faults in fault.message_dict.items():
                    self.add_error(name, faults)
        return given

    def check_place(self, row: Any) -> None:
        """Refuses a place that another record has, with ValidationError by field."""
        refuse_overlap(row)


class ReportFilter(OfferedFilter):
    title, parameter_name = _("report"), "report"
    path = "block__paragraph__report"

    def get_options(self, model_admin: admin.ModelAdmin) -> Options:
        reports = Paragraph.objects.order_by("report__symbol").values_list("report", "report__symbol").distinct()
        return {str(key): (symbol, Q((self.path, key))) for key, symbol in reports}


class UnitFilter(OfferedFilter):
    """What one of the things counted is: the units in use, in alphabetical order."""

    title, parameter_name = _("unit"), "unit"

    def get_options(self, model_admin: admin.ModelAdmin) -> Options:
        units = Figure.objects.order_by("unit").values_list("unit", flat=True).distinct()
        return {unit: (unit, Q(unit=unit)) for unit in units}


class SpanAdmin(ReviewActions, AuditedAdmin):
    """Records of words of a paragraph. What a person saves here is confirmed, unless they choose otherwise."""

    form = SpanForm
    list_display_links = ["surface"]
    search_fields = ["surface", "what"]
    actions = ["confirm", "reject", "reset"]
    set_review = staticmethod(review_records)
    readonly_fields = ["where", "basis"]
    meaning: list[str | tuple[str, ...]] = []  # the fields of the form that say what the words mean

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        """Where the words stand, what they mean, and what people decided; of a new record the first two."""
        where = ["paragraph", "surface", "which", *(["where"] if obj else [])]
        decided = [(_("Review"), {"fields": ["review", "basis"]})] if obj else []
        return [
            (_("The words in the report"), {"fields": where}),
            (_("What they mean"), {"fields": self.meaning}),
            *decided,
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The records in the order of reading, each with its paragraph and the table that it stands in."""
        rows = super().get_queryset(request).select_related("block__paragraph__report", "block__table")
        return rows.order_by("block__paragraph__report", "block__paragraph__number", "block__position", "start")

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["block__paragraph__report", "block__paragraph__number", "block__position", "start"]

    def save_model(self, request: HttpRequest, obj: Any, form: SpanForm, change: bool) -> None:
        """Stores the record; who corrects or adds one has decided on it."""
        if set(form.changed_data) - {"review", "why"}:
            obj.basis = Basis.EDITOR
            if "review" not in form.changed_data and obj.review == Review.UNREVIEWED:
                obj.review = Review.CONFIRMED
        super().save_model(request, obj, form, change)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Deletes a record, unless a checked sum counts it: then it can only be rejected."""
        record = self.get_object(request, object_id)
        if record is not None and self.has_delete_permission(request, record) and is_summed(record):
            messages.error(request, gettext("A checked sum uses this figure. Take it out of the sum, or reject it."))
            return HttpResponseRedirect(reverse(f"admin:{self._url_name('change')}", args=[record.pk]))
        return super().delete_view(request, object_id, *args, **kwargs)

    @admin.display(description=_("paragraph"), ordering="block__paragraph__number")
    def number(self, row: Any) -> int:
        return row.paragraph.number

    @admin.display(description=_("place"))
    def where(self, row: Any) -> str:
        """The paragraph, and in a table the labels of row and column."""
        number = gettext("Paragraph %(number)s") % {"number": row.paragraph.number}
        cell = _cell(row)
        if cell is None:
            return number
        return gettext("%(place)s, table: row “%(row)s”, column “%(column)s”") % {
            "place": number, "row": cell[0], "column": cell[1],
        }  # fmt: skip


class FigureForm(SpanForm):
    """A figure; its value is shown without zeros that say nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["value"] = plain(self.instance.value)


def plain(value: Decimal) -> str:
    """A number without zeros at the end of its fraction: 1606581.68."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


@admin.register(Figure)
class FigureAdmin(SpanAdmin):
    """Numbers that count or measure something."""

    form = FigureForm
    list_display = ["surface", "amount", "what", "years", "number", "review"]
    list_filter = [
        "review", "kind", ParagraphNumberFilter, ArticleNumberFilter, FigureYearFilter, ReportFilter, UnitFilter,
    ]  # fmt: skip
    search_fields = ["surface", "unit", "what", "period", "=block__paragraph__number"]
    search_help_text = _("Number as printed, number of a paragraph, or words of the unit, period or thing counted")
    meaning = ["value", "bound", "kind", "unit", "what", "period", ("first_year", "last_year")]

    @admin.display(description=_("value"), ordering="value")
    def amount(self, figure: Figure) -> str:
        return f"{localised(figure.value.normalize())} {figure.unit}"

    @admin.display(description=_("years"), ordering="first_year")
    def years(self, figure: Figure) -> str:
        years = dict.fromkeys(str(year) for year in (figure.first_year, figure.last_year) if year)
        return "–".join(years)


@admin.register(DatedEvent)
class DatedEventAdmin(SpanAdmin):
    """Dates and periods, and what happened then."""

    list_display = ["surface", "days", "what", "number", "review"]
    list_filter = [
        "review", "sense", "precision", ParagraphNumberFilter, ArticleNumberFilter, DateYearFilter, ReportFilter,
    ]  # fmt: skip
    search_help_text = _("Date as printed, or words of what happened")
    meaning = [("first", "last"), "precision", "sense", "what", "understood"]

    @admin.display(description=_("days"), ordering="first")
    def days(self, event: DatedEvent) -> str:
        """The first and the last day, with the word that says how the date is meant."""
        days = " – ".join(dict.fromkeys(day.isoformat() for day in (event.first, event.last)))
        return f"{days}, {event.get_sense_display().partition(',')[0]}"


@admin.register(PlaceMention)
class PlaceMentionAdmin(SpanAdmin):
    """Words that name a place of the gazetteer."""

    list_display = ["surface", "place", "kind", "number", "review"]
    list_filter = ["review", "place__kind", ParagraphNumberFilter, ArticleNumberFilter, ReportFilter]
    search_fields = ["surface", "place__name"]
    search_help_text = _("Words as printed, or name of the place")
    autocomplete_fields = ["place"]
    meaning = ["place"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlaceMention]:
        return super().get_queryset(request).select_related("place")

    @admin.display(description=_("kind"), ordering="place__kind")
    def kind(self, row: PlaceMention) -> str:
        return row.place.get_kind_display()


def _cell(row):
    """The labels of the row and the column of the table that holds the words; None outside a table."""
    if row.block.kind != Block.Kind.TABLE:
        return None
    table = Table.objects.filter(block=row.block_id).first() if not hasattr(row.block, "table") else row.block.table
    return table and cell_at(row.block.text, table.header, row.start)
