"""The first page: what this is, the ways in, the report at a glance."""

from django.shortcuts import render

from sections.models import Report
from sections.queries import reports
from sections.queries.convention import parts_with_counts

REGISTERS = (("institution", "institutions"), ("law", "laws"), ("programme", "programmes"))


def home(request):
    """The first page, of the default report; a page that says so when there is none yet."""
    report = Report.objects.default()
    if report is None:
        return render(request, "sections/home/empty.html")
    named = reports.most_named(report)
    context = {
        "report": report,
        "figures": reports.figures(report),
        "named": [(page, named[type]) for type, page in REGISTERS],
        "parts": parts_with_counts(report),
    }
    return render(request, "sections/home/home.html", context)
