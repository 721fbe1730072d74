"""One paragraph, the page that a citation leads to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.models import Report
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, reports

from . import hit_navigation
from .shortcuts import citation_pattern, not_found, report_view


@report_view
def paragraph(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The paragraph with its place, its margin and its citation; outside the range, a page that names the range.

    Reached from a search, which its address then holds, its matches are marked, and the other hits are offered.
    """
    outline = reports.outline(report)
    in_range = outline.first is not None and outline.first <= number <= outline.last
    paragraph = paragraphs.paragraph(report, number) if in_range else None
    if paragraph is None:
        return _no_such_paragraph(request, report, outline, number)
    path = outline.path(paragraph.section_id)
    search = hit_navigation.search_of(request, report)
    context = {
        "report": report,
        "outline": outline,
        "path": path,
        "heading": path[-1] if path else None,
        "here": gettext("Paragraph %(number)s") % {"number": number},
        "convention_part": outline.convention_part(paragraph.section_id),
        "paragraph": paragraph,
        "reading": reading(paragraph, hit_navigation.marks(search, number)),
        "hit": hit_navigation.hit_navigation(search, paragraph),
        "previous": _neighbour(report, number - 1) if number > outline.first else None,
        "next": _neighbour(report, number + 1) if number < outline.last else None,
        "citation_pattern": citation_pattern(report),
        "citation": plain_citation(report, gettext("para. %(number)s") % {"number": number}),
    }
    return render(request, "paragraphs/paragraph.html", context)


def _neighbour(report, number):
    """Number and address of a paragraph."""
    return number, reverse("paragraph", kwargs={"symbol": report.symbol, "number": number})


def _no_such_paragraph(request, report, outline, number):
    links = [(gettext("The outline of the report"), report.get_absolute_url())]
    if outline.first is None:
        message = gettext("%(symbol)s holds no paragraphs yet.") % {"symbol": report.symbol}
        return not_found(request, report, message, links)
    message = gettext("%(symbol)s has no paragraph %(number)s. Its paragraphs go from %(first)s to %(last)s.")
    message %= {"symbol": report.symbol, "number": number, "first": outline.first, "last": outline.last}
    ends = [_neighbour(report, end) for end in (outline.first, outline.last)]
    words = gettext("Paragraph %(number)s")
    return not_found(request, report, message, [*((words % {"number": end}, url) for end, url in ends), *links])
