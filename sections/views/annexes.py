"""The annexes that a report cites."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.queries import annexes as questions

from .shortcuts import report_of, to_canonical


def annexes(request, symbol):
    """Each annex with the sentences that cite it, and that none of them is part of this text."""
    report = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("annexes", kwargs={"symbol": report.symbol})):
        return elsewhere
    context = {"report": report, "here": gettext("Annexes"), "annexes": questions.annexes(report)}
    return render(request, "reports/annexes.html", context)
