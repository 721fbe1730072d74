"""The dates in a report by year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.charts.columns import columns
from sections.citing import words_address
from sections.exports import FileFormat
from sections.models import DatedEvent, Report
from sections.queries import timeline as queries
from sections.representations.figures_and_dates import DatedEventSerializer

from .files import data_file, file_name
from .shortcuts import report_view


@report_view
def timeline(request: HttpRequest, report: Report) -> HttpResponse:
    """Every date and period that the report prints, in chronological order, with a chart of the years."""
    years = queries.timeline(report)
    counts = queries.counts(years)
    context = {
        "report": report,
        "here": gettext("Timeline"),
        "years": [(year, [(event, _address(report, event)) for event in year.events]) for year in years],
        "total": counts.total(),
        "chart": columns(counts),
    }
    return render(request, "timeline/timeline.html", context)


@report_view
def timeline_file(request: HttpRequest, report: Report, file_format: FileFormat) -> HttpResponse:
    """The dates in a format of `exports`."""
    rows = DatedEventSerializer(queries.events(report), many=True).data
    return data_file(file_format, file_name(report, "timeline"), rows, {"report": report.symbol, "dates": rows})


def _address(report: Report, event: DatedEvent) -> str:
    event.block.paragraph.report = report
    return words_address(event.block.paragraph.get_absolute_url(), event.block.text, event.start, event.end)
