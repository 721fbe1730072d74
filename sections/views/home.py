"""The first page: what this is, the ways in, the report at a glance."""

from django.shortcuts import render

from sections.models import Report
from sections.queries import paragraphs, reports, showing
from sections.queries.convention import parts_with_counts

from .convention import tints
from .entries import REGISTERS
from .reading import reading


def home(request):
    """The first page, of the default report; a page that says so when there is none yet."""
    report = Report.objects.default()
    if report is None:
        return render(request, "sections/home/empty.html")
    named = reports.most_named(report)
    number = showing.telling_paragraph(report)
    context = {
        "report": report,
        "figures": reports.figures(report),
        "named": [(register, named[type]) for type, register in REGISTERS.items()],
        "most_named": [named[type][0] for type in REGISTERS if named[type]],
        "article": showing.most_reported(report),
        "table": showing.first_table(report),
        "sample": reading(paragraphs.paragraph(report, number)) if number else None,
        "parts": parts_with_counts(report),
        "tints": tints(),
    }
    return render(request, "sections/home/home.html", context)
