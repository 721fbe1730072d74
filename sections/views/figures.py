"""The report as data: its figures, the sums that can be checked, dates, places and tables."""

from collections import Counter
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sections.charts.bars import Bars, bars
from sections.charts.columns import columns
from sections.charts.strip import numbers_in_words
from sections.charts.tiles import tiles
from sections.citing import words_address
from sections.figures import check_table
from sections.figures.sums import figure as exact_number
from sections.figures.tables import exact, grid
from sections.filters import FigureFilter
from sections.models import CheckedSum, DatedEvent, Figure, Report, Table
from sections.presenters.paragraph import read_table
from sections.queries import figures as figure_queries
from sections.queries import paragraphs, reports
from sections.queries.dates import IN_A_NAME, dated_events
from sections.queries.places import NamedPlace, named_places

from . import citations
from .left_out import left_out_of_form
from .limits import narrowed_list
from .shortcuts import not_found, report_view, with_neighbours

PER_PAGE = 300
MOST_NAMED = 5  # entities that the words of the map list


@report_view
@narrowed_list
def figures(request: HttpRequest, report: Report) -> HttpResponse:
    """The list, filtered and sorted as the request asks."""
    figure_filter = FigureFilter(request.GET, figure_queries.figures(report))
    figure_filter.offer_held_choices()
    page = Paginator(figure_filter.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "here": gettext("Figures"),
        "form": figure_filter.form,
        "asked": figure_filter.asked,
        "in_use": figure_filter.in_words(),
        "left_out": left_out_of_form(request, figure_filter.form),
        "page": page,
        "rows": [(figure, _exact_number(figure), _address(report, figure)) for figure in page.object_list],
        "total": figure_filter.queryset.count(),
        "confirmed": figure_filter.queryset.confirmed().count(),
    }
    return render(request, "figures/figures.html", context)


@report_view
def sums(request: HttpRequest, report: Report) -> HttpResponse:
    """Every sum of the report that can be checked, with its outcome, and the totals of its tables."""
    rows = [(row, row.outcome, _numbers(row)) for row in CheckedSum.objects.shown().of(report)]
    tables = [(table, check_table(table.header, table.rows)) for table in paragraphs.tables(report)]
    context = {
        "report": report,
        "here": gettext("Checked sums"),
        "verdicts": Counter(outcome.verdict for _, outcome, _ in rows),
        "discrepancies": [row for row in rows if row[1].verdict != "agrees"],
        "rows": rows,
        "tables": [(table, checks, all(check.outcome.agrees for check in checks)) for table, checks in tables],
    }
    return render(request, "figures/sums.html", context)


@report_view
@narrowed_list
def timeline(request: HttpRequest, report: Report) -> HttpResponse:
    """Every date and period that the report prints, in chronological order, with a chart of the years."""
    events = list(dated_events(report))
    dated = [event for event in events if event.sense != IN_A_NAME]
    by_year = groupby(dated, key=lambda event: event.first.year)
    years = {year: [(event, _address(report, event)) for event in events] for year, events in by_year}
    counts = {year: len(events) for year, events in years.items()}
    context = {
        "report": report,
        "here": gettext("Timeline"),
        "years": years,
        "total": len(dated),
        "in_names": len(events) - len(dated),
        "confirmed": sum(event.is_confirmed for event in dated),
        "chart": columns(counts),
    }
    return render(request, "timeline/timeline.html", context)


@report_view
def places(request: HttpRequest, report: Report) -> HttpResponse:
    """The places with their paragraphs: federative entities with cities, countries, regions."""
    places = named_places(report)
    on_map = [row for row in places.entities if row.place.row is not None]
    context = {
        "report": report,
        "here": gettext("Places"),
        "places": places,
        "mentions": places.mentions,
        "confirmed": places.confirmed,
        "paragraph_address": reverse("paragraph", kwargs={"symbol": report.symbol, "number": 0}).removesuffix("0/"),
        "map": tiles(
            (place.row, place.column, place.code, place.translated("name"), len(row.all_paragraphs), place.slug)
            for row in on_map
            for place in [row.place]
        ),
        "unnamed": [row.place.translated("name") for row in places.entities if not row.all_paragraphs],
        "map_words": _map_words(on_map),
    }
    return render(request, "places/places.html", context)


@report_view
def table(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The table as printed, with its paragraph; for a number that no table has, links to the tables there are."""
    tables = paragraphs.tables(report)
    found, previous, following = with_neighbours(tables, lambda table: table.number == number)
    if found is None:
        return _no_such_table(request, report, tables, number)
    table, paragraph = found, found.block.paragraph
    paragraph.report = report
    context = {
        "report": report,
        "here": gettext("Table %(number)s") % {"number": number},
        "table": table,
        "read": read_table(report, paragraphs.contents(report)[paragraph.number], number),
        "paragraph": paragraph,
        "path": reports.outline(report).path(paragraph.section_id),
        "previous": previous,
        "next": following,
        "cite": citations.of_table(request, report, table, paragraph.number),
        "chart": _chart(table),
        "checks": check_table(table.header, table.rows),
    }
    return render(request, "tables/table.html", context)


def _address(report: Report, span: Figure | DatedEvent) -> str:
    """The address of the span's words in its paragraph."""
    span.block.paragraph.report = report
    return words_address(span.block.paragraph.get_absolute_url(), span.block.text, span.start, span.end)


def _exact_number(figure):
    """The figure's number with all digits where it is not printed so, such as 1,500,000 for "1.5 million"."""
    number = exact_number(figure.value)
    bare = "".join(figure.surface.split()).replace(",", "")
    return "" if number.replace(",", "") in (bare, bare.rstrip("0").rstrip(".")) else number


def _numbers(checked):
    """The numbers of the paragraphs whose figures the sum uses."""
    figures = [*checked.addends.all(), *filter(None, (checked.total, checked.whole))]
    return sorted({checked.paragraph.number, *(figure.block.paragraph.number for figure in figures)})


def _map_words(rows: list[NamedPlace]) -> str:
    """The map in a sentence: the entities that most paragraphs name, with the paragraphs."""
    most_named = sorted(rows, key=lambda row: (-len(row.all_paragraphs), row.place.name))[:MOST_NAMED]
    words = gettext("%(place)s (paragraphs %(numbers)s)")
    named = ", ".join(
        words % {"place": row.place.translated("name"), "numbers": numbers_in_words(row.all_paragraphs)}
        for row in most_named
    )
    return gettext("Most mentioned: %(places)s.") % {"places": named} if named else ""


def _no_such_table(request, report, tables, number):
    message = gettext("%(symbol)s has no table %(number)s.") % {"symbol": report.symbol, "number": number}
    words = gettext("Table %(number)s")
    links = [(words % {"number": table.number} + f": {table}", table.get_absolute_url()) for table in tables]
    links.append((gettext("The contents of the report"), report.get_absolute_url()))
    return not_found(request, report, message, links)


def _chart(table: Table) -> Bars | None:
    """Bars without the totals: by year where there are few rows, else by row; None where there is nothing to draw."""
    numbers = grid(table.header, table.rows).without_totals()
    as_printed = {exact(cell): cell.strip() for row in table.rows for cell in row[1:]}
    if numbers.by_year and len(numbers.labels) <= 3:
        return bars(numbers.columns, list(zip(numbers.labels, numbers.rows, strict=True)), as_printed.get)
    by_column = [[row[index] for row in numbers.rows] for index in range(len(numbers.columns))]
    return bars(numbers.labels, list(zip(numbers.columns, by_column, strict=True)), as_printed.get)
