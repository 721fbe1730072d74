"""What the pages of a report begin with: the report of an address, and the address as it should be."""

from django.http import Http404
from django.shortcuts import redirect, render

from sections.models import Report


def report_of(symbol):
    """The report with that symbol in capitals or not; 404 in words when there is none."""
    report = Report.objects.filter(symbol__iexact=symbol).first()
    if report is None:
        raise Http404(f"No report with the symbol {symbol} is held here.")
    return report


def to_canonical(request, address):
    """A permanent redirect to the address, with the query as it was; None when the request is already there."""
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def missing(request, report, words, links=()):
    """A 404 page that says in words what the report does not have, with (text, address) links that lead on."""
    return render(request, "404.html", {"report": report, "exception": words, "links": links}, status=404)
