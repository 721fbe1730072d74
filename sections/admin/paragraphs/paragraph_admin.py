"""Paragraphs: their text is the source's and cannot be changed; notes, subjects and article links stand beside it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext_lazy as _

from sections.editing.thesaurus import check_phrases
from sections.models import ArticleLink, Block, Note, Paragraph, Subjects, Watch, shown_links
from sections.queries.changes import OF_PARAGRAPH

from ..base import AuditedAdmin, NumberSearch
from ..fields import PhrasesField
from ..history.watching import Watchable
from ..inlines import Rows
from ..saving.previews import PreviewedSaves, has_seen, show_first
from ..saving.search_preview import found_now, gains
from .links import neighbours_of, text_with_links

WHY_NOT = _(
    "This is the State party’s text exactly as it was received, so that it can be cited and verified; nobody can "
    "change it. If something is misprinted, say so in a note: readers see it beside the text."
)


class NoteInline(Rows, admin.StackedInline):
    model = Note
    fields = ["quote", "text"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}
    extra = 1
    view_on_site = False
    verbose_name = _("note")
    verbose_name_plural = _("Editors’ notes, shown to readers beside the paragraph")


class SubjectsForm(ModelForm):
    phrases = PhrasesField(required=False, help_text=Subjects._meta.get_field("phrases").help_text)

    def clean_phrases(self) -> list[str]:
        """Refuses phrases by which no search can find anything, and those that are there twice."""
        check_phrases(self.cleaned_data["phrases"])
        return self.cleaned_data["phrases"]


class SubjectsInline(Rows, admin.StackedInline):
    model = Subjects
    form = SubjectsForm
    view_on_site = False
    verbose_name = verbose_name_plural = _("Subjects: phrases by which the search finds it too")


class ArticleLinkInline(Rows, admin.TabularInline):
    model = ArticleLink
    fields = ["article", "reason", "confidence", "review", "basis"]
    autocomplete_fields = ["article"]
    extra = 0
    verbose_name_plural = _("Articles of the Convention that it bears on")


def new_subjects(formsets: list[BaseFormSet]) -> list[str]:
    """The phrases that the rows of subjects add."""
    added: list[str] = []
    for row in (row for formset in formsets if formset.model is Subjects for row in formset.forms):
        if row.has_changed() and not row.cleaned_data.get("DELETE"):
            former = row.initial.get("phrases") or []
            added += [phrase for phrase in row.cleaned_data.get("phrases") or [] if phrase not in former]
    return added


@admin.register(Paragraph)
class ParagraphAdmin(Watchable, NumberSearch, PreviewedSaves, AuditedAdmin):
    """A paragraph to read, with what editors write beside it."""

    list_display = ["number", "opening", "section", "note_count", "article_count"]
    list_display_links = ["number", "opening"]
    list_select_related = ["section"]
    list_filter = [("editors_notes", admin.EmptyFieldListFilter)]
    search_fields = ["number", "blocks__text"]
    search_help_text = _("Number of a paragraph, or words in it")
    ordering = ["report", "number"]
    inlines = [NoteInline, SubjectsInline, ArticleLinkInline]
    watch_kind = Watch.Kind.PARAGRAPH
    preview_template = "admin/sections/search_preview.html"
    change_form_template = "admin/sections/paragraph_form.html"
    history_parts = OF_PARAGRAPH  # not the text, which does not change
    readonly_fields = ["text_as_received", "section", "source_line", "sha256"]
    fieldsets = [
        (_("Text (read-only)"), {"fields": ["text_as_received"], "description": WHY_NOT}),
        (_("Position in the source"), {"fields": ["section", "source_line", "sha256"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paragraph]:
        """The paragraphs with their first words and the numbers of their notes and article links."""
        first = Block.objects.filter(paragraph=OuterRef("pk")).order_by("position").values("text")[:1]
        paragraphs = super().get_queryset(request).select_related("report")
        return paragraphs.annotate(
            first_text=Subquery(first),
            notes_n=Count("editors_notes", distinct=True),
            articles_n=Count("article_links", distinct=True, filter=shown_links("article_links")),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """False: paragraphs come from the source alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Paragraph | None = None) -> bool:
        """False: paragraphs are deleted with their report alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Paragraph | None = None) -> bool:
        """Whether the person may write notes; the page is opened to do so."""
        return request.user.has_perm("sections.change_note")

    def has_view_permission(self, request: HttpRequest, obj: Paragraph | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_change_permission(request, obj)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool) -> None:
        """Stores the rows, once the editor has seen what searches will find by new subjects."""
        phrases = new_subjects(formsets)
        if not phrases or has_seen(request, phrases):
            return super().save_related(request, form, formsets, change)
        before = found_now(phrases)
        super().save_related(request, form, formsets, change)
        show_first(form.instance, phrases, name=form.instance, searches=gains(before))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page of the form, with the ways to the paragraphs beside it."""
        if context["original"]:
            context |= neighbours_of(context["original"])
        return super().render_change_form(request, context, **kwargs)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool) -> None:
        """Stores the rows; new notes come after the existing ones."""
        if formset.model is Note:
            last = Note.objects.filter(paragraph=form.instance).aggregate(last=Max("position"))["last"] or 0
            for position, row in enumerate(formset.extra_forms, start=last + 1):
                row.instance.position = position
        super().save_formset(request, form, formset, change)

    @admin.display(description=_("text as received"))
    def text_as_received(self, paragraph: Paragraph) -> str:
        return text_with_links(paragraph)

    @admin.display(description=_("text"))
    def opening(self, paragraph: Paragraph) -> str:
        return truncatechars(paragraph.first_text or "", 91)

    @admin.display(description=_("notes"), ordering="notes_n")
    def note_count(self, paragraph: Paragraph) -> int | str:
        return paragraph.notes_n or ""

    @admin.display(description=_("articles"), ordering="articles_n")
    def article_count(self, paragraph: Paragraph) -> int | str:
        return paragraph.articles_n or ""
