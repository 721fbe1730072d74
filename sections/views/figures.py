"""The figures of a report as a list that can be narrowed, and the sums that can be checked."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.citing.text_fragments import words_address
from sections.figures import check_table
from sections.figures.sums import figure as written
from sections.filters import FigureFilter
from sections.models import Figure
from sections.queries import figures as queries
from sections.queries import paragraphs
from sections.representations.figures import FigureRowSerializer
from sections.representations.file_formats import FileFormat

from .files import data_file, file_name
from .shortcuts import report_of, to_canonical

PER_PAGE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the list shows it: as printed, its number where that is printed otherwise, and its address."""

    figure: Figure
    printed: str
    number: str
    address: str


def figures(request, symbol):
    """The list, narrowed and sorted as the request asks."""
    report = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("figures", kwargs={"symbol": report.symbol})):
        return elsewhere
    narrowed = FigureFilter(report, request.GET)
    narrowed.offer_what_is_held()
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "here": gettext("Figures"),
        "form": narrowed.form,
        "question": narrowed.question,
        "page": page,
        "rows": [_row(report, figure) for figure in page.object_list],
        "found": page.paginator.count,
        "total": narrowed.queryset.count(),
        "query": request.GET.urlencode(),
    }
    return render(request, "figures/figures.html", context)


def figures_file(request: HttpRequest, symbol: str, file_format: FileFormat) -> HttpResponse:
    """The same figures in a format of `exports`, all of them, narrowed and sorted as the request asks."""
    report = report_of(symbol)
    rows = FigureRowSerializer(FigureFilter(report, request.GET).qs, many=True).data
    return data_file(file_format, file_name(report, "figures"), rows, {"report": report.symbol, "figures": rows})


def sums(request, symbol):
    """Every sum of the report that can be checked, with its outcome; those of the tables are worked out here."""
    report = report_of(symbol)
    if elsewhere := to_canonical(request, reverse("sums", kwargs={"symbol": report.symbol})):
        return elsewhere
    found = queries.sums(report)
    rows = [(row, outcome, _numbers(row)) for row, outcome in found.rows]
    tables = [(table, check_table(table.header, table.rows)) for table in paragraphs.tables(report)]
    context = {
        "report": report,
        "here": gettext("Checked sums"),
        "sums": found,
        "apart": [row for row in rows if row[1].verdict != "agrees"],
        "rows": rows,
        "tables": [(table, checks, all(check.outcome.agrees for check in checks)) for table, checks in tables],
    }
    return render(request, "figures/sums.html", context)


def _row(report, row):
    block = row.block
    block.paragraph.report = report
    number = written(row.value)
    bare = "".join(row.surface.split()).replace(",", "")
    same = bare == number.replace(",", "") or bare.rstrip("0").rstrip(".") == number.replace(",", "")
    address = words_address(block.paragraph.get_absolute_url(), block.text, row.start, row.end)
    return Row(row, row.surface, "" if same else number, address)


def _numbers(row):
    """The numbers of the paragraphs whose figures the sum uses."""
    figures = [*row.addends.all(), *filter(None, (row.total, row.whole))]
    return sorted({row.paragraph.number, *(figure.block.paragraph.number for figure in figures)})
