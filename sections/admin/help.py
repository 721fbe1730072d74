"""The manual for editors as a page of the desk, in the editor's language: docs/editors.md and its translations."""

from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from sections.markup import Heading, manual_as_html

from .pages import desk_page

MANUALS = {
    code: settings.BASE_DIR / "docs" / ("editors.md" if code == settings.LANGUAGE_CODE else f"editors.{code}.md")
    for code, _name in settings.LANGUAGES
}


@cache
def _manual(language: str) -> tuple[str, list[Heading]] | None:
    manual = MANUALS[language]
    return manual_as_html(manual.read_text(encoding="utf-8")) if manual.exists() else None


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """The manual, with a table of contents; in the language of the site where it has no translation."""
    languages = (str(get_language()), settings.LANGUAGE_CODE)
    language = next((code for code in languages if MANUALS.get(code) and _manual(code)), settings.LANGUAGE_CODE)
    text, headings = _manual(language) or ("", [])
    context = {"title": gettext("Help for editors"), "text": text, "headings": headings, "language": language}
    return desk_page(request, "admin/sections/help.html", **context)


admin.site.pages.append(path("help/", admin.site.admin_view(manual), name="help"))
