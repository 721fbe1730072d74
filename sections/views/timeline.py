"""The dates in a report by year."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.charts.columns import columns
from sections.citing.fragments import words_address
from sections.exports.data import date_rows
from sections.queries import dates as queries

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


def timeline_file(request, symbol, ending):
    """The dates as CSV or JSON."""
    report = report_of(symbol)
    rows = date_rows(queries.dates(report))
    return data_file(ending, file_name(report, "timeline"), rows, {"report": report.symbol, "dates": rows})


def _address(report, row):
    row.block.paragraph.report = report
    return words_address(row.block.paragraph.get_absolute_url(), row.block.text, row.start, row.end)
