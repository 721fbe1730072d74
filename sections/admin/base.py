"""How every form of the desk saves: as one change with its reason, never over what somebody saved meanwhile."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from sections.models import Change, Mention, changing
from sections.queries.changes import changes_of
from sections.text.three_way_merge import merge
from sections.text.whole_numbers import whole_number

from .conflicts import (
    CHOICES,
    OPENED,
    choices,
    form_state,
    hidden_inputs,
    post_again,
    sealed,
    sealed_choices,
    unanswered,
    unsealed,
)
from .fields import REASON_HELP, LookupFields
from .history import HistoryPages


class AuditedForm(forms.ModelForm):
    """A form with a reason; `refusal` says why the attempt to save it was refused, in words for the editor."""

    refusal = ""
    why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=REASON_HELP,
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class NumberSearch:
    """Searches a list for the record of a number, and for words only when no number is given."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        number = whole_number(search_term)
        if number is not None:
            return queryset.filter(number=number), False
        return super().get_search_results(request, queryset, search_term)


class AuditedAdmin(HistoryPages, LookupFields, admin.ModelAdmin):
    """Pages of a record that keep its history and let no editor overwrite what another one saved."""

    form = AuditedForm
    list_per_page = 50
    show_full_result_count = False
    kind_of_change = Change.Kind.EDIT

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The actions without Django's bulk deletion: records are deleted one by one, with their effects in view."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Carries out an action; does nothing where a selected key is not a whole number."""
        if any(whole_number(key) is None for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return self.say(request, "The page was damaged in transit. Select the records again.", messages.ERROR)
        return super().response_action(request, queryset)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form of this request, with the refusal of an earlier attempt to save it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", "")})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; a post saves it as one change, or answers 409 with what somebody else saved meanwhile."""
        if request.method != "POST":
            record = self.get_object(request, unquote(object_id)) if object_id else None
            opened = sealed(form_state(*self._forms(request, record)) if record else None)
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "opened": opened})
        context = {**(extra_context or {}), "opened": request.POST.get(OPENED, "")}
        with changing(self.kind_of_change, reason_of(request), request.user):
            record = self.get_object(request, unquote(object_id)) if object_id else None
            conflict = self._conflict_page(request, record) if record else None
            return conflict or super().changeform_view(request, object_id, form_url, context)

    def form_again(self, request: HttpRequest, object_id: str | None, form_url: str, refusal: str) -> HttpResponse:
        """The form with all that was typed and the reason why it is not saved."""
        request.refusal = refusal
        return super().changeform_view(request, object_id, form_url, {"opened": request.POST.get(OPENED, "")})

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks before it deletes; the history of the record can restore it."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with changing(self.kind_of_change, reason_of(request), request.user):
            return super().delete_view(request, object_id, extra_context)

    def _forms(self, request, record, posted=None):
        """The form and its rows: as stored, or bound to what is posted."""
        form = self.get_form(request, record, change=True)(posted, instance=record)
        return form, [
            formset(posted, instance=record, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, record)
        ]

    def _conflict_page(self, request, record):
        """The page of choices, or None when nobody else changed what the form shows, or to the same."""
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if asked := unanswered(request.POST):
            names = {choice.name for choice in asked}
            hidden = [(name, value) for name, value in post_again(request.POST) if name not in names]
            rows = [(choice, request.POST.get(choice.name)) for choice in asked]
            return self._choices_page(request, record, rows, hidden, request.POST.get(OPENED, ""), is_incomplete=True)
        stored = form_state(*self._forms(request, record))
        opened = unsealed(request.POST.get(OPENED, "")) or {}
        if opened == stored:
            return None
        form, formsets = self._forms(request, record, request.POST)
        merged, differences = merge(opened, stored, form_state(form, formsets))
        asked = choices(differences, merged, form, formsets)
        if not asked:
            return None
        hidden = hidden_inputs(merged, asked, formsets, request.POST)
        rows = [(choice, None if choice.both else choice.their_value) for choice in asked]
        return self._choices_page(request, record, rows, list(hidden), sealed(stored))

    def _choices_page(self, request, record, rows, hidden, opened, is_incomplete=False):
        edited = {model: columns for model, columns in self.history_parts().items() if model is not Mention}
        context = self.admin_site.each_context(request) | {
            "title": "Somebody else has saved this record meanwhile",
            "opts": self.opts,
            "original": record,
            "rows": rows,
            "last": changes_of(edited, record.pk).first(),
            "hidden": [*hidden, (OPENED, opened), (CHOICES, sealed_choices([choice for choice, _ in rows]))],
            "is_incomplete": is_incomplete,
        }
        return TemplateResponse(request, "admin/sections/conflict.html", context, status=409)

    def say(self, request: HttpRequest, words: str, level: int = messages.SUCCESS) -> None:
        """Shows words on the next page."""
        self.message_user(request, words, level)


class LookupAdmin(admin.ModelAdmin):
    """Where fields that search for a record find it; a model without pages of its own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def reason_of(request: HttpRequest) -> str:
    """The reason that a form posts, without NUL, which PostgreSQL cannot store."""
    return request.POST.get("why", "").replace("\0", "").strip()
