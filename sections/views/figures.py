"""The figures of a report as a list that can be filtered, and the sums that can be checked."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.citing import words_address
from sections.exports import FileFormat
from sections.figures import check_table
from sections.figures.sums import figure as exact_number
from sections.filters import FigureFilter
from sections.models import Figure, Report
from sections.queries import figures as queries
from sections.queries import paragraphs
from sections.representations.figures_and_dates import FigureRowSerializer

from .files import data_file, file_name
from .shortcuts import report_view

PER_PAGE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the list, its exact number where that differs from what is printed, and its address."""

    figure: Figure
    number: str
    address: str


@report_view
def figures(request: HttpRequest, report: Report) -> HttpResponse:
    """The list, filtered and sorted as the request asks."""
    figure_filter = FigureFilter(report, request.GET)
    figure_filter.offer_held_choices()
    page = Paginator(figure_filter.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "here": gettext("Figures"),
        "form": figure_filter.form,
        "asked": figure_filter.asked,
        "in_use": figure_filter.in_words(),
        "page": page,
        "rows": [_row(report, figure) for figure in page.object_list],
        "total": figure_filter.queryset.count(),
        "query": request.GET.urlencode(),
    }
    return render(request, "figures/figures.html", context)


@report_view
def figures_file(request: HttpRequest, report: Report, file_format: FileFormat) -> HttpResponse:
    """The same figures in a format of `exports`, all of them, filtered and sorted as the request asks."""
    rows = FigureRowSerializer(FigureFilter(report, request.GET).qs, many=True).data
    return data_file(file_format, file_name(report, "figures"), rows, {"report": report.symbol, "figures": rows})


@report_view
def sums(request: HttpRequest, report: Report) -> HttpResponse:
    """Every sum of the report that can be checked, with its outcome, and the totals of its tables."""
    sums = queries.sums(report)
    rows = [(row, outcome, _numbers(row)) for row, outcome in sums.rows]
    tables = [(table, check_table(table.header, table.rows)) for table in paragraphs.tables(report)]
    context = {
        "report": report,
        "here": gettext("Checked sums"),
        "sums": sums,
        "discrepancies": [row for row in rows if row[1].verdict != "agrees"],
        "rows": rows,
        "tables": [(table, checks, all(check.outcome.agrees for check in checks)) for table, checks in tables],
    }
    return render(request, "figures/sums.html", context)


def _row(report, figure):
    block = figure.block
    block.paragraph.report = report
    number = exact_number(figure.value)
    bare = "".join(figure.surface.split()).replace(",", "")
    is_printed = number.replace(",", "") in (bare, bare.rstrip("0").rstrip("."))
    address = words_address(block.paragraph.get_absolute_url(), block.text, figure.start, figure.end)
    return Row(figure, "" if is_printed else number, address)


def _numbers(checked):
    """The numbers of the paragraphs whose figures the sum uses."""
    figures = [*checked.addends.all(), *filter(None, (checked.total, checked.whole))]
    return sorted({checked.paragraph.number, *(figure.block.paragraph.number for figure in figures)})
