"""The figures, dates and places that answer a query, as boxes above the paragraphs of a results page."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop

from sections.search.service import Datum, SearchRequest, SearchResults, datum_address
from sections.text.how_many import asks_how_many

from .search_facets import grouped

# Heading, and the link to all.
FIGURES = gettext_noop("Figures (%(count)s)"), gettext_noop("All figures of the report")
DATES = gettext_noop("Dates (%(count)s)"), gettext_noop("All dates of the report")
PLACES = gettext_noop("Places (%(count)s)"), gettext_noop("All places of the report")
NO_FIGURES = gettext_noop("The site’s list of figures has none for this question. The report may not give a number.")


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
    is_number_asked = bool(results.hits) and not results.is_citation and asks_how_many(results.request.q)
    if report is None or not (found or is_number_asked):
        return []
    plain = SearchRequest(report=results.request.report)
    places = [DataRow(name, _search(plain.with_filter("place", [slug])), "") for slug, name in found.places]
    no_figures = gettext(NO_FIGURES) if is_number_asked else ""
    kinds = (
        ([_row(results, datum) for datum in found.figures], found.figure_count, "figures", *FIGURES, no_figures),
        ([_row(results, datum) for datum in found.dates], found.date_count, "timeline", *DATES, ""),
        (places, len(places), "places", *PLACES, ""),
    )
    return [
        DataBox(
            gettext(words) % {"count": grouped(count)}, rows, reverse(view, args=[report.symbol]), gettext(all_), note
        )
        for rows, count, view, words, all_, note in kinds
        if rows or note
    ]


def _search(request: SearchRequest) -> str:
    return reverse("search") + request.query_string()


def _row(results: SearchResults, datum: Datum) -> DataRow:
    what = f"{datum.what}, {datum.period}" if datum.period and datum.period not in datum.what else datum.what
    return DataRow(what, datum_address(datum, results.report, get_language()), datum.printed)
