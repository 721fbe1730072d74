"""What views share: the report an address names, its canonical form, 404 pages with links that lead on, files."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TypeVar
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sections.citing import paragraph_pattern, report_place
from sections.exports.formats import FileFormat
from sections.models import Entry, Report, kept_report
from sections.presenters.registers import REGISTERS, moved_address
from sections.queries.entries import moved_entry
from sections.text.places import parse_place

Row = TypeVar("Row")


def report_or_404(symbol: str) -> Report:
    """The report of that symbol, whatever its case; 404 in words when there is none."""
    report = kept_report(symbol)
    if report is None:
        raise Http404(gettext("This site contains no report with the symbol %(symbol)s.") % {"symbol": symbol})
    return report


def canonical_redirect(request: HttpRequest, **names: object) -> HttpResponse | None:
    """A permanent redirect to the page's address with these names in it; None when the request is already there.

    Names that are not given stay as they are. What was asked behind the "?" is kept.
    """
    match = request.resolver_match
    address = reverse(match.view_name, kwargs=match.kwargs | names)
    if request.path == unquote(address):  # the one is decoded, the other is not
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def moved_redirect(request: HttpRequest, type: str, slug: str) -> HttpResponse | None:
    """A permanent redirect from a former address of an entry to where it is now; None where nothing has moved."""
    address = moved_address(request.resolver_match, type, slug)
    query = request.META.get("QUERY_STRING", "")
    return address and redirect(f"{address}?{query}" if query else address, permanent=True)


def report_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Makes a view for the address of a symbol from one that takes the report; other spellings redirect to it."""

    @require_safe
    @wraps(view)
    def of_symbol(request: HttpRequest, symbol: str, **rest: object) -> HttpResponse:
        report = report_or_404(symbol)
        written = parse_place(str(rest.get("place", "")))
        names = {"symbol": report.symbol} | ({"place": written} if written else {})
        return canonical_redirect(request, **names) or view(request, report, **rest)

    return of_symbol


def not_found(
    request: HttpRequest, report: Report | None, message: str, links: Iterable[tuple[str, str]] = ()
) -> HttpResponse:
    """A 404 page that says what is missing, with links (text, address) that lead on."""
    return render(request, "404.html", {"report": report, "exception": message, "links": links}, status=404)


def with_neighbours(rows: Sequence[Row], matches: Callable[[Row], bool]) -> tuple[Row | None, Row | None, Row | None]:
    """The first row that matches with the rows before and after it; three times None when no row matches."""
    index = next((index for index, row in enumerate(rows) if matches(row)), None)
    if index is None:
        return None, None, None
    return rows[index], rows[index - 1] if index else None, rows[index + 1] if index + 1 < len(rows) else None


def citation_pattern(report: Report) -> str:
    """The citation of any paragraph of the report, with `{}` in place of its number."""
    return paragraph_pattern(report_place(report, ""))


def companion_request(request: HttpRequest) -> tuple[Entry | None, str]:
    """The entry that `?institution=`, `?law=` or `?programme=` names by its slug, and a message where there is none.

    Without such a parameter there is neither an entry nor a message.
    """
    for type, register in REGISTERS.items():
        if slug := request.GET.get(type, "").replace("\x00", ""):
            if entry := Entry.objects.filter(type=type, slug=slug).first() or moved_entry(type, slug):
                return entry, ""
            return None, gettext("No %(noun)s has the short name “%(slug)s”.") % {"noun": register.noun, "slug": slug}
    return None, ""


def file_response(report: Report, name: str, file_format: FileFormat, body: str | bytes) -> HttpResponse:
    """A file beside a page, called such as CMW-C-MEX-3-figures.csv: browsers save it or show it, as its format says."""
    return file_named(f"{report.symbol.replace('/', '-')}-{name}", file_format, body)


def file_named(name: str, file_format: FileFormat, body: str | bytes) -> HttpResponse:
    """A file of that name, to which the ending of its format is added."""
    response = HttpResponse(body, content_type=file_format.media_type)
    disposition = "attachment" if file_format.attachment else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}.{file_format.ending}"'
    return response
