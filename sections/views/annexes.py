"""The annexes that a report cites."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.models import Report
from sections.queries.annexes import annexes as annexes_of

from .shortcuts import report_view


@report_view
def annexes(request: HttpRequest, report: Report) -> HttpResponse:
    """Each annex with the sentences that cite it, and a statement that no annex is part of this text."""
    context = {"report": report, "here": gettext("Annexes"), "annexes": annexes_of(report)}
    return render(request, "annexes/annexes.html", context)
