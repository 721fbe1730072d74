"""One paragraph, the page that a citation leads to."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, reports

from . import hit_navigation
from .shortcuts import missing, report_of, to_canonical


def paragraph(request, symbol, number):
    """The paragraph with its place, its margin and its citation; outside the range, a page that names the range.

    Reached from a search, which its address then holds, what was found is marked, and the other hits are offered.
    """
    report = report_of(symbol)
    outline = reports.outline(report)
    # A number past the range may be too large for the database to look for.
    in_range = outline.first is not None and outline.first <= number <= outline.last
    found = paragraphs.paragraph(report, number) if in_range else None
    if found is None:
        return _no_such_paragraph(request, report, outline, number)
    if elsewhere := to_canonical(request, found.get_absolute_url()):
        return elsewhere
    path = outline.path(found.section_id)
    search = hit_navigation.search_of(request, report)
    context = {
        "report": report,
        "outline": outline,
        "path": path,
        "heading": path[-1] if path else None,
        "here": gettext("Paragraph %(number)s") % {"number": number},
        "convention_part": outline.convention_part(found.section_id),
        "paragraph": found,
        "reading": reading(found, hit_navigation.marks(search, number)),
        "hit": hit_navigation.hit_navigation(search, found),
        "previous": _address(report, number - 1) if number > outline.first else None,
        "next": _address(report, number + 1) if number < outline.last else None,
        "citation_pattern": plain_citation(report, gettext("para. %(number)s") % {"number": "{}"}),
        "citation": plain_citation(report, gettext("para. %(number)s") % {"number": number}),
    }
    return render(request, "paragraphs/paragraph.html", context)


def _address(report, number):
    """Number and address of a neighbour."""
    return number, reverse("paragraph", kwargs={"symbol": report.symbol, "number": number})


def _no_such_paragraph(request, report, outline, number):
    links = [(gettext("The outline of the report"), report.get_absolute_url())]
    if outline.first is None:
        return missing(
            request, report, gettext("%(symbol)s holds no paragraphs yet.") % {"symbol": report.symbol}, links
        )
    words = gettext("%(symbol)s has no paragraph %(number)s. Its paragraphs go from %(first)s to %(last)s.")
    words %= {"symbol": report.symbol, "number": number, "first": outline.first, "last": outline.last}
    ends = [_address(report, end) for end in (outline.first, outline.last)]
    return missing(
        request,
        report,
        words,
        [*((gettext("Paragraph %(number)s") % {"number": end}, address) for end, address in ends), *links],
    )
