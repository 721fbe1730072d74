"""A report: its facts and outline, the whole of it on one page, its parts and replies, the annexes that it cites."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from rest_framework.renderers import JSONRenderer

from sections.exports.formats import FORMATS
from sections.models import Abbreviation, Report, Section, kept_report
from sections.presenters.paragraph import Reading, readings_by_section
from sections.queries import paragraphs
from sections.queries import reports as queries
from sections.queries.annexes import annexes_by_label
from sections.representations.whole_report import whole_report
from sections.text.fold import clean_line
from sections.text.places import WrittenPlace, parse_place
from sections.text.whole_numbers import whole_number

from . import citations
from .limits import reading
from .places import to_place
from .shortcuts import (
    canonical_redirect,
    citation_pattern,
    file_response,
    not_found,
    report_or_404,
    report_view,
    with_neighbours,
)

PER_PAGE = 100  # reports
LONGEST = 200  # characters that are read of a name or a symbol


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All reports; of very many the State parties and treaty bodies, each of which leads to its reports."""
    asked = {name: clean_line(request.GET.get(name, ""))[:LONGEST] for name in ("state_party", "treaty_body")}
    asked = {name: value for name, value in asked.items() if value}
    after = clean_line(request.GET.get("after", ""))[:LONGEST]
    states, bodies = queries.reports_by("state_party", **asked), queries.reports_by("treaty_body", **asked)
    count = sum(number for _, number in states)
    rows = queries.listed_reports(after, **asked) if asked or after or count <= PER_PAGE else Report.objects.none()
    rows = list(rows[: PER_PAGE + 1])  # one more says whether there are others
    context = {
        "here": gettext("Reports"),
        "asked": asked,
        "count": count,
        "states": states,
        "bodies": bodies,
        "reports": rows[:PER_PAGE],
        "next_after": rows[PER_PAGE - 1].symbol if len(rows) > PER_PAGE else "",
    }
    return render(request, "reports/reports.html", context)


@require_safe
def default(request: HttpRequest) -> HttpResponse:
    """Leads to the default report, from pages that do not know which one that is."""
    report = kept_report()
    if report is None:
        raise Http404(gettext("No report is loaded yet"))
    return redirect(report)


@require_safe
def report(request: HttpRequest, symbol: str) -> HttpResponse:
    """The report's facts and outline. A symbol that a place follows, such as 103 or 92-94, leads to that place."""
    try:
        report = report_or_404(symbol)
    except Http404:
        if cited_place := _cited_place(request, symbol):
            return cited_place
        raise
    if page_redirect := canonical_redirect(request, symbol=report.symbol):
        return page_redirect
    outline = queries.outline(report)
    context = {
        "report": report,
        "here": report.symbol,
        "outline": outline,
        "totals": queries.totals(report),
        "recovered": sum(heading.section.recovered for heading in outline.in_order()),
        "has_subjects": any(heading.section.subject for heading in outline.in_order()),
        "tables": paragraphs.tables(report),
        "abbreviations": Abbreviation.objects.filter(report=report).exclude(acronym="").order_by("position"),
        "cite": citations.of_report(request, report),
    }
    return render(request, "reports/report.html", context)


@report_view
def whole_file(request: HttpRequest, report: Report) -> HttpResponse:
    """All of the report as one JSON file: for those who want everything, and need not crawl for it."""
    content = whole_report(report, {"request": request})
    response = file_response(report, "report", FORMATS["json"], JSONRenderer().render(content))
    response["X-Robots-Tag"] = "noindex"
    return response


@report_view
@reading
def full(request: HttpRequest, report: Report) -> HttpResponse:
    """The whole report on one page, without the margin."""
    outline = queries.outline(report)
    readings = readings_by_section(report, paragraphs.contents(report).values())
    context = {
        "report": report,
        "here": gettext("The whole report"),
        "outline": outline,
        "citation_pattern": citation_pattern(report),
        "sections": [(heading, readings.get(heading.section.pk, ())) for heading in outline.in_order()],
        "cite": citations.of_report(request, report),
        "has_subjects": any(heading.section.subject for heading in outline.in_order()),
    }
    return render(request, "reports/full.html", context)


