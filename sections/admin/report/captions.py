"""The captions of the Convention's articles and the titles of its parts, in every language of the site."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sections.models import Convention, ConventionArticle, ConventionPart

from ..base import AuditedAdmin, NumberSearch
from ..fields import PhrasesField
from ..translated_form import translated_form, translation_fields

LANGUAGES = [(code.partition("-")[0], name) for code, name in settings.LANGUAGES]  # as the terms name them: en, es, fr


def _terms_field(language):
    return f"terms_{language}"


def _terms_form():
    """The form of an article with a field for the treaty's own words in each language."""
    fields = {
        _terms_field(code): PhrasesField(
            label=format_lazy("{} ({})", _("The treaty’s own words"), name),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "lang": code}),
            help_text=_("One phrase a line. The search finds the article by them."),
        )
        for code, name in LANGUAGES
    }
    return translated_form(ConventionArticle, **fields)


class ArticleForm(_terms_form()):
    """A caption with its translations, and the treaty's own words by language, one phrase a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in LANGUAGES:
            self.initial.setdefault(_terms_field(code), self.instance.terms.get(code, []))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        terms = {code: given.get(_terms_field(code)) for code, _name in LANGUAGES}
        self.instance.terms = {code: phrases for code, phrases in terms.items() if phrases}
        return given


class KeptAdmin(AuditedAdmin):
    """Records that come with the Convention: they are corrected, and neither added nor deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


CAPTIONS = [field for *_names, field in translation_fields(ConventionArticle)]


@admin.register(ConventionArticle)
class ConventionArticleAdmin(NumberSearch, KeptAdmin):
    """Captions, which are the editors' own; fields that search for an article find it here."""

    form = ArticleForm
    list_display = ["number", "subject", "spanish", "french", "part"]
    list_display_links = ["number", "subject"]
    list_filter = ["part"]
    list_select_related = ["part"]
    search_fields = ["number", "subject"]
    search_help_text = _("Number of an article, or words of its caption")
    ordering = ["number"]
    readonly_fields = ["number", "part"]
    fieldsets = [
        (None, {"fields": ["number", "part", "subject", *CAPTIONS]}),
        (_("The treaty’s own words"), {"fields": [_terms_field(code) for code, _name in LANGUAGES]}),
    ]

    @admin.display(description=_("Spanish"))
    def spanish(self, article: ConventionArticle) -> str:
        return article.translations.get("es", {}).get("subject", "")

    @admin.display(description=_("French"))
    def french(self, article: ConventionArticle) -> str:
        return article.translations.get("fr", {}).get("subject", "")


@admin.register(ConventionPart)
class ConventionPartAdmin(KeptAdmin):
    """Titles of the parts, in every language."""

    form = translated_form(ConventionPart)
    list_display = ["roman", "title", "first_article", "last_article"]
    list_display_links = ["roman", "title"]
    readonly_fields = ["roman", "first_article", "last_article"]
    fieldsets = [
        (None, {"fields": ["roman", "title", *(field for *_names, field in translation_fields(ConventionPart))]}),
        (_("Articles"), {"fields": [("first_article", "last_article")]}),
    ]


@admin.register(Convention)
class ConventionAdmin(KeptAdmin):
    """The title of the treaty, in every language, and the symbol of the document that holds its text."""

    form = translated_form(Convention)
    list_display = ["acronym", "title", "symbol"]
    readonly_fields = ["acronym"]
    fieldsets = [
        (
            None,
            {"fields": ["acronym", "title", "symbol", *(field for *_names, field in translation_fields(Convention))]},
        ),
    ]
