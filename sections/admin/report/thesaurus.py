"""The thesaurus: what people type, and what the report says instead."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sections.editing.thesaurus import check_line, delete_lines, remarks
from sections.models import Change, Synonym

from ..base import AuditedAdmin, AuditedForm
from ..bulk import AskingActions, answers
from ..fields import ReasonForm
from ..saving.previews import PreviewedSaves, has_seen, show_first
from ..saving.search_preview import found_now, gains

DECISIVE = ("term", "says", "both_ways", "note")


class SynonymForm(AuditedForm):
    """A line of the thesaurus, refused where it can have no effect."""

    class Meta:
        labels = {
            "term": _("What people type"),
            "says": _("What the reports say instead"),
            "both_ways": _("Both ways"),
            "note": _("Note"),
        }
        help_texts = {
            "term": _("For example: minors."),
            "says": _("For example: children and adolescents."),
            "both_ways": _("Whether a search for the second also finds the first."),
            "note": _("Why, where that is not plain. “Spanish” or “French” if the line translates from that language."),
        }

    def clean(self) -> dict[str, Any]:
        """Checks a line that says something new."""
        given = super().clean()
        if not self.errors and set(self.changed_data) & set(DECISIVE):
            line = Synonym(pk=self.instance.pk, **{name: given[name] for name in DECISIVE})
            try:
                check_line(line)
            except ValidationError as error:
                self.add_error(None, error)
        return given


@admin.register(Synonym)
class SynonymAdmin(AskingActions, PreviewedSaves, AuditedAdmin):
    """Lines of the thesaurus; a search uses them at once."""

    form = SynonymForm
    list_display = ["term", "says", "both_ways", "note"]
    list_filter = ["both_ways"]
    search_fields = ["term", "says", "note"]
    fieldsets = [(None, {"fields": ["term", "says", "both_ways", "note"]})]
    preview_template = "admin/sections/search_preview.html"
    actions = ["delete_selected_lines"]

    def save_model(self, request: HttpRequest, obj: Synonym, form: SynonymForm, change: bool) -> None:
        """Stores the line, once the editor has seen what searches will find by it."""
        decisive = [getattr(obj, name) for name in DECISIVE]
        if not set(form.changed_data) & set(DECISIVE) or has_seen(request, decisive):
            return super().save_model(request, obj, form, change)
        former = [form.initial[name] for name in ("term", "says")] if change else []
        before = found_now(filter(None, [*former, obj.term, obj.says if obj.both_ways else ""]))
        super().save_model(request, obj, form, change)
        show_first(obj, decisive, name=str(obj), searches=gains(before), remarks=remarks(obj))

    @admin.action(description=_("Delete the selected lines"), permissions=["delete"])
    def delete_selected_lines(self, request: HttpRequest, queryset: QuerySet[Synonym]) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True))

        def write(reason: str) -> Change:
            return delete_lines(keys, reason, request.user)

        lead = ngettext("You selected %(count)s line.", "You selected %(count)s lines.", len(keys))
        form = ReasonForm(answers(request))
        return self.ask(request, form, write, _("Delete lines"), lead=lead % {"count": len(keys)})
