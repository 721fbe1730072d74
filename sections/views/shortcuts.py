"""What the pages of a report begin with: the report of an address, and the address as it should be."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from sections.models import Entry, Report


def report_of(symbol):
    """The report with that symbol in capitals or not; 404 in words when there is none."""
    report = Report.objects.filter(symbol__iexact=symbol).first()
    if report is None:
        raise Http404(gettext("No report with the symbol %(symbol)s is held here.") % {"symbol": symbol})
    return report


@dataclass(frozen=True, slots=True)
class Beside:
    """An entry that the paragraphs of a page shall name too: what was asked for, and the entry if there is one."""

    type: str = ""
    asked: str = ""
    entry: Entry | None = None


def entry_beside(request) -> Beside:
    """The entry that `?institution=`, `?law=` or `?programme=` names by its slug; empty where none is asked for."""
    for type in Entry.Type.values:
        if asked := request.GET.get(type, "").replace("\x00", ""):
            return Beside(type, asked, Entry.objects.filter(type=type, slug=asked).first())
    return Beside()


def to_canonical(request, address):
    """A permanent redirect to the address, with the query as it was; None when the request is already there."""
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def missing(request, report, words, links=()):
    """A 404 page that says in words what the report does not have, with (text, address) links that lead on."""
    return render(request, "404.html", {"report": report, "exception": words, "links": links}, status=404)
