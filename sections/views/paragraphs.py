"""One paragraph, the page that a citation leads to, and beside it its JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from rest_framework.renderers import JSONRenderer

from sections.models import Paragraph, Report
from sections.presenters.paragraph import Reading
from sections.presenters.search_page import hit_anchor
from sections.queries import paragraphs, reports
from sections.representations.paragraphs import ParagraphSerializer, with_annotations
from sections.search import service
from sections.search.service import SearchRequest

from . import citations
from .limits import reading
from .shortcuts import citation_pattern, not_found, report_view

LONGEST_QUERY = 60  # characters of the query that are shown


@report_view
@reading
def paragraph(request: HttpRequest, report: Report, number: int) -> HttpResponse:
    """The paragraph with its place, its margin and its citation; outside the range, a page that names the range.

    Reached from a search, which its address then holds, its matches are marked, and the other hits are offered.
    """
    outline = reports.outline(report)
    in_range = outline.first is not None and outline.first <= number <= outline.last
    content = paragraphs.contents(report).get(number) if in_range else None
    if content is None:
        return _no_such_paragraph(request, report, outline, number)
    search = _search_of(request, report)
    reading = Reading(report, content, service.marks(search, number, report.symbol) if search else None, is_alone=True)
    paragraph = reading.paragraph
    path = outline.path(paragraph.section_id)
    context = {
        "report": report,
        "outline": outline,
        "path": path,
        "heading": path[-1] if path else None,
        "here": gettext("Paragraph %(number)s") % {"number": number},
        "convention_part": outline.convention_part(paragraph.section_id),
        "paragraph": paragraph,
        "reading": reading,
        "origin": content.origin,
        "hit": _hit_navigation(search, paragraph) if search else None,
        "previous": _neighbour(report, number - 1) if number > outline.first else None,
        "next": _neighbour(report, number + 1) if number < outline.last else None,
        "citation_pattern": citation_pattern(report),
        "cite": citations.of_paragraph(request, report, content),
    }
    return render(request, "paragraphs/paragraph.html", context)


@require_safe
def paragraph_json(request: HttpRequest, symbol: str, number: int) -> HttpResponse:
    """The paragraph as the API gives it; 404 as JSON when there is none."""
    report = Report.objects.filter(symbol=symbol.upper()).first()
    if report is None:
        return JsonResponse({"detail": "There is no report of that symbol."}, status=404)
    paragraph = with_annotations(Paragraph.objects.filter(report=report, number=number)).first()
    if paragraph is None:
        return JsonResponse({"detail": f"{report.symbol} has no paragraph {number}."}, status=404)
    content = ParagraphSerializer(paragraph, context={"request": request}).data
    return HttpResponse(JSONRenderer().render(content), content_type="application/json")


def _neighbour(report, number):
    """Number and address of a paragraph."""
    return _hit_beside(report.symbol, number)


def _hit_beside(symbol, number, query=""):
    return number, reverse("paragraph", kwargs={"symbol": symbol, "number": number}) + query


def _search_of(request, report):
    """The search from which the paragraph was reached; None where its address holds none."""
    search = SearchRequest.from_params(request.GET)
    if not (search.q.strip() or search.filters):
        return None
    if not search.is_in_all_reports:
        search = search.changed(report="" if report.is_default else report.symbol)
    return search.changed(page=1)


def _hit_navigation(search: SearchRequest, paragraph: Paragraph) -> dict:
    """The query in short, the place of the paragraph among the hits, 0 where it is none of them, and the links."""
    results_url, query = reverse("search"), search.query_string()
    navigation = {
        "query": search.q if len(search.q) <= LONGEST_QUERY else f"{search.q[:LONGEST_QUERY]}…",
        "unmarked_url": paragraph.get_absolute_url(),
    }
    symbol = paragraph.report.symbol
    around = service.neighbours(search, paragraph.number, symbol)
    if around is None:
        return {**navigation, "place": 0, "results_url": results_url + query}
    page_query = search.query_string(page=(around.place - 1) // search.per_page + 1)
    return {
        **navigation,
        "place": around.place,
        "count": around.count,
        "previous": around.previous and _hit_beside(*around.previous, query),
        "next": around.next and _hit_beside(*around.next, query),
        "results_url": f"{results_url}{page_query}#{hit_anchor(search, symbol, paragraph.number)}",
    }


def _no_such_paragraph(request, report, outline, number):
    links = [(gettext("The contents of the report"), report.get_absolute_url())]
    if outline.first is None:
        message = gettext("%(symbol)s contains no paragraphs yet.") % {"symbol": report.symbol}
        return not_found(request, report, message, links)
    message = gettext("%(symbol)s has no paragraph %(number)s. Its paragraphs go from %(first)s to %(last)s.")
    message %= {"symbol": report.symbol, "number": number, "first": outline.first, "last": outline.last}
    ends = [_neighbour(report, end) for end in (outline.first, outline.last)]
    words = gettext("Paragraph %(number)s")
    return not_found(request, report, message, [*((words % {"number": end}, url) for end, url in ends), *links])
