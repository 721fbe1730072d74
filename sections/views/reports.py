"""A report: its facts and outline, and the whole of it on one page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.citing import plain_citation
from sections.models import Abbreviation, Report
from sections.presenters.paragraph import readings_by_section
from sections.queries import paragraphs, reports
from sections.text.whole_numbers import whole_number

from .shortcuts import canonical_redirect, citation_pattern, report_or_404, report_view


@require_safe
def report(request: HttpRequest, symbol: str) -> HttpResponse:
    """The report's facts and outline. A symbol that a paragraph's number follows redirects to that paragraph."""
    try:
        report = report_or_404(symbol)
    except Http404:
        if paragraph_redirect := _cited_paragraph(symbol):
            return paragraph_redirect
        raise
    if page_redirect := canonical_redirect(request, symbol=report.symbol):
        return page_redirect
    outline = reports.outline(report)
    context = {
        "report": report,
        "here": report.symbol,
        "outline": outline,
        "totals": reports.totals(report),
        "recovered": sum(heading.section.recovered for heading in outline.in_order()),
        "tables": paragraphs.tables(report),
        "abbreviations": Abbreviation.objects.filter(report=report).exclude(acronym="").order_by("position"),
        "citation": plain_citation(report),
    }
    return render(request, "reports/report.html", context)


@report_view
def full(request: HttpRequest, report: Report) -> HttpResponse:
    """The whole report on one page, without the margin."""
    outline = reports.outline(report)
    readings = readings_by_section(paragraphs.for_reading(report))
    context = {
        "report": report,
        "here": gettext("The whole report"),
        "outline": outline,
        "citation_pattern": citation_pattern(report),
        "sections": [(heading, readings.get(heading.section.pk, ())) for heading in outline.in_order()],
        "citation": plain_citation(report),
    }
    return render(request, "reports/full.html", context)


def _cited_paragraph(symbol: str) -> HttpResponse | None:
    """A redirect for CMW/C/MEX/3/103 to paragraph 103 of CMW/C/MEX/3; None for what is no such citation."""
    head, _, ending = symbol.rpartition("/")
    number = whole_number(ending)
    report = Report.objects.filter(symbol__iexact=head).first() if number is not None else None
    return report and redirect("paragraph", symbol=report.symbol, number=number, permanent=True)
