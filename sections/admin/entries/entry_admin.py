"""Institutions, laws and programmes: names, short forms, relations and years on one page; links follow the names."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Field, Model, Prefetch, Q, QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from sections.editing.delete import delete_entry, places_of
from sections.editing.new_slugs import free_slug
from sections.editing.relink import NameClash, names_of
from sections.models import (
    Entry,
    Institution,
    Law,
    Mention,
    Name,
    Programme,
    Relation,
    Review,
    ShortForm,
    shown_links,
)
from sections.models.kinds import KINDS_BY_TYPE
from sections.queries.changes import OF_ENTRY, Merged, deleted_rows, merged_away

from ..base import AuditedAdmin, LookupAdmin
from ..choosers import EntrySearch
from ..history.watching import Watchable
from ..inlines import InverseRelationInline, NameInline, RelationInline, ShortFormInline
from ..list_filters import SPANISH, KindFilter, ParagraphsFilter, PartFilter, ReviewFilter, SpanishFilter
from ..saving.previews import PreviewedSaves
from ..translated_form import translated_form, translation_fields
from .actions import EntryActions
from .name_saves import save_names
from .restructuring import pages_of

# What the page of deletion calls what belongs to an entry.
COUNTED = {
    Mention: _("links"),
    Name: _("other names"),
    ShortForm: _("short forms"),
    Relation: _("relations"),
}


class EntryForm(translated_form(Entry)):
    """The fields of an entry, with labels for those who fill them in."""

    keep_name = forms.BooleanField(
        label=_("Keep the old name as another name"),
        required=False,
        initial=True,
        help_text=_("Counts only if you change the name. The entry is then found by both."),
    )
    refused: dict[str, str] = {}

    class Meta:
        labels = {
            "name": _("Name"),
            "slug": _("Address"),
            "kind": _("Kind"),
            "description": _("In one line"),
            "description_paragraph": _("Described in paragraph"),
            "start_year": _("First year"),
            "end_year": _("Last year"),
        }
        help_texts = {
            "name": _("As the report prints it, in its fullest form."),
            "slug": _(
                "The last part of the entry’s address, made from the name if left empty. It cannot be changed later."
            ),
            "description": _("One line: what it is according to the report."),
            "start_year": _("Only where the report states it."),
            "end_year": _("Only where the report states it."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "vTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The address that was typed, in small letters, or one made from the name."""
        typed = self.cleaned_data["slug"].lower()
        return typed or free_slug(self.instance.type, self.cleaned_data.get("name", ""))

    def clean(self) -> dict[str, Any]:
        """Shows beside the name why the last attempt to save it was refused."""
        given = super().clean()
        if words := self.refused.get(given.get("name", "")):
            self.add_error("name", words)
        return given


DESCRIPTIONS = [field for *_names, field in translation_fields(Entry)]


