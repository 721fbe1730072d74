"""The places that a report names, and a map of tiles of the federative entities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.charts.strip import numbers_in_words
from sections.charts.tiles import tiles
from sections.models.captions import said
from sections.queries import places as queries
from sections.representations.file_formats import FileFormat
from sections.representations.places import place_rows

from .files import data_file, file_name
from .shortcuts import report_of, to_canonical


def places(request, symbol):
    """The places with their paragraphs: federative entities with cities, countries, regions."""
    report = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("places", kwargs={"symbol": report.symbol})):
        return elsewhere
    found = queries.places(report)
    on_map = [row for row in found.entities if row.place.row is not None]
    context = {
        "report": report,
        "here": gettext("Places"),
        "places": found,
        "paragraph_address": reverse("paragraph", kwargs={"symbol": report.symbol, "number": 0}).removesuffix("0/"),
        "map": tiles(
            (row.place.row, row.place.column, row.place.code, row.place.name, len(row.all_paragraphs), row.place.slug)
            for row in on_map
        ),
        "unnamed": [said(row.place.name) for row in found.entities if not row.all_paragraphs],
        "map_words": _map_words(on_map),
    }
    return render(request, "places/places.html", context)


def places_file(request: HttpRequest, symbol: str, file_format: FileFormat) -> HttpResponse:
    """The places in a format of `exports`."""
    report = report_of(symbol)
    found = queries.places(report)
    rows = list(place_rows([*found.entities, *found.countries, *found.regions]))
    return data_file(file_format, file_name(report, "places"), rows, {"report": report.symbol, "places": rows})


def _map_words(rows):
    most = sorted(rows, key=lambda row: (-len(row.all_paragraphs), row.place.name))[:5]
    named = ", ".join(_named_in(row) for row in most)
    return gettext("Most often named: %(places)s.") % {"places": named} if most else ""


def _named_in(row):
    values = {"place": said(row.place.name), "numbers": numbers_in_words(row.all_paragraphs)}
    return gettext("%(place)s (paragraphs %(numbers)s)") % values
