"""The places that a report names, and a tile map of the federative entities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.charts.strip import numbers_in_words
from sections.charts.tiles import tiles
from sections.exports.formats import FileFormat
from sections.models import Report
from sections.queries.places import NamedPlace
from sections.queries.places import places as places_of
from sections.representations.places import place_rows

from .files import data_file, file_name
from .shortcuts import report_view

MOST_NAMED = 5  # entities that the words of the map list


@report_view
def places(request: HttpRequest, report: Report) -> HttpResponse:
    """The places with their paragraphs: federative entities with cities, countries, regions."""
    places = places_of(report)
    on_map = [row for row in places.entities if row.place.row is not None]
    context = {
        "report": report,
        "here": gettext("Places"),
        "places": places,
        "paragraph_address": reverse("paragraph", kwargs={"symbol": report.symbol, "number": 0}).removesuffix("0/"),
        "map": tiles(
            (place.row, place.column, place.code, place.translated("name"), len(row.all_paragraphs), place.slug)
            for row in on_map
            for place in [row.place]
        ),
        "unnamed": [row.place.translated("name") for row in places.entities if not row.all_paragraphs],
        "map_words": _map_words(on_map),
    }
    return render(request, "places/places.html", context)


@report_view
def places_file(request: HttpRequest, report: Report, file_format: FileFormat) -> HttpResponse:
    """The places in a format of `exports`."""
    places = places_of(report)
    rows = list(place_rows([*places.entities, *places.countries, *places.regions]))
    return data_file(file_format, file_name(report, "places"), rows, {"report": report.symbol, "places": rows})


def _map_words(rows: list[NamedPlace]) -> str:
    """The map in a sentence: the entities that most paragraphs name, with the paragraphs."""
    most_named = sorted(rows, key=lambda row: (-len(row.all_paragraphs), row.place.name))[:MOST_NAMED]
    words = gettext("%(place)s (paragraphs %(numbers)s)")
    named = ", ".join(
        words % {"place": row.place.translated("name"), "numbers": numbers_in_words(row.all_paragraphs)}
        for row in most_named
    )
    return gettext("Most often named: %(places)s.") % {"places": named} if named else ""
