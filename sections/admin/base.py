"""How every form of the desk saves: as one change with its reason, never over what somebody saved meanwhile."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, revert
from sections.models import Change, Mention, changing
from sections.queries.changes import changes_of
from sections.text.whole_numbers import whole_number

from .choosers import Choices, parted
from .fields import REASON_HELP, LookupFields
from .history.pages import HistoryPages
from .ordering import OrderOfNames
from .pages import desk_page
from .saving.conflicts import OPENED, conflict, form_state, opened_state, sealed
from .saving.refusals import RESTORE, RefusableForms, Refused


class AuditedForm(forms.ModelForm):
    """A form with a reason."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=REASON_HELP,
    )


class NumberSearch:
    """Mixin of a ModelAdmin: searches a list for a number, for words or for both: "137", "article 22", "137 consul"."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        symbol, number, words = parted(search_term)
        if number is not None:
            queryset = queryset.filter(number=number)
        if symbol and hasattr(queryset.model, "report"):
            queryset = queryset.filter(report__symbol__iexact=symbol)
        return super().get_search_results(request, queryset, words)


class SelectedByNumber:
    """Mixin of a ModelAdmin: a list whose records are selected by their keys."""

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Carries out an action; does nothing where a selected key is not a whole number."""
        if any(whole_number(key) is None for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return messages.error(request, _("The page was damaged in transit. Select the records again."))
        return super().response_action(request, queryset)


class AuditedAdmin(
    RefusableForms, HistoryPages, LookupFields, Choices, SelectedByNumber, OrderOfNames, admin.ModelAdmin
):
    """Pages of a record that keep its history and let no editor overwrite what another one saved."""

    form = AuditedForm
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The actions without Django's bulk deletion: records are deleted one by one, with their effects in view."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any) -> HttpResponse:
        """The form; a post saves it as one change, or answers 409 with what somebody else saved meanwhile."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args)
        with _changing(request):
            if RESTORE in request.POST and object_id and self.can_restore(request, object_id):
                self._restore(request, object_id)
            record = self.get_object(request, unquote(object_id)) if object_id else None
            may_change = record and self.has_change_permission(request, record)
            choices = self._conflict_page(request, record) if may_change else None
            return choices or super().changeform_view(request, object_id, *args)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page of the form, which carries the state of the record in which it was opened, and any refusal.

        `opened_state` is the same for the same state, so that the script of the drafts sees a newer save.
        """
        if refusal := getattr(request, "refusal", ""):
            context |= {"refusal": refusal, "errors": None}  # there is nothing to be corrected
        if request.method == "POST":
            context["opened"] = request.POST.get(OPENED, "")
        elif context["original"]:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["opened"] = sealed(form_state(context["adminform"].form, formsets))
        context["opened_state"] = opened_state(context.get("opened", ""))
        return super().render_change_form(request, context, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asks before it deletes; the history of the record can restore it."""
        if request.method != "POST":
            return super().delete_view(request, *args, **kwargs)
        with _changing(request, Change.Kind.DELETE):
            return super().delete_view(request, *args, **kwargs)

    def can_restore(self, request: HttpRequest, object_id: str) -> bool:
        """Whether the record was deleted by a change that can be taken back, and the user may do that."""
        former = self._former(whole_number(object_id) or 0)
        is_deleted = former is not None and former.history_type == "-" and former.change_id is not None
        return is_deleted and self.has_change_permission(request)

    def _restore(self, request, object_id):
        """Brings a deleted record back as it was before it was deleted."""
        former = self._former(whole_number(object_id))
        try:
            undone = revert(self.history_parts, former.id, former.change_id - 1, user=request.user)
        except (CannotUndo, NameClash) as refusal:
            raise Refused(str(refusal), 409) from refusal
        for words in undone.left_out:
            messages.warning(request, _("Not restored: %(words)s.") % {"words": words})
        messages.success(request, _("The record is restored."))

    def _forms(self, request, record, posted=None):
        """The form and its rows: as stored, or bound to what is posted."""
        form = self.get_form(request, record, change=True)(posted, instance=record)
        return form, [
            formset(posted, instance=record, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, record)
        ]

    def _conflict_page(self, request, record):
        """The page of choices, or None when nobody else changed what the form shows, or to the same."""
        stored, bound = self._forms(request, record), partial(self._forms, request, record, request.POST)
        shown = conflict(request.POST, stored, bound)
        if shown is None:
            return None
        edited = {model: columns for model, columns in self.history_parts.items() if model is not Mention}
        return desk_page(
            request,
            "admin/sections/conflict.html",
            status=409,
            title=_("Somebody else has saved this record meanwhile"),
            opts=self.opts,
            original=record,
            last=changes_of(edited, record.pk).first(),
            **shown,
        )


class LookupAdmin(Choices, OrderOfNames, admin.ModelAdmin):
    """Where fields that search for a record find it; a model without pages of its own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    has_add_permission = has_module_permission

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission


def _changing(request, kind=Change.Kind.EDIT):
    """The change that a form posts; its reason comes without NUL, which PostgreSQL cannot store."""
    return changing(kind, request.POST.get("why", "").replace("\0", "").strip(), request.user)
