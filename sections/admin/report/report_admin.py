"""A report at the desk: its facts can be corrected; its headings and tables are its text, which nobody changes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.editing.records import make_default
from sections.markup import link
from sections.models import Report, Section, Table
from sections.text.official import NAMES

from ..base import AuditedAdmin, AuditedForm, NumberSearch
from ..saving.constraints import ConstraintsAtFields
from ..translated_form import translated_form, translation_fields

WHY_NOT = _(
    "This is the text of the State party, as it was received. Nobody can change it, so that it can be cited and "
    "verified. If something is misprinted or misleading, write a note on the paragraph: readers see it beside the text."
)

LANGUAGE_HELP = Report._meta.get_field("language").help_text


class TextAdmin(AuditedAdmin):
    """Parts of a report's text, to read and to find; what editors may write beside them is linked here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """False: the text comes from the source alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """False: nobody changes the text."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """False: the text is deleted with its report alone."""
        return False


@admin.register(Section)
class SectionAdmin(NumberSearch, TextAdmin):
    """Headings of the outline; the subject of a reply is the editors'. Fields that search for a reply find it here."""

    list_display = ["__str__", "kind", "number", "subject", "recovered", "report"]
    list_filter = ["kind", "recovered", "convention_part", "report"]
    list_select_related = ["report", "reply_subject"]
    search_fields = ["number", "title", "reply_subject__text"]
    search_help_text = _("Number of a reply, or words of a heading or of a subject")
    ordering = ["report", "position"]
    fieldsets = [
        (
            _("Heading (read-only)"),
            {"fields": ["report", "kind", "label", "title", "number", "convention_part"], "description": WHY_NOT},
        ),
        (_("Lost in the conversion"), {"fields": ["recovered", "evidence"]}),
        (_("What the editors say"), {"fields": ["subject_here"]}),
    ]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Of headings all that match; fields that search for a reply are given replies alone."""
        is_field = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        return super().get_search_results(request, queryset.replies() if is_field else queryset, search_term)

    @admin.display(description=_("subject"))
    def subject(self, section: Section) -> str:
        return section.subject

    @admin.display(description=_("subject"))
    def subject_here(self, section: Section) -> str:
        """The subject of a reply, as a link to its form, or to the form that adds one."""
        if not section.is_reply:
            return gettext("Only replies have a subject.")
        if section.subject:
            return link(section.subject, reverse("admin:sections_replysubject_change", args=[section.reply_subject.pk]))
        return link(gettext("Add a subject"), f"{reverse('admin:sections_replysubject_add')}?section={section.pk}")


@admin.register(Table)
class TableAdmin(NumberSearch, TextAdmin):
    """Tables as printed; the figures in their cells are records of their own."""

    list_display = ["number", "title", "unit", "paragraph", "figure_count", "report"]
    list_display_links = ["number", "title"]
    list_filter = ["report"]
    list_select_related = ["report", "block__paragraph__report"]
    search_fields = ["number", "title", "unit"]
    search_help_text = _("Number of a table, or words of its title")
    fieldsets = [
        (
            _("Table (read-only)"),
            {"fields": ["report", "number", "title", "unit", "as_printed", "source"], "description": WHY_NOT},
        ),
        (_("What the editors say"), {"fields": ["figures_here", "notes_here"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Table]:
        return super().get_queryset(request).annotate(figures_n=Count("block__figures", distinct=True))

    @admin.display(description=_("paragraph"), ordering="block__paragraph__number")
    def paragraph(self, table: Table) -> int:
        return table.block.paragraph.number

    @admin.display(description=_("figures"), ordering="figures_n")
    def figure_count(self, table: Table) -> int:
        return table.figures_n

    @admin.display(description=_("as printed"))
    def as_printed(self, table: Table) -> str:
        return table.block.text.replace("\t", " | ").replace("\n | ", "\n")

    @admin.display(description=_("figures"))
    def figures_here(self, table: Table) -> str:
        words = gettext("The figures in paragraph %(number)s") % {"number": table.block.paragraph.number}
        return link(words, f"{reverse('admin:sections_figure_changelist')}?paragraph={table.block.paragraph.number}")

    @admin.display(description=_("notes"))
    def notes_here(self, table: Table) -> str:
        paragraph = table.block.paragraph
        words = gettext("Notes on paragraph %(number)s") % {"number": paragraph.number}
        return link(words, reverse("admin:sections_paragraph_change", args=[paragraph.pk]))


class ReportForm(
    ConstraintsAtFields,
    translated_form(
        Report,
        language=forms.ChoiceField(label=_("Language"), choices=list(NAMES.items()), help_text=LANGUAGE_HELP),
    ),
):
    """The facts of a report; one that becomes the default report takes the mark from the other one."""

    settled_by_saving = ("one_default_report",)


@admin.register(Report)
class ReportAdmin(AuditedAdmin):
    """What this site says of a report: title, dates, State party, treaty body, and where its text comes from."""

    form = ReportForm
    list_display = ["symbol", "title", "state_party", "treaty_body_acronym", "date_received", "is_default"]
    list_filter = ["treaty_body_acronym", "is_default"]
    search_fields = ["symbol", "title", "state_party"]
    search_help_text = _("Symbol, title or State party")
    ordering = ["symbol"]
    readonly_fields = ["symbol", "source_name", "source_sha256"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "symbol", "title", "state_party", "treaty_body", "treaty_body_acronym", "procedure",
                    ("language", "original_language"), "is_default",
                ],
                "description": _("The symbol stays: addresses and citations are made from it."),
            },
        ),
        (_("Dates"), {"fields": ["due_year", ("date_received", "date_distributed")]}),
        (_("Around the report"), {"fields": ["list_of_issues", "list_of_issues_date", "considered"]}),
        (
            _("Where the text comes from"),
            {
                "fields": [
                    "source_document", "source_obtained", "source_conversion", "source_compared", "source_limits",
                    "source_name", "source_sha256",
                ],
            },
        ),
        (_("In other languages"), {"fields": [field for *_names, field in translation_fields(Report)]}),
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """False: a report comes with its text, by `import_report`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """False: with a report all that people wrote on it would go."""
        return False

    def save_model(self, request: HttpRequest, obj: Report, form: AuditedForm, change: bool) -> None:
        """Stores the facts; only one report is the one that addresses without a symbol speak of."""
        if obj.is_default:
            make_default(obj)
        super().save_model(request, obj, form, change)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[AuditedForm]:
        """The form; the box of the default report can be ticked, and not cleared."""
        form = super().get_form(request, *args, **kwargs)
        report = args[0] if args else kwargs.get("obj")
        if report is not None and report.is_default and "is_default" in form.base_fields:
            form.base_fields["is_default"].disabled = True
            form.base_fields["is_default"].help_text = _("To change it, open another report and tick the box there.")
        return form
