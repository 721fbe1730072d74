"""The dates in a report by year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.charts.columns import columns
from sections.citing.text_fragments import words_address
from sections.queries import dates as queries
from sections.representations.dated_events import DatedEventSerializer
from sections.representations.file_formats import FileFormat

from .files import data_file, file_name
from .shortcuts import report_of, to_canonical


def timeline(request, symbol):
    """Every date and period that the report prints, in order of time, with a picture of the years."""
    report = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("timeline", kwargs={"symbol": report.symbol})):
        return elsewhere
    years = queries.timeline(report)
    counts = queries.counts(years)
    context = {
        "report": report,
        "here": gettext("Timeline"),
        "years": [(year, [(row, _address(report, row)) for row in year.dates]) for year in years],
        "total": counts.total(),
        "picture": columns(counts),
    }
    return render(request, "timeline/timeline.html", context)


def timeline_file(request: HttpRequest, symbol: str, file_format: FileFormat) -> HttpResponse:
    """The dates in a format of `exports`."""
    report = report_of(symbol)
    rows = DatedEventSerializer(queries.dates(report), many=True).data
    return data_file(file_format, file_name(report, "timeline"), rows, {"report": report.symbol, "dates": rows})


def _address(report, row):
    row.block.paragraph.report = report
    return words_address(row.block.paragraph.get_absolute_url(), row.block.text, row.start, row.end)
