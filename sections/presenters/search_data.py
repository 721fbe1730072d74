"""The figures, dates and places that answer a query, as boxes above the paragraphs of a results page."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language, gettext

from sections.search.service import Datum, SearchRequest, SearchResults, datum_address
from sections.text.site_questions import asks_for_a_number

from .search_facets import grouped


class DataRow(NamedTuple):
    """What a number, a date or a place is of, where it leads, and the number as printed, "" for a place."""

    words: str
    url: str
    printed: str


class DataBox(NamedTuple):
    """A heading with the number of what was found, such as "Figures (3)", the first rows, and where all are.

    `note` says why there is none where the query asks for a number.
    """

    heading: str
    rows: list[DataRow]
    url_of_all: str
    label_of_all: str
    note: str = ""


def data_boxes(results: SearchResults) -> list[DataBox]:
    """The boxes that have something to show."""
    found, report = results.data, results.report
    is_number_asked = bool(results.hits) and not results.is_citation and asks_for_a_number(results.request.q)
    if report is None or not (found or is_number_asked):
        return []
    address = {"symbol": report.symbol}
    figures = DataBox(
        gettext("Figures (%(count)s)") % {"count": grouped(found.figure_count)},
        [_row(results, datum) for datum in found.figures],
        reverse("figures", kwargs=address),
        gettext("All figures of the report"),
        gettext("The site’s list of figures has none for this question. The report may not give a number."),
    )
    dates = DataBox(
        gettext("Dates (%(count)s)") % {"count": grouped(found.date_count)},
        [_row(results, datum) for datum in found.dates],
        reverse("timeline", kwargs=address),
        gettext("All dates of the report"),
    )
    plain = SearchRequest(report=results.request.report)
    places = DataBox(
        gettext("Places (%(count)s)") % {"count": grouped(len(found.places))},
        [
            DataRow(name, reverse("search") + plain.with_filter("place", [slug]).query_string(), "")
            for slug, name in found.places
        ],
        reverse("places", kwargs=address),
        gettext("All places of the report"),
    )
    return [box for box in (figures, dates, places) if box.rows or (box.note and is_number_asked)]


def _row(results: SearchResults, datum: Datum) -> DataRow:
    what = f"{datum.what}, {datum.period}" if datum.period and datum.period not in datum.what else datum.what
    return DataRow(what, datum_address(datum, results.report, get_language()), datum.printed)
