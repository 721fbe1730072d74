"""The history of a record on the desk: who changed what, when and why; taken back change by change, or to a date."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from sections.editing.change_log import describe_changes
from sections.editing.relink import NameClash
from sections.editing.revert import CannotUndo, revert_entry, revert_row, undo
from sections.models import Change, Entry
from sections.queries.changes import OF_ENTRY, changes_of, deleted_rows, steps

PER_PAGE = 30


class BackForm(forms.Form):
    """To which day and minute a record is brought back, and why."""

    date = forms.DateTimeField(
        label="As it was on",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="In UTC.",
    )
    reason = forms.CharField(label="Why", max_length=500, required=False)


class RowHistory:
    """History pages of a record that is one row."""

    def history_parts(self):
        """By which columns of which histories the rows of a record are found."""
        return {self.model: ("id",)}

    def get_urls(self):
        """The addresses of the history's acts, before those of Django."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<int:key>/undo/<int:change>/", view(self.undo_view), name=f"{name}_undo"),
            path("<int:key>/back/", view(self.back_view), name=f"{name}_back"),
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """What happened to the record, the newest first, each with its former and new words side by side."""
        key = int(object_id) if object_id.isdigit() else 0
        obj = self.get_object(request, object_id)
        last = self._last_row(key) if obj is None else None
        if obj is None and last is None:
            raise Http404("There is no such record, and never was.")
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        page = Paginator(changes_of(self.history_parts(), key), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj or last.instance}",
            "opts": self.opts,
            "original": obj,
            "key": key,
            "name": str(obj or last.instance),
            "page": page,
            "acts": describe_changes(page, steps(page, self.history_parts(), key)),
            "may": self.has_change_permission(request, obj),
            "form": BackForm(),
            "undo_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_undo",
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_back", args=[key]),
        }
        return TemplateResponse(request, "admin/sections/history.html", context)

    def _last_row(self, key):
        """What a deleted record was last, as a row of history."""
        history = getattr(self.model._meta.concrete_model, "history", None)
        return history.filter(id=key).order_by("-history_id").first() if history is not None else None

    def deleted_rows(self):
        """The records that are there no more, as rows of history."""
        return deleted_rows(self.model)

    def changelist_view(self, request, extra_context=None):
        """The list, with the way to what was deleted from it."""
        deleted = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted")
        return super().changelist_view(request, {"deleted_url": deleted, **(extra_context or {})})

    def deleted_view(self, request):
        """The records that are there no more, each with the way back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"Deleted: {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "rows": [(row, str(row.instance)) for row in self.deleted_rows()],
            "may": self.has_change_permission(request),
            "back_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_back",
            "history_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_history",
        }
        return TemplateResponse(request, "admin/sections/deleted.html", context)

    def undo_view(self, request, key, change):
        """Takes one change back."""
        found = Change.objects.filter(pk=change).first()
        if request.method != "POST" or found is None:
            return self._to_history(key)
        self._may(request, key)
        return self._do(request, key, lambda reason: undo(found, reason, request.user), "The change is taken back.")

    def back_view(self, request, key):
        """Brings the record to how it was at a date, or just before a change."""
        if request.method != "POST":
            return self._to_history(key)
        self._may(request, key)
        if request.POST.get("before", "").isdigit():
            last = int(request.POST["before"]) - 1
        else:
            form = BackForm(request.POST)
            if not form.is_valid():
                self.say(request, "Write the date like this: 2026-11-24 14:30.", messages.ERROR)
                return self._to_history(key)
            made = Change.objects.filter(when__lt=form.cleaned_data["date"]).order_by("-pk").first()
            last = made.pk if made else 0
        return self._do(request, key, lambda reason: self.bring_back(key, last, reason, request.user), "Brought back.")

    def bring_back(self, key, last, reason, user):
        """Does it, once everything is checked."""
        return revert_row(self.model, key, last, reason, user)

    def _may(self, request, key):
        if not self.has_change_permission(request, self.get_object(request, str(key))):
            raise PermissionDenied

    def _do(self, request, key, act, words):
        try:
            done = act(request.POST.get("reason", "").strip())
        except (CannotUndo, NameClash) as fault:
            self.say(request, str(fault), messages.ERROR)
        else:
            self.say(request, words)
            for each in done.left_out:
                self.say(request, f"Not put back: {each}.", messages.WARNING)
        return self._to_history(key)

    def _to_history(self, key):
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[key]))


class EntryHistory(RowHistory):
    """History pages of an entry, with its names, short forms, relations and links."""

    def history_parts(self):
        """The entry, and all that belongs to it."""
        return OF_ENTRY

    def bring_back(self, key, last, reason, user):
        """Brings back the entry with what belongs to it."""
        return revert_entry(key, last, reason, user)

    def deleted_rows(self):
        """Those of this type alone."""
        return deleted_rows(Entry, type=self.model.TYPE)
