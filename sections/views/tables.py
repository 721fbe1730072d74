"""A table of the report on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sections.charts.bars import bars
from sections.citing import plain_citation
from sections.figures import check_table
from sections.figures.tables import exact, grid
from sections.presenters.paragraph import read_table
from sections.queries import paragraphs, reports
from sections.representations.file_formats import FileFormat
from sections.representations.tables import CheckedTableSerializer, table_cells

from .files import data_file, file_name
from .shortcuts import missing, report_of, to_canonical


def table(request, symbol, number):
    """The table as printed, with its paragraph; for a number that no table has, links to those there are."""
    report = report_of(symbol)
    every = paragraphs.tables(report)
    found = _held(report, every, number)
    if found is None:
        return _no_such_table(request, report, every, number)
    if elsewhere := to_canonical(request, found.get_absolute_url()):
        return elsewhere
    paragraph = found.block.paragraph
    context = {
        "report": report,
        "here": gettext("Table %(number)s") % {"number": number},
        "table": found,
        "read": read_table(found, found.block),
        "paragraph": paragraph,
        "path": reports.outline(report).path(paragraph.section_id),
        "previous": next((row for row in every if row.number == number - 1), None),
        "next": next((row for row in every if row.number == number + 1), None),
        "citation": plain_citation(
            report, gettext("para. %(paragraph)s, table %(number)s") % {"paragraph": paragraph.number, "number": number}
        ),
        "chart": _chart(found),
        "checks": check_table(found.header, found.rows),
    }
    return render(request, "tables/table.html", context)


def table_file(request: HttpRequest, symbol: str, number: int, file_format: FileFormat) -> HttpResponse:
    """The table in a format of `exports`."""
    report = report_of(symbol)
    every = paragraphs.tables(report)
    found = _held(report, every, number)
    if found is None:
        return _no_such_table(request, report, every, number)
    return data_file(
        file_format, file_name(report, f"table-{number}"), table_cells(found), CheckedTableSerializer(found).data
    )


def _held(report, every, number):
    return paragraphs.table(report, number) if number in [row.number for row in every] else None


def _no_such_table(request, report, every, number):
    words = gettext("%(symbol)s has no table %(number)s.") % {"symbol": report.symbol, "number": number}
    links = [
        (gettext("Table %(number)s") % {"number": row.number} + f": {row}", row.get_absolute_url()) for row in every
    ]
    return missing(request, report, words, [*links, (gettext("The outline of the report"), report.get_absolute_url())])


def _chart(table):
    """Bars without the totals: by year where there are few rows, else by row; None where there is nothing to draw."""
    read = grid(table.header, table.rows).without_totals()
    as_printed = {exact(cell): cell.strip() for row in table.rows for cell in row[1:]}
    if read.by_year and len(read.labels) <= 3:
        return bars(read.columns, list(zip(read.labels, read.rows, strict=True)), as_printed.get)
    by_column = [[row[at] for row in read.rows] for at in range(len(read.columns))]
    return bars(read.labels, list(zip(read.columns, by_column, strict=True)), as_printed.get)
