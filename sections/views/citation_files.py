"""The files for reference managers beside each page: what the page is cited as, in a format of `citing`."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.citing import Cited
from sections.exports.formats import FileFormat
from sections.models import ConventionArticle, Report, kept_report
from sections.queries import entries, paragraphs, reports

from . import citations
from .shortcuts import file_named, moved_redirect, report_view


@report_view
def report(request: HttpRequest, report: Report, file_format: FileFormat) -> HttpResponse:
    """The citation of the report."""
    return citation_file(citations.of_report(request, report).cited, file_format)


@report_view
def reply(request: HttpRequest, report: Report, number: int, file_format: FileFormat) -> HttpResponse:
    """The citation of the reply; 404 in words for a number that no reply has."""
    for heading in reports.outline(report).in_order():
        if heading.section.is_reply and heading.section.number == number:
            return citation_file(citations.of_reply(request, report, heading).cited, file_format)
    raise Http404(gettext("%(symbol)s has no reply %(number)s.") % {"symbol": report.symbol, "number": number})


@report_view
def footnote(request: HttpRequest, report: Report, number: int, file_format: FileFormat) -> HttpResponse:
    """The citation of the footnote; 404 in words for a number that no footnote has."""
    content = next((row for row in paragraphs.contents(report).values() if number in row.footnotes), None)
    if content is None:
        message = gettext("%(symbol)s has no footnote %(number)s.")
        raise Http404(message % {"symbol": report.symbol, "number": number})
    controls = citations.of_footnotes(request, report, content)
    return citation_file(controls[content.footnotes.index(number)].cited, file_format)


@report_view
def table(request: HttpRequest, report: Report, number: int, file_format: FileFormat) -> HttpResponse:
    """The citation of the table; 404 in words for a number that no table has."""
    table = paragraphs.table(report, number)
    if table is None:
        raise Http404(gettext("%(symbol)s has no table %(number)s.") % {"symbol": report.symbol, "number": number})
    return citation_file(citations.of_table(request, report, table, table.block.paragraph.number).cited, file_format)


@require_safe
def article(request: HttpRequest, number: int, file_format: FileFormat) -> HttpResponse:
    """The citation of the article's page; 404 in words for a number that no article has."""
    article = ConventionArticle.objects.filter(number=number).first()
    if article is None:
        raise Http404(gettext("The Convention has no article %(number)s.") % {"number": number})
    return citation_file(citations.of_article(request, article).cited, file_format)


@require_safe
def entry(request: HttpRequest, type: str, slug: str, file_format: FileFormat) -> HttpResponse:
    """The citation of the entry's page; 404 in words for a slug that no entry has."""
    entry = entries.entry(type, slug)
    if entry is None and (redirect := moved_redirect(request, type, slug)):
        return redirect
    if entry is None:
        raise Http404(gettext("There is no such entry: “%(slug)s”.") % {"slug": slug})
    return citation_file(citations.of_entry(request, kept_report(), entry).cited, file_format)


def citation_file(cited: Cited, file_format: FileFormat) -> HttpResponse:
    """The file that cites it, which says where the page is that it belongs to."""
    name = re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(cited.names).replace("–", "-")).strip("-")
    response = file_named(name, file_format, file_format.write([cited]))
    response["Link"] = f'<{cited.address}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response
