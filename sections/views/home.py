"""The first page: what this is, the ways in, the report at a glance."""

from django.shortcuts import render

from sections.models import Report
from sections.presenters.paragraph import reading
from sections.queries import home as home_queries
from sections.queries import paragraphs, reports
from sections.queries.convention import parts_with_counts

from .convention import tints
from .entries import REGISTERS


def home(request):
    """The first page, of the default report; a page that says so when there is none yet."""
    report = Report.objects.default()
    if report is None:
        return render(request, "home/empty.html")
    named = reports.most_named(report)
    number = home_queries.telling_paragraph(report)
    context = {
        "report": report,
        "figures": reports.figures(report),
        "named": [(register, named[type]) for type, register in REGISTERS.items()],
        "most_named": [named[type][0] for type in REGISTERS if named[type]],
        "article": home_queries.most_reported(report),
        "table": home_queries.first_table(report),
        "sample": reading(paragraphs.paragraph(report, number)) if number else None,
        "parts": parts_with_counts(report),
        "tints": tints(),
    }
    return render(request, "home/home.html", context)
