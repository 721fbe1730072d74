"""Absolute addresses, the languages of the site, numbers, and content that has a translation."""

from functools import lru_cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, get_language_info, gettext, to_locale

from sections.citing import whole_address
from sections.models import Report
from sections.models.translations import Translated
from sections.presenters.quotation import quoted
from sections.presenters.sums import in_signs, localised, outcome_sentence
from sections.queries.reports import question_words, section_name, section_title
from sections.search.service import ALL_REPORTS

register = template.Library()

DEFAULT = None  # in place of a symbol: the default report, whichever that is

KEPT = 0 if settings.DEBUG else 200  # while templates are being changed nothing is kept


@register.filter
def translated(row: Translated | None, field: str) -> str:
    """A field of a row in the reader's language where it has a translation: `{{ part|translated:"title" }}`."""
    return row.translated(field) if row else ""


register.filter("quoted", quoted)


class Language(NamedTuple):
    """A language of the site: HTML tag, own name, and this page in it: `path`, and `address` with the query."""

    tag: str
    name: str
    path: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str | None = None) -> str:
    """The absolute address of a path, by default that of this page, at the site's own name if it has one.

    The path alone where the page knows nothing of the request, as that which refuses one.
    """
    request = context["request"]
    if "SERVER_NAME" not in request.META:
        return request.path if path is None else path
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


@register.simple_tag(takes_context=True)
def block_again(context: template.Context, name: str) -> str:
    """What a block of the page holds, once more in another place of the outermost template."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks and blocks.get_block(name)
    return block.render(context) if block else ""


@register.simple_tag
def open_graph_locale() -> str:
    """The language of the page as Open Graph names it, with a country: "en_GB", "es_ES"."""
    language, _, region = to_locale(get_language()).partition("_")
    return f"{language}_{region or language.upper()}"


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> str:
    """The links to the parts of the site, first to the report; that of the page is marked.

    A page without a report in its context leads to the default one without looking for it, so that an error page asks
    no database.
    """
    report, path = context.get("report"), context["request"].path
    symbol = report.symbol if report else "" if "report" in context else DEFAULT
    links = _site_links(get_language(), symbol)
    current = max((url for url, _ in links if path.startswith(url)), key=len, default="")
    return _navigation(links, current, current == path)


@lru_cache(KEPT)
def _navigation(links, current, is_page):
    return render_to_string("includes/navigation.html", {"links": links, "current": current, "is_page": is_page})


@lru_cache(KEPT)
def _site_links(language, symbol):
    of_report = {
        "report": gettext("Report"),
        "figures": gettext("Figures"),
        "timeline": gettext("Dates"),
        "places": gettext("Places"),
    }
    of_site = {
        "convention": gettext("Convention"),
        "institutions": gettext("Institutions"),
        "laws": gettext("Laws"),
        "programmes": gettext("Programmes"),
    }
    if symbol is DEFAULT:
        report = [(reverse("default-report"), of_report["report"])]
    else:
        names = of_report if symbol else {}
        report = [(reverse(name, kwargs={"symbol": symbol}), label) for name, label in names.items()]
    site = [(reverse(name), label) for name, label in of_site.items()]
    return (*report[:1], *site, *report[1:], (reverse("about"), gettext("About")))


@register.simple_tag(takes_context=True)
def reports_to_search(context: template.Context) -> list[tuple[str, str]]:
    """Where the search box can search, as (value, words), the first by default: none where there is no choice.

    Pages of the default report, and those that say that something is missing, offer none, so that they stay the same
    when another report is stored; the results page then leads further.
    """
    report = context.get("report")
    if report is not None:
        is_offered = report.has_others if context.get("offers_reports") else not report.is_default
        return [(report.symbol, report.symbol), _all_reports()] if is_offered else []
    default = None if context.get("without_choice") else Report.objects.default()
    return [_all_reports(), (default.symbol, default.symbol)] if default and default.has_others else []


def _all_reports():
    return ALL_REPORTS, gettext("all reports")


@register.filter
def html_language(code: str) -> str:
    """A language code as HTML writes it: "en-gb" becomes "en-GB"."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


@register.filter
def language_name(code: str) -> str:
    """The name of a language as the reader writes it in a sentence: "Spanish", "español"; the code if unknown."""
    try:
        name = get_language_info("zh-hans" if code == "zh" else code)["name_translated"]
    except KeyError:
        return code
    return name if get_language().startswith("en") else name.lower()


def _prefix(code):
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


register.filter("section_name", section_name)
register.filter("section_title", section_title)
register.filter("question_words", question_words)
register.filter("in_words", outcome_sentence)
register.filter("in_figures", localised)
register.filter("in_signs", in_signs)