@admin.register(Institution, Law, Programme)
class EntryAdmin(Watchable, EntryActions, EntrySearch, PreviewedSaves, AuditedAdmin):
    """The pages of entries, for all three types."""

    form = EntryForm
    list_display = ["name", "acronyms", "kind_words", "years", "paragraphs", "open_links", "spanish"]
    list_display_links = ["name"]
    list_filter = [KindFilter, ReviewFilter, PartFilter, ParagraphsFilter, SpanishFilter]
    search_fields = ["name", "names__text", "slug"]
    search_help_text = _("Any name, acronym or Spanish name, or a kind such as “ministry”")
    ordering = ["name"]
    autocomplete_fields = ["description_paragraph"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NameInline, ShortFormInline, RelationInline, InverseRelationInline]
    history_parts = OF_ENTRY
    preview_template = "admin/sections/link_preview.html"
    deleted_note = _("A restored entry comes back with its names, short forms, relations and links.")

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

    def get_formset_kwargs(self, request: HttpRequest, obj: Entry, inline: Any, prefix: str) -> dict[str, Any]:
        """What makes the rows of an inline; a name that the address gives stands in the empty row."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and inline.model is Name and (words := request.GET.get("name_text", "")):
            given["initial"] = [{"text": words}]
        return given

    def get_prepopulated_fields(self, request: HttpRequest, obj: Entry | None = None) -> dict[str, list[str]]:
        return {} if obj else self.prepopulated_fields

    def formfield_for_choice_field(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """The field; of the kinds only those of this type."""
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *KINDS_BY_TYPE[self.model.TYPE].items()]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Entry | None = None) -> list[tuple]:
        """The fields in groups; an entry that exists can keep its old name when it is given another."""
        years = ("start_year", "end_year")
        return [
            (None, {"fields": ["name", *(["keep_name"] if obj else []), "slug", "kind"]}),
            (_("According to the report"), {"fields": ["description", *DESCRIPTIONS, "description_paragraph", years]}),
        ]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The form of this request; it says at the name why the last attempt to save it was refused."""
        form = super().get_form(request, *args, **kwargs)
        form.refused = getattr(request, "refused_names", {})
        return form

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any) -> HttpResponse:
        """The form; a name that another entry has is refused at its row, with a link to that entry."""
        try:
            return super().changeform_view(request, object_id, *args)
        except NameClash as clash:
            request.refused_names = {each.text: each.words for each in clash.clashes}
            request.refusal_entries = list(dict.fromkeys(each.other for each in clash.clashes))
            return self.form_again(request, object_id, str(clash))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page of the form, with links to the entries that have names which were refused."""
        context["refusal_entries"] = getattr(request, "refusal_entries", ())
        if entry := context["original"]:
            context["tools"] = pages_of(entry)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: HttpRequest, obj: Entry, form: EntryForm, change: bool) -> None:
        """Stores the entry's own fields; the names before are kept on the request to compare with those after."""
        request.names_before = names_of([obj.pk]) if change else names_of([])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: EntryForm, formsets: list[BaseFormSet], change: bool) -> None:
        """Stores the rows, and what follows from the names; see `save_names` for what it may raise."""
        super().save_related(request, form, formsets, change)
        named_by_rows = any(formset.has_changed() for formset in formsets if formset.model in (Name, ShortForm))
        is_renamed = change and "name" in form.changed_data
        if change and not named_by_rows and not is_renamed:
            return
        former = form.initial["name"] if is_renamed and form.cleaned_data.get("keep_name") else ""
        for warning in save_names(request, form.instance, former, is_new=not change):
            messages.warning(request, str(warning))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks before it deletes, and shows the places that are linked."""
        entry = self.get_object(request, object_id)
        places = places_of(entry) if entry is not None and request.method != "POST" else ()
        return super().delete_view(request, object_id, {**(extra_context or {}), "places": places})

    def delete_model(self, request: HttpRequest, obj: Entry) -> None:
        """Removes the entry with all that belongs to it, within the change of the page."""
        delete_entry(obj)

    def get_deleted_objects(self, objs: Iterable[Entry], request: HttpRequest) -> tuple:
        """What is deleted with the entries, counted under the words that the desk uses elsewhere."""
        to_delete, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        words = {str(model._meta.verbose_name_plural): words for model, words in COUNTED.items()}
        counts = {words.get(str(noun), noun): count for noun, count in counts.items()}
        own = {str(model._meta.verbose_name) for model in COUNTED}  # whoever may delete the entry may delete these
        return to_delete, counts, {noun for noun in forbidden if str(noun) not in own}, protected

    def deleted_rows(self) -> list[Model]:
        return deleted_rows(Entry, type=self.model.TYPE)

    def merged_away(self, key: int) -> Merged | None:
        return merged_away(key)

    @admin.display(description=_("acronyms"))
    def acronyms(self, entry: Entry) -> str:
        return ", ".join(name.text for name in entry.its_acronyms)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_words(self, entry: Entry) -> str:
        return entry.kind_words

    @admin.display(description=_("years"), ordering="start_year")
    def years(self, entry: Entry) -> str:
        return entry.years

    @admin.display(description=_("paragraphs"), ordering="paragraph_count")
    def paragraphs(self, entry: Entry) -> int:
        return entry.paragraph_count

    @admin.display(description=_("links to review"), ordering="open_count")
    def open_links(self, entry: Entry) -> int | str:
        return entry.open_count or ""

    @admin.display(description=_("Spanish name"), boolean=True, ordering="has_spanish")
    def spanish(self, entry: Entry) -> bool:
        return entry.has_spanish


@admin.register(Entry)
class AnyEntryAdmin(EntrySearch, LookupAdmin):
    """Where fields that search for an entry of any type find it."""

    search_fields = ["name", "names__text"]
    ordering = ["name"]

    def get_urls(self) -> list[URLPattern]:
        """None: each entry has its page in the list of its own type."""
        return []

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return request.user.is_active and request.user.is_staff
