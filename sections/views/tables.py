"""A table of the report on a page of its own."""

from django.shortcuts import render

from sections.citing import plain_citation
from sections.queries import paragraphs, reports

from .finding import missing, report_of, to_canonical
from .reading import read_table


def table(request, symbol, number):
    """The table as printed, with its paragraph; for a number that no table has, links to those there are."""
    report = report_of(symbol)
    every = paragraphs.tables(report)
    numbers = [row.number for row in every]
    found = paragraphs.table(report, number) if number in numbers else None
    if found is None:
        words = f"{report.symbol} has no table {number}."
        links = [(f"Table {row.number}: {row}", row.get_absolute_url()) for row in every]
        return missing(request, report, words, [*links, ("The outline of the report", report.get_absolute_url())])
    if elsewhere := to_canonical(request, found.get_absolute_url()):
        return elsewhere
    paragraph = found.block.paragraph
    context = {
        "report": report,
        "here": f"Table {number}",
        "table": found,
        "read": read_table(found, found.block),
        "paragraph": paragraph,
        "path": reports.outline(report).path(paragraph.section_id),
        "previous": next((row for row in every if row.number == number - 1), None),
        "next": next((row for row in every if row.number == number + 1), None),
        "citation": plain_citation(report, f"para. {paragraph.number}, table {number}"),
    }
    return render(request, "sections/tables/table.html", context)
