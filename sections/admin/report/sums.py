"""Sums that are checked, each with its figures: corrected, reviewed, added and deleted by editors."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sections.editing.records import review_records
from sections.editing.sums import check_number, check_results, next_position, refused_addends, remarks_on
from sections.models import Addend, CheckedSum, Figure, Review
from sections.presenters.sums import in_signs, outcome_sentence

from ..base import AuditedAdmin, AuditedForm
from ..inlines import LabelledFormSet, Rows
from ..number_filters import ParagraphNumberFilter
from ..review.actions import ReviewActions
from ..saving.constraints import ConstraintsAtFields
from ..saving.previews import PreviewedSaves, has_seen, show_first
from .spans import ReportFilter


class CheckedSumForm(ConstraintsAtFields, AuditedForm):
    """A sum without its addends, which are rows of their own."""

    settled_by_saving = ("unique_sum_position",)  # a new sum comes behind the others

    def clean(self) -> dict[str, Any]:
        """Refuses a total or a whole of another report."""
        given = super().clean()
        paragraph = given.get("paragraph") or (self.instance.paragraph if self.instance.pk else None)
        if paragraph is not None:
            figures = {name: given.get(name) for name in ("total", "whole")}
            try:
                check_results(CheckedSum(paragraph=paragraph, **figures))
            except ValidationError as faults:
                for name, words in faults.message_dict.items():
                    self.add_error(name, words)
        return given


class AddendForm(ConstraintsAtFields, forms.ModelForm):
    settled_by_saving = ("unique_addend",)  # the rows are compared as they will be, in the words of `refused_addends`


class AddendFormSet(LabelledFormSet):
    """Refuses figures that the sum cannot have, each in its row."""

    def clean(self) -> None:
        rows = [(form, figure) for form in self.forms if (figure := _figure_of(form)) is not None]
        if self.instance.paragraph_id is not None:
            refused = refused_addends(self.instance, [figure for _form, figure in rows])
            for form, figure in rows:
                if words := refused.get(figure.pk):
                    form.add_error("figure", words)
        super().clean()
        if all(form.is_valid() for form in self.forms):
            try:
                check_number(self.instance, len(rows))
            except ValidationError as fault:
                raise ValidationError(fault.messages) from fault


def _figure_of(form: forms.ModelForm) -> Figure | None:
    """The figure of a row that stays; None for one that is empty, refused or deleted."""
    if not form.has_changed():
        return form.instance.figure if form.instance.pk else None
    return form.cleaned_data.get("figure") if form.is_valid() and not form.cleaned_data.get("DELETE") else None


class AddendInline(Rows, admin.TabularInline):
    model = Addend
    form = AddendForm
    formset = AddendFormSet
    fields = autocomplete_fields = ["figure"]
    extra = 3
    verbose_name_plural = _("Figures that are added up, or compared with the total")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Addend]:
        """The addends in the order of reading."""
        place = [f"figure__block__{path}" for path in ("paragraph__report", "paragraph__number", "position")]
        rows = super().get_queryset(request).select_related("figure__block__paragraph__report")
        return rows.order_by(*place, "figure__start")


class SumReportFilter(ReportFilter):
    path = "paragraph__report"


class SumParagraphFilter(ParagraphNumberFilter):
    def condition(self, number: int) -> Q:
        return Q(paragraph__number=number)


@admin.register(CheckedSum)
class CheckedSumAdmin(ReviewActions, PreviewedSaves, AuditedAdmin):
    """Numbers that ought to agree. What a person saves here is confirmed, unless they choose otherwise."""

    form = CheckedSumForm
    inlines = [AddendInline]
    history_parts = {CheckedSum: ("id",), Addend: ("checked_sum_id",)}
    preview_template = "admin/sections/sum_preview.html"
    list_display = ["what", "kind", "number", "verdict", "review"]
    list_filter = ["review", "kind", SumParagraphFilter, SumReportFilter]
    search_fields = ["what", "note"]
    search_help_text = _("Words of what is added up, or of the note")
    ordering = ["paragraph__report", "paragraph__number", "position"]
    autocomplete_fields = ["paragraph", "total", "whole"]
    actions = ["confirm", "reject", "reset"]
    set_review = staticmethod(review_records)

    def get_fieldsets(self, request: HttpRequest, obj: CheckedSum | None = None) -> list[tuple[Any, dict[str, Any]]]:
        """What is checked, and the numbers beside the addends; of a stored sum also its result and its review."""
        stored = [(_("Result"), {"fields": ["outcome", "review"]})] if obj else []
        return [
            (None, {"fields": ["paragraph", "kind", "what", "note"]}),
            (_("Figures"), {"fields": ["total", "whole", "counted"]}),
            *stored,
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: CheckedSum | None = None) -> list[str]:
        """The paragraph of an existing sum cannot change: people cite it."""
        return ["paragraph", "outcome"] if obj else ["outcome"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckedSum]:
        rows = super().get_queryset(request).select_related("paragraph__report", "total", "whole")
        return rows.prefetch_related("addends")

    def save_model(self, request: HttpRequest, obj: CheckedSum, form: CheckedSumForm, change: bool) -> None:
        """Stores the sum; a new one comes behind the others of its paragraph."""
        if not change:
            obj.position = next_position(obj.paragraph)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: CheckedSumForm, formsets: list[BaseFormSet], change: bool
    ) -> None:
        """Stores the addends; shows first that the numbers do not agree. Who corrects or adds a sum has decided."""
        checked = form.instance
        says_new = set(form.changed_data) - {"review", "why"} or any(formset.has_changed() for formset in formsets)
        if says_new and "review" not in form.changed_data and checked.review == Review.UNREVIEWED:
            checked.review = Review.CONFIRMED
            checked.save()
        super().save_related(request, form, formsets, change)
        remarks = remarks_on(self.get_queryset(request).get(pk=checked.pk)) if says_new else []
        if remarks and not has_seen(request, remarks):
            show_first(checked, remarks, name=str(checked), remarks=remarks)

    @admin.display(description=_("paragraph"), ordering="paragraph__number")
    def number(self, checked: CheckedSum) -> int:
        return checked.paragraph.number

    @admin.display(description=_("agrees"), boolean=True)
    def verdict(self, checked: CheckedSum) -> bool:
        return checked.outcome.agrees

    @admin.display(description=_("result"))
    def outcome(self, checked: CheckedSum) -> str:
        outcome = checked.outcome
        return " · ".join(filter(None, [in_signs(outcome.signs), outcome_sentence(outcome)]))
