"""History pages of a record: who changed what, when and why; each change can be undone, each earlier state restored."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sections.editing.revert import Undone, revert, undo
from sections.models import Change
from sections.presenters.changes import changes_in_words
from sections.queries.changes import Columns, Merged, changes_of, deleted_rows
from sections.queries.own_changes import with_rows
from sections.text.whole_numbers import MOST, whole_number

from ..fields import ReasonForm
from ..pages import desk_page
from .undo import ask_before, may_undo, undo_texts

PER_PAGE = 30
MOST_LINES = 60  # of one change in a history


class RestoreForm(ReasonForm):
    """Which version of a record is restored: the one before a change, or the one of a date; and why."""

    before = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    date = forms.DateTimeField(
        label=gettext_lazy("As it was on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "required": True}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter the date like this: 2026-11-24 14:30.")},
    )
    field_order = ["before", "date", "reason"]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        zone = timezone.get_current_timezone_name()
        self.fields["date"].help_text = _("In the time zone %(zone)s.") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not (given["before"] or given["date"]):
            raise forms.ValidationError(_("Give a date."))
        if given.get("date") and given["date"] > timezone.now():
            self.add_error("date", _("This date is in the future. Choose one in the past. Nothing was changed."))
        return given

    def last_change(self) -> int:
        """The key of the last change that the restored version contains; 0 for none."""
        if before := self.cleaned_data["before"]:
            return before - 1
        change = Change.objects.filter(when__lt=self.cleaned_data["date"]).order_by("-pk").first()
        return change.pk if change else 0


class HistoryPages:
    """Mixin of a ModelAdmin: the history of a record with undo and restore, and the list of deleted records."""

    deleted_note = gettext_lazy("A restored record is as it was when it was deleted.")

    @property
    def history_parts(self) -> Columns:
        """The models whose rows belong to a record, each with the columns that hold the record's key."""
        return {self.model: ("id",)} if hasattr(self.model, "history") else {}

    def deleted_rows(self) -> list[Model]:
        """The last row of history of each deleted record; none of a model without a history, whose rows stay."""
        return deleted_rows(self.model) if hasattr(self.model, "history") else []

    def merged_away(self, key: int) -> Merged | None:
        """Into which record a deleted one was merged, and by which change; None for one that was only deleted."""
        return None

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the history pages before those of Django."""
        view = self.admin_site.admin_view
        return [
            path("<int:key>/undo/<int:change>/", view(self.revert_view), name=self._url_name("undo")),
            path("<int:key>/back/", view(self.revert_view), name=self._url_name("back")),
            path("deleted/", view(self.deleted_view), name=self._url_name("deleted")),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        """The changes of a record, deleted or not, the newest first, with the words before and after each."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = whole_number(object_id) or 0
        record = self.get_object(request, object_id)
        former = None if record else self._former(key)
        if record is None and former is None:
            raise Http404(_("There is no such record."))
        name = former.words if former else str(record)
        parts = {model: columns for model, columns in self.history_parts.items() if hasattr(model, "history")}
        page = Paginator(changes_of(parts, key), PER_PAGE).get_page(request.GET.get("p"))
        return desk_page(
            request,
            "admin/sections/object_history.html",
            title=_("History of %(name)s") % {"name": name},
            opts=self.opts,
            original=record,
            key=key,
            name=name,
            page=page,
            changes=changes_in_words(page, True, parts, key),
            merged=self.merged_away(key) if record is None else None,
            most=MOST_LINES,
            most_slice=f":{MOST_LINES}",
            may_change=self.has_change_permission(request, record),
            form=RestoreForm(),
        )

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The deleted records, each with a button that restores it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return desk_page(
            request,
            "admin/sections/deleted.html",
            title=_("Deleted: %(records)s") % {"records": self.opts.verbose_name_plural},
            opts=self.opts,
            note=self.deleted_note,
            rows=[(row, row.words, self.merged_away(row.id)) for row in self.deleted_rows()],
            may_change=self.has_change_permission(request),
        )

    def revert_view(self, request: HttpRequest, key: int, change: int | None = None) -> HttpResponse:
        """Undoes a change with all that it did to other records, or restores a version, once what changes was seen."""
        if key > MOST:
            raise Http404(_("There is no such record."))
        history = HttpResponseRedirect(reverse(f"admin:{self._url_name('history')}", args=[key]))
        if request.method != "POST":
            return history
        if not self.has_change_permission(request, self.get_object(request, str(key))):
            raise PermissionDenied
        form = RestoreForm(request.POST) if change is None else ReasonForm(request.POST)
        if not form.is_valid():
            for words in dict.fromkeys(words for errors in form.errors.values() for words in errors):
                messages.error(request, words)
            return history
        if not self.history_parts:
            raise Http404("This record has no history.")
        name = self._name(key)
        if change is None and (merged := self.merged_away(key)):
            words = _("“%(name)s” was merged into “%(into)s”. To have it back, undo the merge.")
            messages.error(request, words % {"name": merged.name, "into": merged.into})
            return history
        if change is not None:
            (recent,) = with_rows([get_object_or_404(changes_of(self.history_parts, key), pk=change)])
            if not may_undo(request.user, recent):
                raise PermissionDenied
            texts = undo_texts(recent) | {"change": recent.change}
            act = partial(_undo, recent.change, request.user)
        else:
            texts = {
                "title": _("Restore this version?"),
                "button": _("Restore that version"),
                "done": _("That version was restored."),
                "what": name,
                "hidden": [(field, request.POST.get(field, "")) for field in ("before", "date")],
            }
            act = partial(self._revert, key, form.last_change(), request.user)
        return ask_before(request, act, history.url, opts=self.opts, **texts)

    def _revert(self, key, last, user, reason):
        return revert(self.history_parts, key, last, reason, user)

    def _name(self, key):
        """What a record is called, deleted or not."""
        former = self._former(key)
        return former.words if former else str(self.model._base_manager.filter(pk=key).first() or "")

    def _url_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _former(self, key):
        """The last row of history of a record; None for one that never was, or whose model has no history."""
        if not hasattr(self.model, "history"):
            return None
        return self.model.history.filter(id=key).order_by("-history_id").first()


def _undo(change: Change, user: Any, reason: str) -> Undone:
    return undo(change, reason, user)
