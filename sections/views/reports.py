"""A report: its facts and outline, and the whole of it on one page."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.models import Abbreviation, Report
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, reports

from .shortcuts import report_of, to_canonical


def report(request, symbol):
    """The report's facts and outline. A symbol with a paragraph's number behind it leads to that paragraph."""
    try:
        found = report_of(symbol)
    except Http404:
        if leads_on := _cited_paragraph(symbol):
            return leads_on
        raise
    if elsewhere := to_canonical(request, found.get_absolute_url()):
        return elsewhere
    outline = reports.outline(found)
    context = {
        "report": found,
        "here": found.symbol,
        "outline": outline,
        "figures": reports.figures(found),
        "recovered": sum(heading.section.recovered for heading in outline.in_order()),
        "tables": paragraphs.tables(found),
        "notes": paragraphs.note_count(found),
        "abbreviations": [row for row in Abbreviation.objects.filter(report=found).order_by("position") if row.acronym],
        "citation": plain_citation(found),
    }
    return render(request, "reports/report.html", context)


def full(request, symbol):
    """The whole report on one page, without the margin."""
    found = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("report-full", kwargs={"symbol": found.symbol})):
        return elsewhere
    outline = reports.outline(found)
    texts = {}
    for paragraph in paragraphs.for_reading(found):
        texts.setdefault(paragraph.section_id, []).append(reading(paragraph))
    context = {
        "report": found,
        "here": gettext("The whole report"),
        "outline": outline,
        "citation_pattern": plain_citation(found, gettext("para. %(number)s") % {"number": "{}"}),
        "sections": [(heading, texts.get(heading.section.pk, ())) for heading in outline.in_order()],
        "citation": plain_citation(found),
    }
    return render(request, "reports/full.html", context)


def _cited_paragraph(symbol):
    """A redirect for CMW/C/MEX/3/103 to paragraph 103 of CMW/C/MEX/3; None when it is no such citation."""
    head, _, number = symbol.rpartition("/")
    if not (head and number.isascii() and number.isdigit()):
        return None
    found = Report.objects.filter(symbol__iexact=head).first()
    return found and redirect("paragraph", symbol=found.symbol, number=int(number), permanent=True)
