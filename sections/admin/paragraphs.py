"""Paragraphs: their text is the source's and can't be changed; notes and article links are put beside it."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, Max

from sections.editing.revert import revert_paragraph
from sections.models import ArticleLink, Note, Paragraph, Subjects, shown_links
from sections.queries.changes import OF_PARAGRAPH

from .base import CarefulAdmin
from .history import RowHistory
from .inlines import Plain
from .phrases import PhrasesField

WHY_NOT = (
    "The text of the report is the State party’s and stands here exactly as it was received, so that it can be cited "
    "and proved; nobody can change it. If something is misprinted, say so in a note: readers see it beside the text."
)


class Beside(Plain, admin.StackedInline):
    """What is written beside the paragraph; the way to the site stands once, above all of it."""

    view_on_site = False


class Notes(Beside):
    model = Note
    fields = ["quote", "text"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}
    extra = 1
    verbose_name = "note"
    verbose_name_plural = "Editors’ notes, shown to readers beside the paragraph"


class SubjectsForm(forms.ModelForm):
    phrases = PhrasesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=Subjects._meta.get_field("phrases").help_text,
    )

    class Meta:
        model = Subjects
        fields = ["phrases"]


class SubjectsOfParagraph(Beside):
    model = Subjects
    form = SubjectsForm
    verbose_name = verbose_name_plural = "Subjects, under which the search finds it too"


class Articles(Plain, admin.TabularInline):
    model = ArticleLink
    fields = ["article", "reason", "confidence", "review", "basis"]
    autocomplete_fields = ["article"]
    extra = 0
    verbose_name_plural = "Articles of the Convention that it bears on"


@admin.register(Paragraph)
class ParagraphAdmin(RowHistory, CarefulAdmin):
    """A paragraph to read, with what editors lay beside it."""

    list_display = ["number", "opening", "section", "note_count", "article_count"]
    list_display_links = ["number", "opening"]
    list_select_related = ["section"]
    list_filter = [("editors_notes", admin.EmptyFieldListFilter)]
    search_fields = ["number", "blocks__text"]
    search_help_text = "Number of a paragraph, or words in it"
    ordering = ["report", "number"]
    inlines = [Notes, SubjectsOfParagraph, Articles]
    readonly_fields = ["text_as_received", "section", "source_line", "sha256"]
    fieldsets = [
        ("Text, which nobody can change", {"fields": ["text_as_received"], "description": WHY_NOT}),
        ("Where it stands", {"fields": ["section", "source_line", "sha256"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        """The paragraphs with the numbers of their notes and article links."""
        shown = Count("article_links", distinct=True, filter=shown_links("article_links"))
        rows = super().get_queryset(request).select_related("report")
        return rows.annotate(notes_n=Count("editors_notes", distinct=True), articles_n=shown)

    def get_search_results(self, request, queryset, search_term):
        """The paragraph of a number; else those that hold the words."""
        if search_term.strip().isdigit():
            return queryset.filter(number=int(search_term.strip()[:6])), False
        rows, _ = super().get_search_results(request, queryset, search_term)
        return rows, True

    def has_add_permission(self, request):
        """Paragraphs come from the source alone."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Paragraphs go with their report alone."""
        return False

    def has_change_permission(self, request, obj=None):
        """Who may write notes may open the page to do so."""
        return request.user.has_perm("sections.change_note")

    def has_view_permission(self, request, obj=None):
        """Who may do either."""
        return super().has_view_permission(request, obj) or self.has_change_permission(request, obj)

    def save_formset(self, request, form, formset, change):
        """Stores the rows; a new note comes after those that are there."""
        if formset.model is Note:
            last = Note.objects.filter(paragraph=form.instance).aggregate(last=Max("position"))["last"] or 0
            for place, row in enumerate(formset.extra_forms, start=1):
                row.instance.position = last + place
        super().save_formset(request, form, formset, change)

    def deleted_rows(self):
        """None: paragraphs are not deleted; the notes, subjects and links beside one come back from its history."""
        return []

    def history_parts(self):
        """Its notes, subjects and article links: of the text there is no history, for it does not change."""
        return OF_PARAGRAPH

    def bring_back(self, key, last, reason, user):
        """Brings back notes, subjects and article links."""
        return revert_paragraph(key, last, reason, user)

    @admin.display(description="text as received")
    def text_as_received(self, paragraph):
        return "\n\n".join(f"{block.label} {block.text}".strip() for block in paragraph.blocks.order_by("position"))

    @admin.display(description="text")
    def opening(self, paragraph):
        first = paragraph.blocks.order_by("position").first()
        return f"{first.text[:90]}…" if first and len(first.text) > 90 else first.text if first else ""

    @admin.display(description="notes", ordering="notes_n")
    def note_count(self, paragraph):
        return paragraph.notes_n or ""

    @admin.display(description="articles", ordering="articles_n")
    def article_count(self, paragraph):
        return paragraph.articles_n or ""