@report_view
def part(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The part's text, a long part in pages; for a number that no part has, links to the parts there are."""
    outline = queries.outline(report)
    headings = [heading for heading in outline.headings if heading.section.kind == Section.Kind.PART]
    heading, previous, following = with_neighbours(headings, lambda heading: heading.section.part_number == number)
    if heading is None:
        links = [(queries.section_name(row.section), row.section.get_absolute_url()) for row in headings]
        links.append((gettext("The contents of the report"), report.get_absolute_url()))
        message = gettext("%(symbol)s has no part %(number)s.") % {"symbol": report.symbol, "number": number}
        return not_found(request, report, message, links)
    pages = queries.part_pages(outline, heading)
    wanted = whole_number(request.GET.get("page", ""))
    page = next((page for page in pages if page.number == wanted), pages[0])
    readings = readings_by_section(report, paragraphs.contents(report).values())
    below = [replace(below, depth=below.depth - 1) for below in page.headings if below is not heading]
    context = {
        "report": report,
        "outline": outline,
        "here": queries.section_name(heading.section),
        "heading": heading,
        "opened": [heading for page in pages for heading in page.headings],
        "pages": pages,
        "page": page,
        "sections": [(heading, readings.get(heading.section.pk, ())) for heading in below],
        "own": readings.get(heading.section.pk, ()),
        "previous": previous and previous.section,
        "next": following and following.section,
        "next_page": next((row for row in pages if row.number == page.number + 1), None),
        "cite": _cite_page(request, report, page),
        "citation_pattern": citation_pattern(report),
    }
    return render(request, "reports/part.html", context)


@report_view
@reading
def reply(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The reply's paragraphs to be read in a row; for a number that no reply has, a page that names the range."""
    outline = queries.outline(report)
    replies = [heading.section for heading in outline.in_order() if heading.section.is_reply]
    section, previous, following = with_neighbours(
        replies, lambda section: section.number <= number <= (section.last_number or section.number)
    )
    if section is None:
        return _no_such_reply(request, report, replies, number)
    if redirect := canonical_redirect(request, number=section.number):
        return redirect
    *path, heading = outline.path(section.pk)
    context = {
        "report": report,
        "outline": outline,
        "here": queries.section_title(section),
        "heading": heading,
        "section": section,
        "convention_part": outline.convention_part(section.pk),
        "path": path,
        "readings": [Reading(report, row) for row in paragraphs.contents(report).values() if row.section == section.pk],
        "citation_pattern": citation_pattern(report),
        "cite": citations.of_reply(request, report, heading),
        "previous": previous,
        "next": following,
    }
    return render(request, "replies/reply.html", context)


@report_view
def annexes(request: HttpRequest, report: Report) -> HttpResponse:
    """Each annex with the sentences that cite it, and a statement that no annex is part of this text."""
    context = {"report": report, "here": gettext("Annexes"), "annexes": annexes_by_label(report)}
    return render(request, "annexes/annexes.html", context)


def _cited_place(request, symbol):
    """The answer for CMW/C/MEX/3/103, which is paragraph 103 of CMW/C/MEX/3; None for what is no such citation."""
    head, _, ending = symbol.rpartition("/")
    report = Report.objects.filter(symbol__iexact=head).first() if ending[:1].isdecimal() else None
    return report and to_place(request, report, ending, parse_place(ending))


def _cite_page(request, report, page):
    """A page of a part is cited by its paragraphs, whose address stays when the pages are cut otherwise."""
    keys = {heading.section.pk for heading in page.headings}
    numbers = [row.number for row in paragraphs.contents(report).values() if row.section in keys]
    return citations.of_paragraphs(request, report, WrittenPlace.of(numbers), numbers) if numbers else None


def _no_such_reply(request, report, replies, number):
    whole = reverse("report-full", kwargs={"symbol": report.symbol})
    links = [(gettext("The contents of the report"), report.get_absolute_url()), (gettext("The whole report"), whole)]
    message = gettext("%(symbol)s has no reply to question %(number)s of the list of issues.")
    message %= {"symbol": report.symbol, "number": number}
    if replies:
        ends = replies[0], replies[-1]
        extent = {"first": ends[0].number, "last": ends[1].last_number or ends[1].number}
        message += " " + gettext("Its replies go from %(first)s to %(last)s.") % extent
        links = [*((queries.section_title(section), section.get_absolute_url()) for section in ends), *links]
    return not_found(request, report, message, links)
