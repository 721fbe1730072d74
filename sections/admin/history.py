"""History pages of a record: who changed what, when and why; each change can be undone, each earlier state restored."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from sections.editing.change_log import describe_changes
from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, Undone, revert, undo
from sections.models import Change
from sections.queries.changes import changes_of, deleted_rows, steps
from sections.text.whole_numbers import MOST, whole_number

from .fields import ReasonForm

PER_PAGE = 30


class RestoreForm(ReasonForm):
    """Which version of a record is restored: the one before a change, or the one of a date; and why."""

    before = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    date = forms.DateTimeField(
        label="As it was on",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "required": True}, format="%Y-%m-%dT%H:%M"),
        help_text="In UTC.",
    )
    field_order = ["before", "date", "reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not (given["before"] or given["date"]):
            raise forms.ValidationError("Give a date.")
        return given

    def last_change(self) -> int:
        """The key of the last change that the restored version contains; 0 for none."""
        if before := self.cleaned_data["before"]:
            return before - 1
        change = Change.objects.filter(when__lt=self.cleaned_data["date"]).order_by("-pk").first()
        return change.pk if change else 0


class HistoryPages:
    """Mixin of a ModelAdmin: the history of a record with undo and restore, and the list of deleted records."""

    deleted_note = "A restored record is as it was when it was deleted."

    def history_parts(self) -> dict[type[Model], tuple[str, ...]]:
        """The models whose rows belong to a record, each with the columns that hold the record's key."""
        return {self.model: ("id",)}

    def restore(self, key: int, last: int, reason: str, user: Model) -> Undone:
        """Restores the version of a record that the change of key `last` left."""
        return revert(self.history_parts(), key, last, reason, user)

    def deleted_rows(self) -> list[Model]:
        """The last row of history of each deleted record."""
        return deleted_rows(self.model)

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the history pages before those of Django."""
        view = self.admin_site.admin_view
        return [
            path("<int:key>/undo/<int:change>/", view(self.undo_view), name=self._url_name("undo")),
            path("<int:key>/back/", view(self.restore_view), name=self._url_name("back")),
            path("deleted/", view(self.deleted_view), name=self._url_name("deleted")),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with a link to the deleted records."""
        deleted = reverse(f"admin:{self._url_name('deleted')}")
        return super().changelist_view(request, {"deleted_url": deleted, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The changes of a record, deleted or not, the newest first, with the words before and after each."""
        key = whole_number(object_id) or 0
        record = self.get_object(request, object_id)
        last_row = self._last_row(key) if record is None else None
        if record is None and last_row is None:
            raise Http404("There is no such record.")
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        parts = self.history_parts()
        page = Paginator(changes_of(parts, key), PER_PAGE).get_page(request.GET.get("p"))
        name = str(record or last_row.instance)
        context = self.admin_site.each_context(request) | {
            "title": f"History of {name}",
            "opts": self.opts,
            "original": record,
            "key": key,
            "name": name,
            "page": page,
            "changes": describe_changes(page, steps(page, parts, key)),
            "may_change": self.has_change_permission(request, record),
            "form": RestoreForm(),
            "undo_name": f"admin:{self._url_name('undo')}",
            "restore_url": reverse(f"admin:{self._url_name('back')}", args=[key]),
        }
        return TemplateResponse(request, "admin/sections/object_history.html", context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The deleted records, each with a button that restores it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "note": self.deleted_note,
            "rows": [(row, str(row.instance)) for row in self.deleted_rows()],
            "may_change": self.has_change_permission(request),
            "restore_name": f"admin:{self._url_name('back')}",
            "history_name": f"admin:{self._url_name('history')}",
        }
        return TemplateResponse(request, "admin/sections/deleted.html", context)

    def undo_view(self, request: HttpRequest, key: int, change: int) -> HttpResponse:
        """Undoes one change, with all that it did to other records."""

        def act(form):
            return undo(get_object_or_404(Change, pk=change), form.cleaned_data["reason"], request.user)

        return self._carry_out(request, key, ReasonForm(request.POST), act, "The change was undone.")

    def restore_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Restores the version of the record before a change, or that of a date."""

        def act(form):
            return self.restore(key, form.last_change(), form.cleaned_data["reason"], request.user)

        return self._carry_out(request, key, RestoreForm(request.POST), act, "That version was restored.")

    def _carry_out(self, request, key, form, act: Callable[[forms.Form], Undone], success):
        """Acts if the form is valid and the person may change the record, and goes back to the history."""
        if key > MOST:
            raise Http404("There is no such record.")
        history = HttpResponseRedirect(reverse(f"admin:{self._url_name('history')}", args=[key]))
        if request.method != "POST":
            return history
        if not self.has_change_permission(request, self.get_object(request, str(key))):
            raise PermissionDenied
        if not form.is_valid():
            self.say(request, "Enter the date like this: 2026-11-24 14:30.", messages.ERROR)
            return history
        try:
            undone = act(form)
        except (CannotUndo, NameClash) as refusal:
            self.say(request, str(refusal), messages.ERROR)
            return history
        self.say(request, success)
        for words in undone.left_out:
            self.say(request, f"Not restored: {words}.", messages.WARNING)
        return history

    def _url_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _last_row(self, key):
        """What a deleted record was last, as a row of history."""
        history = getattr(self.model._meta.concrete_model, "history", None)
        return history.filter(id=key).order_by("-history_id").first() if history is not None else None
