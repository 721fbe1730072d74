"""The registers and the Convention as lists, filtered and sorted as their pages are."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from sections.citing import whole_address
from sections.exports.listing import Listing
from sections.filters import RegisterFilter
from sections.models import ARTICLE_STATES, ConventionArticle, ConventionPart, kept_report
from sections.presenters.registers import REGISTERS
from sections.queries import convention as convention_queries
from sections.queries import entries as queries
from sections.queries.entry_names import shown_name
from sections.queries.paragraphs import nested_numbers, numbers_by_entry

from ..limits import narrowed_list
from .files import about_list, filter_names, language_of_rows, list_file

ENTRY = (
    "name", "acronyms", "other_names", "kind", "start_year", "end_year", "paragraph_count", "paragraphs",
    "nested_count", "nested_paragraphs", "description", "slug", "url",
)  # fmt: skip
ARTICLE = (
    "article", "part", "subject", "coverage", "read_by", "read_on", "paragraph_count", "direct_count", "paragraphs",
    "url",
)  # fmt: skip


@list_file
@narrowed_list
def register(request: HttpRequest, type: str) -> Listing:
    """A register: its entries with their names, kinds, years and paragraphs."""
    report, register = kept_report(), REGISTERS[type]
    filters = RegisterFilter(type, report, request.GET, queryset=queries.register(type))
    entries = queries.in_order(report, queries.counted(report, filters.qs), filters.asked["sort"])
    numbers, nested = numbers_by_entry(report), nested_numbers(report)
    with language_of_rows(request):
        rows = [
            _entry_row(request, report, entry, numbers.get(entry.pk, []), nested.get(entry.pk, [])) for entry in entries
        ]
    return Listing.of(
        register.heading,
        ENTRY,
        rows,
        name=register.page,
        about=about_list(request, report, filters.in_words()),
        facts={"report": report and report.symbol},
        file_name=[*([report.symbol] if report else []), register.page, *filter_names(request, filters)],
    )


@list_file
def convention(request: HttpRequest) -> Listing:
    """The articles of the Convention, each with the paragraphs that are linked to it; with `?show=`, some of them."""
    parts = convention_queries.parts_with_counts(kept_report())
    shown = request.GET.get("show", "")
    shown = shown if shown in ARTICLE_STATES else ""
    names = ["convention", f"show {shown}"] if shown else ["convention"]
    return _articles(request, gettext("The Convention"), parts, names, shown)


@list_file
def part(request: HttpRequest, number: int) -> Listing:
    """The articles of a part."""
    parts = [part for part in convention_queries.parts_with_counts(kept_report()) if part.number == number]
    if not parts:
        raise Http404(gettext("The Convention has no part %(number)s.") % {"number": number})
    title = gettext("Part %(roman)s of the Convention") % {"roman": parts[0].roman}
    return _articles(request, title, parts, ["convention", f"part {number}"])


def _articles(
    request: HttpRequest,
    title: str,
    parts: Iterable[ConventionPart],
    names: list[str],
    shown: str = "",
) -> Listing:
    report = kept_report()
    articles = [(part, article) for part in parts for article in part.articles.all()]
    asked = [row for row in articles if convention_queries.has_state(row[1], shown)]
    in_use = [(gettext("Articles to show"), str(ARTICLE_STATES[shown]))] if shown else []
    with language_of_rows(request):
        rows = [_article_row(request, report, part, article) for part, article in asked]
    return Listing.of(
        title,
        ARTICLE,
        rows,
        name="articles",
        about=about_list(request, report, in_use),
        facts={"report": report and report.symbol},
        file_name=[*([report.symbol] if report else []), *names],
    )


def _entry_row(request: HttpRequest, report: Any, entry: Any, numbers: list[int], nested: list[int]) -> dict[str, Any]:
    acronyms = queries.acronyms(entry)
    names, shown = (
        dict.fromkeys([entry.name, *(name.text for name in entry.names.all())]),
        shown_name(report, entry).text,
    )
    return {
        "name": shown,
        "acronyms": acronyms,
        "other_names": [name for name in names if name != shown and name not in acronyms],
        "kind": entry.kind_words,
        "start_year": entry.start_year,
        "end_year": entry.end_year,
        "paragraph_count": len(numbers),
        "paragraphs": numbers,
        "nested_count": len(nested),
        "nested_paragraphs": nested,
        "description": entry.translated("description"),
        "slug": entry.slug,
        "url": whole_address(request, entry.get_absolute_url()),
    }


def _article_row(request: HttpRequest, report: Any, part: ConventionPart, article: ConventionArticle) -> dict[str, Any]:
    return {
        "article": article.number,
        "part": part.roman,
        "subject": article.translated("subject"),
        "coverage": str(article.coverage.label),
        "read_by": article.silence and article.silence.read_by,
        "read_on": article.silence and str(article.silence.read_on),
        "paragraph_count": article.count,
        "direct_count": article.high,
        "paragraphs": convention_queries.numbers_on(report, {article.number}),
        "url": whole_address(request, article.get_absolute_url()),
    }
