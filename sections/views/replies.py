"""A reply to one paragraph of the list of issues, with all its paragraphs."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing import plain_citation
from sections.presenters.paragraph import reading
from sections.queries import paragraphs, reports

from .shortcuts import missing, report_of, to_canonical


def reply(request, symbol, number):
    """The reply's paragraphs to be read in a row; for a number that no reply has, the range there is."""
    report = report_of(symbol)
    outline = reports.outline(report)
    replies = outline.replies()
    at = next((index for index, row in enumerate(replies) if _answers(row.section, number)), None)
    if at is None:
        return _no_such_reply(request, report, replies, number)
    heading = replies[at]
    if elsewhere := to_canonical(request, heading.section.get_absolute_url()):
        return elsewhere
    context = {
        "report": report,
        "outline": outline,
        "here": _reply(heading.section),
        "heading": heading,
        "section": heading.section,
        "convention_part": outline.convention_part(heading.section.pk),
        "path": outline.path(heading.section.pk)[:-1],
        "readings": [reading(paragraph) for paragraph in paragraphs.under(report, heading.section)],
        "citation_pattern": plain_citation(report, gettext("para. %(number)s") % {"number": "{}"}),
        "previous": replies[at - 1].section if at else None,
        "next": replies[at + 1].section if at + 1 < len(replies) else None,
    }
    return render(request, "replies/reply.html", context)


def _reply(section):
    return gettext("Reply %(number)s") % {"number": section.number}


def _answers(section, number):
    """Whether the reply answers the paragraph of that number in the list of issues."""
    return section.number <= number <= (section.last_number or section.number)


def _no_such_reply(request, report, replies, number):
    whole = reverse("report-full", kwargs={"symbol": report.symbol})
    links = [(gettext("The outline of the report"), report.get_absolute_url()), (gettext("The whole report"), whole)]
    words = gettext("%(symbol)s holds no reply to paragraph %(number)s of the list of issues.")
    words %= {"symbol": report.symbol, "number": number}
    if replies:
        first, last = replies[0].section, replies[-1].section
        extent = {"first": first.number, "last": last.last_number or last.number}
        words += " " + gettext("Its replies go from %(first)s to %(last)s.") % extent
        links = [*((_reply(row), row.get_absolute_url()) for row in (first, last)), *links]
    return missing(request, report, words, links)
