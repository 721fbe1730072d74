"""Institutions, laws and programmes: names, short forms, relations and years on one page; links follow the names."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Field, Model, Prefetch, Q, QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse

from sections.editing.delete import delete_entry
from sections.editing.relink import NameClash, apply_plans, names_of, plans_after, refuse_clashes
from sections.models import Entry, Institution, Law, Name, Programme, Review, ShortForm, shown_links
from sections.models.kinds import KINDS_BY_TYPE
from sections.queries.changes import OF_ENTRY, Merged, deleted_rows, merged_away

from .base import AuditedAdmin, AuditedForm, LookupAdmin
from .conflicts import OPENED, post_again
from .entry_actions import EntryActions
from .inlines import InverseRelationInline, NameInline, RelationInline, ShortFormInline
from .link_preview import effects
from .list_filters import SPANISH, KindFilter, ParagraphsFilter, PartFilter, ReviewFilter, SpanishFilter
from .pages import desk_page

SEEN = "_seen"  # the digest of the effects on the links that the editor has seen
BACK = "_back"  # the button that leads from these effects back to the form


class EffectsNotSeen(Exception):
    """Rolls back a save whose effects on the links, in its arguments, the editor has yet to see."""


class EntryForm(AuditedForm):
    """The fields of an entry, with labels for those who fill them in."""

    class Meta:
        labels = {
            "slug": "Address",
            "description": "In one line",
            "description_paragraph": "Described in paragraph",
            "start_year": "First year",
            "end_year": "Last year",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "vTextField"})}


@admin.register(Institution, Law, Programme)
class EntryAdmin(EntryActions, AuditedAdmin):
    """The pages of entries, for all three types."""

    form = EntryForm
    list_display = ["name", "acronyms", "kind_words", "years", "paragraphs", "open_links", "spanish"]
    list_display_links = ["name"]
    list_filter = [KindFilter, ReviewFilter, PartFilter, ParagraphsFilter, SpanishFilter]
    search_fields = ["name", "names__text", "slug"]
    search_help_text = "Any name, acronym or Spanish name"
    ordering = ["name"]
    autocomplete_fields = ["description_paragraph"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NameInline, ShortFormInline, RelationInline, InverseRelationInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind"]}),
        ("According to the report", {"fields": ["description", "description_paragraph", ("start_year", "end_year")]}),
    ]
    history_parts = OF_ENTRY
    deleted_note = "A restored entry comes back with its names, short forms, relations and links."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """The entries with what the list shows of each, in as many queries for a long list as for a short one."""
        acronyms = Prefetch("names", Name.objects.filter(form=Name.Form.ACRONYM), to_attr="its_acronyms")
        entries = super().get_queryset(request).prefetch_related(acronyms)
        return entries.annotate(
            paragraph_count=Count("mentions__block__paragraph", distinct=True, filter=shown_links("mentions")),
            open_count=Count("mentions", distinct=True, filter=Q(mentions__review=Review.UNREVIEWED)),
            has_spanish=SPANISH,
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Entry | None = None) -> list[str]:
        """The address of an existing entry cannot change: people cite it."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Entry | None = None) -> dict[str, list[str]]:
        return {} if obj else self.prepopulated_fields

    def formfield_for_choice_field(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; of the kinds only those of this type."""
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *KINDS_BY_TYPE[self.model.TYPE].items()]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any) -> HttpResponse:
        """The form; a save that would change links is written only once the editor has seen which."""
        if BACK in request.POST:
            return self.form_again(request, object_id, "Nothing is saved yet. Here is the form as you left it.")
        try:
            return super().changeform_view(request, object_id, *args)
        except NameClash as clash:
            return self.form_again(request, object_id, str(clash))
        except EffectsNotSeen as save:
            return self._preview(request, object_id, *save.args)

    def save_model(self, request: HttpRequest, obj: Entry, form: EntryForm, change: bool) -> None:
        """Stores the entry's own fields; the names before are kept on the request to compare with those after."""
        request.names_before = names_of([obj.pk]) if change else names_of([])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: EntryForm, formsets: list[BaseFormSet], change: bool) -> None:
        """Stores the rows, and the links that follow from the names.

        Raises NameClash, and EffectsNotSeen unless the post says that the editor has seen the effects.
        """
        super().save_related(request, form, formsets, change)
        named_by_rows = any(formset.has_changed() for formset in formsets if formset.model in (Name, ShortForm))
        if change and not named_by_rows and "name" not in form.changed_data:
            return
        entry = form.instance
        refuse_clashes([entry.pk])
        plans = plans_after(request.names_before, [entry.pk])
        if shown := effects(plans, entry):
            digest = hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
            if request.POST.get(SEEN) != digest:
                raise EffectsNotSeen(entry, shown, digest)
        apply_plans(plans)

    def delete_model(self, request: HttpRequest, obj: Entry) -> None:
        """Removes the entry with all that belongs to it, within the change of the page."""
        delete_entry(obj)

    def deleted_rows(self) -> list[Model]:
        return deleted_rows(Entry, type=self.model.TYPE)

    def merged_away(self, key: int) -> Merged | None:
        return merged_away(key)

    def _preview(self, request, object_id, entry, effects, digest):
        hidden = post_again(request.POST, (SEEN, BACK))
        return desk_page(
            request,
            "admin/sections/link_preview.html",
            title="Effects on the links",
            opts=self.opts,
            original=entry if object_id else None,
            name=entry.name,
            effects=effects,
            hidden=[*hidden, (OPENED, request.POST.get(OPENED, "")), (SEEN, digest)],
            back_button=BACK,
        )

    @admin.display(description="acronyms")
    def acronyms(self, entry: Entry) -> str:
        return ", ".join(name.text for name in entry.its_acronyms)

    @admin.display(description="kind", ordering="kind")
    def kind_words(self, entry: Entry) -> str:
        return entry.kind_words

    @admin.display(description="years", ordering="start_year")
    def years(self, entry: Entry) -> str:
        return entry.years

    @admin.display(description="paragraphs", ordering="paragraph_count")
    def paragraphs(self, entry: Entry) -> int:
        return entry.paragraph_count

    @admin.display(description="links to review", ordering="open_count")
    def open_links(self, entry: Entry) -> int | str:
        return entry.open_count or ""

    @admin.display(description="Spanish name", boolean=True, ordering="has_spanish")
    def spanish(self, entry: Entry) -> bool:
        return entry.has_spanish


@admin.register(Entry)
class AnyEntryAdmin(LookupAdmin):
    """Where fields that search for an entry of any type find it."""

    search_fields = ["name", "names__text"]
    ordering = ["name"]

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return request.user.is_active and request.user.is_staff
