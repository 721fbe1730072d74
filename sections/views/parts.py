"""A part of a report, to be read from its first paragraph to its last."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.models import Report, Section
from sections.presenters.paragraph import readings_by_section
from sections.queries import paragraphs, parts, reports
from sections.text.whole_numbers import whole_number

from .shortcuts import citation_pattern, not_found, report_view, with_neighbours


@report_view
def part(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The part's text, a long part in pages; for a number that no part has, links to the parts there are."""
    outline = reports.outline(report)
    headings = [heading for heading in outline.headings if heading.section.kind == Section.Kind.PART]
    rows = with_neighbours(headings, lambda heading: heading.section.part_number == number)
    if rows is None:
        links = [(str(heading.section), heading.section.get_absolute_url()) for heading in headings]
        links.append((gettext("The outline of the report"), report.get_absolute_url()))
        message = gettext("%(symbol)s has no part %(number)s.") % {"symbol": report.symbol, "number": number}
        return not_found(request, report, message, links)
    heading, previous, following = rows
    pages = parts.pages(report, outline, heading)
    wanted = whole_number(request.GET.get("page", ""))
    page = next((page for page in pages if page.number == wanted), pages[0])
    readings = readings_by_section(paragraphs.for_reading(report).filter(section__in=page.sections))
    below = [replace(below, depth=below.depth - 1) for below in page.headings if below is not heading]
    context = {
        "report": report,
        "outline": outline,
        "here": str(heading.section),
        "heading": heading,
        "opened": [heading for page in pages for heading in page.headings],
        "pages": pages,
        "page": page,
        "sections": [(heading, readings.get(heading.section.pk, ())) for heading in below],
        "own": readings.get(heading.section.pk, ()),
        "previous": previous and previous.section,
        "next": following and following.section,
        "next_page": next((row for row in pages if row.number == page.number + 1), None),
        "citation_pattern": citation_pattern(report),
    }
    return render(request, "reports/part.html", context)
