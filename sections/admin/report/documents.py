"""What belongs to a report beside its text: the subjects of its replies, and the documents related to it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from sections.models import RelatedDocument, ReplySubject

from ..base import AuditedAdmin
from ..fields import ListField
from ..translated_form import translated_form, translation_fields


class CodesField(ListField):
    """Codes of languages, written as "en, es"."""

    write = staticmethod(", ".join)

    def parse(self, text: str) -> list[str]:
        return list(dict.fromkeys(code for code in text.lower().replace(",", " ").split()))


@admin.register(ReplySubject)
class ReplySubjectAdmin(AuditedAdmin):
    """Subjects of replies in every language of the site."""

    form = translated_form(ReplySubject)
    list_display = ["reply", "text", "report"]
    list_display_links = ["reply", "text"]
    list_select_related = ["section__report"]
    search_fields = ["text", "section__number", "section__report__symbol"]
    search_help_text = gettext_lazy("Words of a subject, number of a reply, or symbol of a report")
    ordering = ["section__report", "section__position"]
    autocomplete_fields = ["section"]
    fieldsets = [(None, {"fields": ["section", "text", *(field for *_, field in translation_fields(ReplySubject))]})]

    @admin.display(description=gettext_lazy("reply"), ordering="section__number")
    def reply(self, subject: ReplySubject) -> int:
        return subject.section.number

    @admin.display(description=gettext_lazy("report"), ordering="section__report__symbol")
    def report(self, subject: ReplySubject) -> str:
        return subject.section.report.symbol


@admin.register(RelatedDocument)
class RelatedDocumentAdmin(AuditedAdmin):
    """Documents that belong to reports; readers see what is verified, and what is not."""

    form = translated_form(
        RelatedDocument,
        languages=CodesField(required=False, help_text=RelatedDocument._meta.get_field("languages").help_text),
        address=forms.URLField(
            label=gettext_lazy("Official address"),
            max_length=500,
            required=False,
            assume_scheme="https",
            widget=forms.URLInput(attrs={"class": "vTextField"}),
            help_text=RelatedDocument._meta.get_field("address").help_text,
        ),
    )
    list_display = ["symbol", "kind", "title", "date", "verified", "report"]
    list_filter = ["kind", "verified"]
    list_select_related = ["report"]
    search_fields = ["symbol", "title", "report__symbol"]
    autocomplete_fields = ["report"]
    fieldsets = [
        (None, {"fields": ["report", "kind", "symbol", "title", "date", "languages", "address"]}),
        (gettext_lazy("How certain it is"), {"fields": ["verified", "evidence"]}),
        (gettext_lazy("In other languages"), {"fields": [field for *_, field in translation_fields(RelatedDocument)]}),
    ]
