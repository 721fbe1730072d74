"""Absolute addresses, the languages of the site, numbers, and content that has a translation."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, gettext

from sections.citing import whole_address
from sections.models import Report
from sections.models.translations import Translated
from sections.presenters.sums import localised, outcome_sentence
from sections.queries.reports import section_name
from sections.search.service import ALL_REPORTS

register = template.Library()

PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")


@register.filter
def translated(row: Translated | None, field: str) -> str:
    """A field of a row in the reader's language where it has a translation: `{{ part|translated:"title" }}`."""
    return row.translated(field) if row else ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: HTML tag, own name, and this page in it: `path`, and `address` with the query."""

    tag: str
    name: str
    path: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str | None = None) -> str:
    """The absolute address of a path, by default that of this page, at the site's own name if it has one."""
    request = context["request"]
    return whole_address(request, request.path if path is None else path)


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[Language]:
    """The languages of the site, English first, each with the address of this page in it."""
    request, current = context["request"], get_language()
    query = request.META.get("QUERY_STRING", "")
    ending = f"?{query}" if query else ""
    bare = escape_leading_slashes(request.path.removeprefix(_prefix(current)))  # "//…" would lead to another site
    paths = {code: _prefix(code) + bare for code, _ in settings.LANGUAGES}
    return [
        Language(code.split("-")[0], name, paths[code], paths[code] + ending, code == current)
        for code, name in settings.LANGUAGES
    ]


@register.inclusion_tag("includes/navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, object]:
    """The links to the parts of the site, first to the report: that of the page, or the default one.

    A page without a report in its context does not look for one, so that an error page asks no database.
    """
    report, path, language = context.get("report"), context["request"].path, get_language()
    address = report.get_absolute_url() if report else "" if "report" in context else reverse("default-report")
    links = [(address, gettext("Report"))] if address else []
    links += _site_links(language)
    return {"links": links, "current": next((url for url, _ in links if url == path), ""), "language": language}


@lru_cache
def _site_links(language):
    labels = {
        "convention": gettext("Convention"),
        "institutions": gettext("Institutions"),
        "laws": gettext("Laws"),
        "programmes": gettext("Programmes"),
        "about": gettext("About"),
    }
    return [(reverse(name), label) for name, label in labels.items()]


@register.simple_tag(takes_context=True)
def reports_to_search(context: template.Context) -> list[tuple[str, str]]:
    """Where the search box can search, as (value, words), the first by default: none where there is no choice.

    Pages of the default report, and those that say that something is missing, offer none, so that they stay the same
    when another report is stored; the results page then leads further.
    """
    report, in_all = context.get("report"), (ALL_REPORTS, gettext("all reports"))
    if report is not None:
        is_offered = report.has_others if context.get("offers_reports") else not report.is_default
        return [(report.symbol, report.symbol), in_all] if is_offered else []
    default = None if context.get("without_choice") else Report.objects.default()
    return [in_all, (default.symbol, default.symbol)] if default and default.has_others else []


@register.filter
def html_language(code: str) -> str:
    """A language code as HTML writes it: "en-gb" becomes "en-GB"."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _prefix(code):
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


register.filter("section_name", section_name)
register.filter("in_words", outcome_sentence)
register.filter("in_figures", localised)


@register.filter
def in_signs(signs: str) -> str:
    """A sum in signs, such as "1,200 + 1 = 1,201" or "6 listed", with its numbers as the language writes them."""
    written = PRINTED.sub(lambda number: localised(Decimal(number[0].replace(",", ""))), signs)
    count = written.removesuffix(" listed")
    return written if count == written else gettext("%(count)s listed") % {"count": count}
