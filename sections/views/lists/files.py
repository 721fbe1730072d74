"""How a list becomes a file: its name, its headers, its links back to the page."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from sections.citing import whole_address
from sections.exports.formats import FileFormat
from sections.exports.listing import Listing
from sections.filters import ListFilter
from sections.models import Report
from sections.text.fold import fold

from ..shortcuts import canonical_redirect, report_or_404

LONGEST_PART = 40  # characters of what a file's name says of one filter
LONGEST_NAME = 120

Build = Callable[..., Listing | HttpResponse]


def list_file(build: Build) -> Callable[..., HttpResponse]:
    """Makes a view that gives a list in a format from the function that gives the list as the request asks for it."""

    @require_safe
    @wraps(build)
    def view(request: HttpRequest, file_format: FileFormat, **names: Any) -> HttpResponse:
        request.is_for_data = file_format.is_data
        listing = build(request, **names)
        return listing if isinstance(listing, HttpResponse) else as_file(listing, file_format)

    return view


def language_of_rows(request: HttpRequest) -> AbstractContextManager[None]:
    """Makes what rows say English in files that programs read, whichever language the page is in, else the reader's.

    What the list holds, and in which order, the page's language decides before.
    """
    is_for_data = getattr(request, "is_for_data", False)
    return override(settings.LANGUAGE_CODE if is_for_data else get_language())


def report_list(build: Build) -> Callable[..., HttpResponse]:
    """The same of a report: the function is given the report; other spellings of its symbol redirect."""

    @wraps(build)
    def of_symbol(request: HttpRequest, symbol: str, **names: Any) -> Listing | HttpResponse:
        report = report_or_404(symbol)
        return canonical_redirect(request, symbol=report.symbol) or build(request, report, **names)

    return list_file(of_symbol)


def as_file(listing: Listing, file_format: FileFormat) -> HttpResponse:
    """The list in a format, as a file that browsers save or show, as the format says; no robot lists it."""
    response = HttpResponse(file_format.write(listing), content_type=file_format.media_type)
    disposition = "attachment" if file_format.attachment else "inline"
    name = f"{_file_name(listing.file_name)}.{file_format.ending}"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def about_list(
    request: HttpRequest, report: Report | None, in_use: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    """What a file says of itself: the report, the filters in use, and the address of the list."""
    of_report = [(gettext("Report"), f"{report.symbol}, {report.translated('title')}")] if report else []
    return [*of_report, *in_use, (gettext("Source"), whole_address(request, request.get_full_path()))]


def filter_names(request: HttpRequest, filters: ListFilter) -> list[str]:
    """What the name of a file says of the filters in use, such as "kind-agency"."""
    filters.form.is_valid()
    return [f"{name} {request.GET[name]}" for name, value in filters.form.cleaned_data.items() if value]


def _file_name(parts: Iterable[str]) -> str:
    """The parts as one name, in letters that every system keeps; the first may be a symbol and keeps its capitals."""
    first, *rest = parts
    words = [slugify(fold(part).replace("/", " "))[:LONGEST_PART].strip("-") for part in rest]
    return "-".join(filter(None, [first.replace("/", "-"), *words]))[:LONGEST_NAME].rstrip("-")
