"""A card about an entry: what it is and how often the report names it, as a small piece of HTML."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from sections.charts.strip import strip
from sections.models import Report
from sections.queries import entries


def card(request, type, slug):
    """The card of an entry, to be shown beside a link to it."""
    report = Report.objects.default()
    entry = entries.entry_page(type, slug)
    if entry is None:
        raise Http404(gettext("There is no such entry: “%(slug)s”.") % {"slug": slug})
    numbers = entries.paragraphs_naming(report, entry)
    context = {
        "report": report,
        "entry": entry,
        "count": len(numbers),
        "strip": strip(numbers, entries.last_paragraph(report)),
    }
    response = render(request, "entries/card.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
