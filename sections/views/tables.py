"""A table of the report on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.charts.bars import Bars, bars
from sections.citing import plain_citation
from sections.exports.formats import FileFormat
from sections.figures import check_table
from sections.figures.tables import exact, grid
from sections.models import Report, Table
from sections.presenters.paragraph import read_table
from sections.queries import paragraphs, reports
from sections.representations.tables import CheckedTableSerializer, table_cells

from .files import data_file, file_name
from .shortcuts import not_found, report_view, with_neighbours


@report_view
def table(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The table as printed, with its paragraph; for a number that no table has, links to the tables there are."""
    tables = paragraphs.tables(report)
    rows = with_neighbours(tables, lambda table: table.number == number)
    if rows is None:
        return _no_such_table(request, report, tables, number)
    _, previous, following = rows
    table = paragraphs.table(report, number)
    paragraph = table.block.paragraph
    place = gettext("para. %(paragraph)s, table %(number)s") % {"paragraph": paragraph.number, "number": number}
    context = {
        "report": report,
        "here": gettext("Table %(number)s") % {"number": number},
        "table": table,
        "read": read_table(table, table.block),
        "paragraph": paragraph,
        "path": reports.outline(report).path(paragraph.section_id),
        "previous": previous,
        "next": following,
        "citation": plain_citation(report, place),
        "chart": _chart(table),
        "checks": check_table(table.header, table.rows),
    }
    return render(request, "tables/table.html", context)


@report_view
def table_file(request: HttpRequest, report: Report, number: int, file_format: FileFormat) -> HttpResponse:
    """The table in a format of `exports`."""
    table = paragraphs.table(report, number)
    if table is None:
        return _no_such_table(request, report, paragraphs.tables(report), number)
    content = CheckedTableSerializer(table).data
    return data_file(file_format, file_name(report, f"table-{number}"), table_cells(table), content)


def _no_such_table(request, report, tables, number):
    message = gettext("%(symbol)s has no table %(number)s.") % {"symbol": report.symbol, "number": number}
    words = gettext("Table %(number)s")
    links = [(words % {"number": table.number} + f": {table}", table.get_absolute_url()) for table in tables]
    links.append((gettext("The outline of the report"), report.get_absolute_url()))
    return not_found(request, report, message, links)


def _chart(table: Table) -> Bars | None:
    """Bars without the totals: by year where there are few rows, else by row; None where there is nothing to draw."""
    numbers = grid(table.header, table.rows).without_totals()
    as_printed = {exact(cell): cell.strip() for row in table.rows for cell in row[1:]}
    if numbers.by_year and len(numbers.labels) <= 3:
        return bars(numbers.columns, list(zip(numbers.labels, numbers.rows, strict=True)), as_printed.get)
    by_column = [[row[index] for row in numbers.rows] for index in range(len(numbers.columns))]
    return bars(numbers.labels, list(zip(numbers.columns, by_column, strict=True)), as_printed.get)
