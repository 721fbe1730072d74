"""Institutions, laws and programmes: names, short forms, relations and years on one page; links follow the names."""

import hashlib

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse

from sections.editing.delete import delete_entry
from sections.editing.relink import NameClash, apply_plans, names_by_report, plans_after, refuse_clashes
from sections.models import Entry, Institution, Law, Mention, Name, Programme, Review
from sections.models.kinds import KINDS_BY_TYPE

from .base import CarefulAdmin, CarefulForm, NotSaved
from .conflicts import hidden_fields
from .entry_actions import EntryActs
from .history import EntryHistory
from .inlines import InverseRelations, Names, Relations, ShortForms
from .link_preview import effects
from .list_filters import KindFilter, ParagraphsFilter, PartFilter, ReviewFilter, SpanishFilter

SEEN = "_seen"


class EntryForm(CarefulForm):
    """The fields of an entry, with labels for those who fill them in."""

    class Meta:
        labels = {
            "slug": "Address",
            "description": "In one line",
            "description_paragraph": "Paragraph that says so",
            "start_year": "First year",
            "end_year": "Last year",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "vTextField"})}


class EntryAdmin(EntryActs, EntryHistory, CarefulAdmin):
    """The page of an entry, for all three types."""

    form = EntryForm
    list_display = ["name", "acronyms", "kind_in_words", "years", "paragraphs", "open_links", "spanish"]
    list_display_links = ["name"]
    list_filter = [KindFilter, ReviewFilter, PartFilter, ParagraphsFilter, SpanishFilter]
    search_fields = ["name", "names__text", "slug"]
    search_help_text = "Any name, acronym or Spanish name"
    ordering = ["name"]
    autocomplete_fields = ["description_paragraph"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [Names, ShortForms, Relations, InverseRelations]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind"]}),
        ("According to the report", {"fields": ["description", "description_paragraph", ("start_year", "end_year")]}),
    ]

    def get_queryset(self, request):
        """The entries with what the list shows of each, in three queries however long it is."""
        shown = Mention.objects.shown().filter(entry=OuterRef("pk")).order_by()
        named = shown.values("entry").annotate(n=Count("block__paragraph", distinct=True)).values("n")
        left = shown.filter(review=Review.UNREVIEWED).values("entry").annotate(n=Count("pk")).values("n")
        spanish = Name.objects.filter(entry=OuterRef("pk"), language=Name.Language.SPANISH)
        return (
            super()
            .get_queryset(request)
            .annotate(
                paragraph_count=Coalesce(Subquery(named), 0),
                open_count=Coalesce(Subquery(left), 0),
                has_spanish=Exists(spanish),
            )
            .prefetch_related(Prefetch("names", Name.objects.filter(form=Name.Form.ACRONYM), to_attr="its_acronyms"))
        )

    def get_readonly_fields(self, request, obj=None):
        """The last part of the address stays what it is: people cite it."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        """The address is made of the name only as long as nobody can have cited it."""
        return {} if obj else self.prepopulated_fields

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Of the kinds those of this type."""
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *KINDS_BY_TYPE[self.model.TYPE].items()]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Remembers by which names the entry was found, and stores its own fields."""
        request.names_before = names_by_report([obj.pk]) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Stores the rows, and brings the links in line once the editor has seen what comes of it."""
        super().save_related(request, form, formsets, change)
        entry = form.instance
        if names_by_report([entry.pk]) == request.names_before:
            return
        try:
            refuse_clashes([entry.pk])
        except NameClash as clash:
            raise NotSaved(str(clash)) from clash
        plans = plans_after(request.names_before, [entry.pk])
        seen = _fingerprint(plans)
        if seen and request.POST.get(SEEN) != seen:
            raise NotSaved(page=self._preview(request, entry, plans, seen))
        apply_plans(plans)

    def delete_model(self, request, obj):
        """Removes the entry with all that belongs to it."""
        delete_entry(obj, request.POST.get("why", "").strip(), request.user)

    def _preview(self, request, entry, plans, seen):
        context = {
            **self.admin_site.each_context(request),
            "title": "What this does to the links",
            "opts": self.opts,
            "original": entry,
            "name": entry.name,
            "effects": effects(plans, entry),
            "hidden": hidden_fields(request.POST, without=("csrf", SEEN, "_back")),
            "seen_name": SEEN,
            "seen": seen,
        }
        response = TemplateResponse(request, "admin/sections/preview.html", context)
        return response.render()  # now, while the rows that it names are as they would be

    @admin.display(description="acronyms")
    def acronyms(self, entry):
        return ", ".join(name.text for name in entry.its_acronyms)

    @admin.display(description="kind", ordering="kind")
    def kind_in_words(self, entry):
        return KINDS_BY_TYPE[entry.type].get(entry.kind, entry.kind)

    @admin.display(description="years", ordering="start_year")
    def years(self, entry):
        return entry.years

    @admin.display(description="paragraphs", ordering="paragraph_count")
    def paragraphs(self, entry):
        return entry.paragraph_count

    @admin.display(description="links to review", ordering="open_count")
    def open_links(self, entry):
        return entry.open_count or ""

    @admin.display(description="Spanish name", boolean=True, ordering="has_spanish")
    def spanish(self, entry):
        return entry.has_spanish


@admin.register(Institution)
class InstitutionAdmin(EntryAdmin):
    pass


@admin.register(Law)
class LawAdmin(EntryAdmin):
    pass


@admin.register(Programme)
class ProgrammeAdmin(EntryAdmin):
    pass


@admin.register(Entry)
class AnyEntryAdmin(admin.ModelAdmin):
    """Where the fields that look for an entry of any type find it; no page of its own."""

    search_fields = ["name", "names__text"]
    ordering = ["name"]

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _fingerprint(plans):
    """A short text that tells one effect on the links from another, or "" where there is none."""
    lines = [
        (sign, plan.report.pk, mention.block_id, mention.start, mention.end, mention.surface, mention.basis)
        for plan in plans
        for sign, mentions in (("+", plan.add), ("~", plan.change), ("-", plan.remove))
        for mention in mentions
    ]
    return hashlib.sha256(repr(sorted(lines)).encode()).hexdigest()[:32] if lines else ""
