"""A reply to one paragraph of the list of issues, with all its paragraphs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.models import Report
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, reports

from .shortcuts import canonical_redirect, citation_pattern, not_found, report_view, with_neighbours


@report_view
def reply(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The reply's paragraphs to be read in a row; for a number that no reply has, a page that names the range."""
    outline = reports.outline(report)
    replies = [heading.section for heading in outline.replies()]
    rows = with_neighbours(replies, lambda section: section.number <= number <= (section.last_number or section.number))
    if rows is None:
        return _no_such_reply(request, report, replies, number)
    section, previous, following = rows
    if redirect := canonical_redirect(request, number=section.number):
        return redirect
    *path, heading = outline.path(section.pk)
    context = {
        "report": report,
        "outline": outline,
        "here": reports.section_name(section),
        "heading": heading,
        "section": section,
        "convention_part": outline.convention_part(section.pk),
        "path": path,
        "readings": [reading(paragraph) for paragraph in paragraphs.under(report, section)],
        "citation_pattern": citation_pattern(report),
        "previous": previous,
        "next": following,
    }
    return render(request, "replies/reply.html", context)


def _no_such_reply(request, report, replies, number):
    whole = reverse("report-full", kwargs={"symbol": report.symbol})
    links = [(gettext("The outline of the report"), report.get_absolute_url()), (gettext("The whole report"), whole)]
    message = gettext("%(symbol)s holds no reply to paragraph %(number)s of the list of issues.")
    message %= {"symbol": report.symbol, "number": number}
    if replies:
        ends = replies[0], replies[-1]
        extent = {"first": ends[0].number, "last": ends[1].last_number or ends[1].number}
        message += " " + gettext("Its replies go from %(first)s to %(last)s.") % extent
        links = [*((reports.section_name(section), section.get_absolute_url()) for section in ends), *links]
    return not_found(request, report, message, links)
