"""The home page: what this site is, three ways in, the report at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sections.models import Report
from sections.presenters.paragraph import reading
from sections.presenters.registers import REGISTERS
from sections.queries import home as queries
from sections.queries import paragraphs, reports
from sections.queries.convention import parts_with_counts, tint_steps


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page of the default report; a page that says so while there is no report."""
    report = Report.objects.default()
    if report is None:
        return render(request, "home/empty.html")
    named = reports.most_named(report)
    sample = queries.sample_paragraph(report)
    context = {
        "report": report,
        "totals": reports.totals(report),
        "named": [(register, named[type]) for type, register in REGISTERS.items()],
        "most_named": [named[type][0] for type in REGISTERS if named[type]],
        "article": queries.most_reported(report),
        "table": queries.first_table(report),
        "sample": reading(paragraphs.paragraph(report, sample)) if sample else None,
        "parts": parts_with_counts(report),
        "tints": tint_steps(),
    }
    return render(request, "home/home.html", context)
