"""The queue of errors that readers report: what is open, where it is, what was answered, and by whom."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.text import Truncator

from sections.editing.error_reports import close_or_answer
from sections.markup import link
from sections.models import ErrorReport

from .base import SelectedByNumber
from .refusals import RefusableForms

OPEN_FIRST = Case(When(state=ErrorReport.State.OPEN, then=Value(0)), default=Value(1))
FIRST_WORDS = 90  # characters


class AnswerForm(forms.ModelForm):
    """What an editor does with a report. It knows when the report was last handled before it was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self._handled()

    def clean(self) -> dict[str, Any]:
        """Refuses what would overwrite an answer that the editor has not seen."""
        given = super().clean()
        if given.get("seen", "") != self._handled():
            stored = ErrorReport.objects.get(pk=self.instance.pk)
            self.add_error(
                None,
                f"{stored.handled_by or 'Somebody'} has handled this report since you opened it: "
                f"{stored.get_state_display()}. {stored.answer} "
                "What you typed is still here; save again to replace it.",
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self._handled()
        return given

    def _handled(self):
        handled = self.instance.handled
        return handled.isoformat() if handled else ""


@admin.register(ErrorReport)
class ErrorReportAdmin(RefusableForms, SelectedByNumber, admin.ModelAdmin):
    """Reports of readers. Nobody adds one here or changes its words; whoever may delete it can delete it for good."""

    form = AnswerForm
    list_display = ["reference", "state", "page", "first_words", "when", "handled_by"]
    list_filter = ["state", "kind", "language", "when"]
    list_select_related = ["handled_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["reference", "address", "place", "text", "answer"]
    search_help_text = "Search by reference, place, address or words"
    date_hierarchy = None
    actions = ["close"]
    readonly_fields = ["reference", "when", "where", "address", "text", "language", "handled_by", "handled"]
    fieldsets = [
        (None, {"fields": ["reference", "when", "where", "address", "language", "text"]}),
        ("Answer", {"fields": ["state", "answer", "contact", "handled_by", "handled", "seen"]}),
    ]
    # The templates of this app tell of a history that can restore what was deleted; here there is none.
    delete_confirmation_template = "admin/delete_confirmation.html"
    object_history_template = "admin/object_history.html"

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """The open ones first, then the newest."""
        return [OPEN_FIRST, "-when", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, report: ErrorReport) -> str | None:
        """The place that the report is about."""
        return report.address or None

    def waiting(self) -> str:
        """How many reports wait for an editor, for the first page of the desk."""
        return f"{ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count()} open"

    @admin.display(description="place")
    def where(self, report: ErrorReport) -> str:
        return link(report.place, report.address) if report.address else "not given"

    @admin.display(description="place", ordering="address")
    def page(self, report: ErrorReport) -> str:
        return link(report.address, report.address) if report.address else "not given"

    @admin.display(description="what is wrong")
    def first_words(self, report: ErrorReport) -> str:
        return Truncator(" ".join(report.text.split())).chars(FIRST_WORDS)

    @admin.action(description="Close the selected reports", permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        """Closes reports, such as those of a flood, and deletes the contacts in them."""
        for report in queryset:
            report.state = ErrorReport.State.CLOSED
            close_or_answer(report, request.user)
            self.log_change(request, report, "Closed from the list.")
        messages.success(request, f"{len(queryset)} reports are closed.")

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: forms.ModelForm, change: bool) -> None:
        """Stores the answer with the editor's name."""
        close_or_answer(obj, request.user)
