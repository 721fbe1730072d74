"""What belongs to a report beside its text: the subjects of its replies, and the documents related to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from sections.models import RelatedDocument, ReplySubject, Report, Section
from sections.models.translations import Translated

from .base import AuditedAdmin, AuditedForm, LookupAdmin, NumberSearch
from .fields import ListField

OTHER_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class TranslatedForm(AuditedForm):
    """A form with a field for each translation: `text_es`, `text_fr`; `translated_form` makes it for a model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, language, field in translation_fields(self._meta.model):
            self.initial.setdefault(field, self.instance.translations.get(language, {}).get(name, ""))

    def clean(self) -> dict[str, Any]:
        """Stores the translations that were given; an empty field removes one."""
        given = super().clean()
        texts = {language: {} for language, _ in OTHER_LANGUAGES}
        for name, language, field in translation_fields(self._meta.model):
            if given.get(field):
                texts[language][name] = given[field]
        self.instance.translations = {language: own for language, own in texts.items() if own}
        return given


def translation_fields(model: type[Translated]) -> list[tuple[str, str, str]]:
    """The fields of the form of a model: what is translated, into which language, and the name of the field."""
    return [(name, code, f"{name}_{code}") for name in model.TRANSLATED for code, _ in OTHER_LANGUAGES]


def translated_form(model: type[Translated], **fields: forms.Field) -> type[TranslatedForm]:
    """The form of a model with fields for its translations, and other fields of its own."""
    languages = dict(OTHER_LANGUAGES)
    for name, code, field in translation_fields(model):
        column = model._meta.get_field(name)
        label = f"{column.verbose_name.capitalize()} ({languages[code]})"
        widget = forms.TextInput(attrs={"class": "vTextField", "lang": code})
        fields[field] = forms.CharField(label=label, max_length=column.max_length, required=False, widget=widget)
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Form", (TranslatedForm,), {**fields, "Meta": meta})


class CodesField(ListField):
    """Codes of languages, written as "en, es"."""

    write = staticmethod(", ".join)

    def parse(self, text: str) -> list[str]:
        return list(dict.fromkeys(code for code in text.lower().replace(",", " ").split()))


@admin.register(Section)
class SectionAdmin(NumberSearch, LookupAdmin):
    """Where the field that searches for a reply finds it; the outline is not edited here."""

    search_fields = ["number", "title", "reply_subject__text"]
    ordering = ["report", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        """The replies alone."""
        return super().get_queryset(request).replies()


@admin.register(Report)
class ReportAdmin(LookupAdmin):
    """Where fields that search for a report find it; its facts come with its text."""

    search_fields = ["symbol", "state_party"]
    ordering = ["symbol"]


@admin.register(ReplySubject)
class ReplySubjectAdmin(AuditedAdmin):
    """Subjects of replies in every language of the site."""

    form = translated_form(ReplySubject)
    list_display = ["reply", "text", "report"]
    list_display_links = ["reply", "text"]
    list_select_related = ["section__report"]
    search_fields = ["text", "section__number", "section__report__symbol"]
    search_help_text = "Words of a subject, number of a reply, or symbol of a report"
    ordering = ["section__report", "section__position"]
    autocomplete_fields = ["section"]
    fieldsets = [(None, {"fields": ["section", "text", *(field for *_, field in translation_fields(ReplySubject))]})]

    @admin.display(description="reply", ordering="section__number")
    def reply(self, subject: ReplySubject) -> int:
        return subject.section.number

    @admin.display(description="report", ordering="section__report__symbol")
    def report(self, subject: ReplySubject) -> str:
        return subject.section.report.symbol


@admin.register(RelatedDocument)
class RelatedDocumentAdmin(AuditedAdmin):
    """Documents that belong to reports; readers see what is verified, and what is not."""

    form = translated_form(
        RelatedDocument,
        languages=CodesField(required=False, help_text=RelatedDocument._meta.get_field("languages").help_text),
        address=forms.URLField(
            label="Official address",
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
        ("How certain it is", {"fields": ["verified", "evidence"]}),
        ("In other languages", {"fields": [field for *_, field in translation_fields(RelatedDocument)]}),
    ]
