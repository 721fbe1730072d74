"""The queue of errors that readers report: what is open, where it is, who deals with it, what was answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sections.editing.error_reports import close_or_answer, next_open
from sections.markup import link
from sections.models import Change, ErrorReport

from ..base import SelectedByNumber
from ..saving.refusals import RefusableForms
from .desk_places import desk_address
from .error_report_actions import ErrorReportActions, first_words_of

OPEN_FIRST = Case(When(state=ErrorReport.State.OPEN, then=Value(0)), default=Value(1))
MOST_CHANGES = 30  # that are offered as the one which mended it
TAKE, GIVE_BACK, CLOSE_NEXT = "_take", "_give_back", "_close_next"  # buttons of the form


class ChangeChoice(forms.ModelChoiceField):
    """A change by its number, day, author and reason."""

    def label_from_instance(self, change: Change) -> str:
        author = change.user.get_username() if change.user else ""
        words = [
            f"{change.pk}: {change.when:%Y-%m-%d %H:%M}",
            author,
            change.get_kind_display(),
            change.reason_in_words,
        ]
        return Truncator(", ".join(filter(None, words))).chars(120)


class AnswerForm(forms.ModelForm):
    """What an editor does with a report. It knows when the report was last handled before it was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    mended_by = ChangeChoice(
        label=_("Mended by the change"),
        queryset=Change.objects.none(),
        required=False,
        help_text=_("The latest changes since the report was sent. Correct the place first, then choose the change."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self._handled()
        self.fields["mended_by"].queryset = _changes_since(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuses what would overwrite an answer that the editor has not seen."""
        given = super().clean()
        if given.get("seen", "") != self._handled():
            stored = ErrorReport.objects.get(pk=self.instance.pk)
            words = gettext(
                "%(who)s has handled this report since you opened it: %(state)s. %(answer)s What you typed is still "
                "here; save again to replace it."
            )
            who = stored.handled_by.get_username() if stored.handled_by else gettext("Somebody")
            names = {"who": who, "state": stored.get_state_display(), "answer": stored.answer}
            self.add_error(None, words % names)
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self._handled()
        return given

    def _handled(self):
        handled = self.instance.handled
        return handled.isoformat() if handled else ""


class AssignedFilter(admin.SimpleListFilter):
    """Who deals with a report: the editor who looks, nobody, or somebody else."""

    title, parameter_name = _("dealt with by"), "by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("me", _("me")), ("nobody", _("nobody")), ("others", _("others"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        mine, nobodys = Q(assigned_to=request.user), Q(assigned_to=None)
        chosen = {"me": mine, "nobody": nobodys, "others": ~mine & ~nobodys}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(ErrorReport)
class ErrorReportAdmin(ErrorReportActions, RefusableForms, SelectedByNumber, admin.ModelAdmin):
    """Reports of readers. Nobody adds one here or changes its words; whoever may delete it can delete it for good."""

    form = AnswerForm
    list_display = ["reference", "state", "page", "first_words", "when", "assigned_to", "handled_by"]
    list_filter = ["state", AssignedFilter, "kind", "language", "when"]
    list_select_related = ["assigned_to", "handled_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["reference", "address", "place", "text", "answer"]
    search_help_text = _("Reference, place, address or words")
    date_hierarchy = None
    actions = ["take", "give_back", "close"]
    readonly_fields = ["reference", "when", "where", "edit_here", "text", "language", "assigned_to", "handled_by",
                       "handled"]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["reference", "when", "where", "edit_here", "language", "text"]}),
        (_("Answer"), {"fields": ["assigned_to", "state", "answer", "mended_by", "contact", "handled_by", "handled",
                                  "seen"]}),
    ]  # fmt: skip
    change_form_template = "admin/sections/error_report.html"
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
        count = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count()
        return ngettext("%(count)s open", "%(count)s open", count) % {"count": count}

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with the next open report and whether this one is the editor's own."""
        report = self.get_object(request, object_id)
        more = {"next_open": next_open(report) if report else None, "buttons": (TAKE, GIVE_BACK, CLOSE_NEXT)}
        more["is_mine"] = report is not None and report.assigned_to == request.user
        kwargs["extra_context"] = more | (kwargs.get("extra_context") or {})
        return super().change_view(request, object_id, *args, **kwargs)

    @admin.display(description=_("place"))
    def where(self, report: ErrorReport) -> str:
        return link(report.place, report.address) if report.address else gettext("not given")

    @admin.display(description=_("edit the place"))
    def edit_here(self, report: ErrorReport) -> str:
        """The form of the desk for the place."""
        address = desk_address(report.address) if report.address else ""
        return link(gettext("Open it at the desk"), address) if address else gettext("not edited at the desk")

    @admin.display(description=_("place"), ordering="address")
    def page(self, report: ErrorReport) -> str:
        return link(report.address, report.address) if report.address else gettext("not given")

    @admin.display(description=_("what is wrong"))
    def first_words(self, report: ErrorReport) -> str:
        return first_words_of(report)

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: forms.ModelForm, change: bool) -> None:
        """Stores the answer with the editor's name, and who deals with the report from now on."""
        if CLOSE_NEXT in request.POST:
            obj.state = ErrorReport.State.CLOSED
        if TAKE in request.POST or GIVE_BACK in request.POST:
            obj.assigned_to = request.user if TAKE in request.POST else None
        close_or_answer(obj, request.user)

    def response_change(self, request: HttpRequest, obj: ErrorReport) -> HttpResponse:
        """After closing with the button for it, the next open report; after taking one on, the same."""
        if TAKE in request.POST or GIVE_BACK in request.POST:
            return HttpResponseRedirect(request.path)
        if CLOSE_NEXT not in request.POST:
            return super().response_change(request, obj)
        following = next_open(obj)
        messages.success(request, gettext("Report %(reference)s is closed.") % {"reference": obj.reference})
        if following is None:
            messages.info(request, gettext("No report is open any more."))
            return HttpResponseRedirect(reverse("admin:sections_errorreport_changelist"))
        return HttpResponseRedirect(reverse("admin:sections_errorreport_change", args=[following.pk]))


def _changes_since(report):
    """The latest changes by people since a report was sent, and the one that mended it."""
    by_hand = Change.objects.exclude(kind__in=Change.BY_SOFTWARE)
    latest = by_hand.filter(when__gte=report.when).order_by("-pk").values_list("pk", flat=True)[:MOST_CHANGES]
    keys = [*latest, report.mended_by_id] if report.mended_by_id else list(latest)
    return Change.objects.select_related("user", "undoes__undoes").filter(pk__in=keys)
