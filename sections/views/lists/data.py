"""The report as data: figures, dates, places, tables, replies and annexes as lists."""

from decimal import Decimal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from sections.citing import whole_address
from sections.exports.listing import Listing
from sections.figures import check_table
from sections.filters import FigureFilter
from sections.models import CheckedSum, Report
from sections.presenters.sums import outcome_sentence
from sections.queries import figures as figure_queries
from sections.queries import paragraphs, reports
from sections.queries.annexes import annexes_by_label
from sections.queries.dates import dated_events
from sections.queries.places import named_places
from sections.representations.figures import (
    PLACE_ROW,
    CheckedTableSerializer,
    DatedEventSerializer,
    FigureRowSerializer,
    place_rows,
    table_cells,
)

from ..limits import narrowed_list
from .files import about_list, filter_names, language_of_rows, report_list

REPLY = ("reply", "title", "part", "convention_part", "first_paragraph", "last_paragraph", "recovered", "url")
SUM = ("paragraph", "kind", "what", "signs", "verdict", "outcome", "url")
ANNEX = ("annex", "paragraph", "excerpt", "url")


@report_list
@narrowed_list
def figures(request: HttpRequest, report: Report) -> Listing:
    """The figures, all of them, filtered and sorted as the request asks."""
    filters = FigureFilter(request.GET, figure_queries.figures(report))
    with language_of_rows(request):
        rows = FigureRowSerializer(filters.qs, many=True).data
    rows = [row | {"value": Decimal(row["value"])} for row in rows]
    return _of_report(
        request, report, "figures", gettext("Figures"), FigureRowSerializer.Meta.fields, rows,
        in_use=filters.in_words(), names=filter_names(request, filters),
    )  # fmt: skip


@report_list
@narrowed_list
def timeline(request: HttpRequest, report: Report) -> Listing:
    """The dates in chronological order."""
    with language_of_rows(request):
        rows = DatedEventSerializer(dated_events(report), many=True).data
    fields = DatedEventSerializer.Meta.fields
    return _of_report(request, report, "timeline", gettext("Timeline"), fields, rows, key="dates")


@report_list
def places(request: HttpRequest, report: Report) -> Listing:
    """The places with their paragraphs."""
    with language_of_rows(request):
        named = named_places(report)
        rows = list(place_rows([*named.entities, *named.countries, *named.regions]))
    return _of_report(request, report, "places", gettext("Places"), PLACE_ROW, rows)


@report_list
def table(request: HttpRequest, report: Report, number: int) -> Listing:
    """A table as printed, with exact numbers."""
    table = paragraphs.table(report, number)
    if table is None:
        raise Http404(gettext("%(symbol)s has no table %(number)s.") % {"symbol": report.symbol, "number": number})
    header, *rows = table_cells(table)
    return Listing(
        gettext("Table %(number)s: %(title)s") % {"number": number, "title": table},
        header,
        rows,
        about=about_list(request, report),
        content=CheckedTableSerializer(table).data,
        file_name=[report.symbol, f"table {number}"],
    )


@report_list
def replies(request: HttpRequest, report: Report) -> Listing:
    """The replies with their place in the outline."""
    with language_of_rows(request):
        outline, rows = reports.outline(report), []
        for heading in outline.in_order():
            if heading.section.is_reply:
                part = outline.convention_part(heading.section.pk)
                rows.append({
                    "reply": heading.section.number,
                    "title": heading.section.title,
                    "part": str(outline.path(heading.section.pk)[0].section),
                    "convention_part": part.roman if part else "",
                    "first_paragraph": heading.first,
                    "last_paragraph": heading.last,
                    "recovered": heading.section.recovered,
                    "url": whole_address(request, heading.section.get_absolute_url()),
                })  # fmt: skip
    return _of_report(request, report, "replies", gettext("Replies"), REPLY, rows)


@report_list
def sums(request: HttpRequest, report: Report) -> Listing:
    """The sums that can be checked, and the totals of tables, each with its outcome."""
    with language_of_rows(request):
        checked = [
            (row.paragraph.number, row.get_kind_display(), row.what, row.outcome, row.get_absolute_url())
            for row in CheckedSum.objects.shown().of(report)
        ]
        words = gettext("Table %(number)s")
        checked += [
            (
                table.block.paragraph.number,
                words % {"number": table.number},
                check.label,
                check.outcome,
                table.get_absolute_url(),
            )
            for table in paragraphs.tables(report)
            for check in check_table(table.header, table.rows)
        ]
        rows = [
            {
                "paragraph": number,
                "kind": kind,
                "what": what,
                "signs": outcome.signs,
                "verdict": outcome.verdict,
                "outcome": outcome_sentence(outcome),
                "url": whole_address(request, path),
            }
            for number, kind, what, outcome, path in checked
        ]
    return _of_report(request, report, "sums", gettext("Checked sums"), SUM, rows)


@report_list
def annexes(request: HttpRequest, report: Report) -> Listing:
    """The sentences that cite each annex."""
    rows = [
        {
            "annex": label,
            "paragraph": paragraph.number,
            "excerpt": snippet.text,
            "url": whole_address(request, paragraph.get_absolute_url()),
        }
        for label, citations in annexes_by_label(report).items()
        for paragraph, snippet in citations
    ]
    return _of_report(request, report, "annexes", gettext("Annexes"), ANNEX, rows)


def _of_report(request, report, name, title, columns, rows, key="", in_use=(), names=()):
    return Listing.of(
        f"{report.symbol}, {title}",
        columns,
        rows,
        name=key or name,
        about=about_list(request, report, in_use),
        facts={"report": report.symbol},
        file_name=[report.symbol, name, *names],
    )
