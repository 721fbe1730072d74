"""A paragraph as the hit of a search: what to mark in it, and the links to the hits before and after it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from sections.markup import Span
from sections.models import Paragraph, Report
from sections.presenters.search_urls import query_string, request_from
from sections.search import service
from sections.search.service import SearchRequest

LONGEST_QUERY = 60  # characters of the query that are shown


@dataclass(frozen=True, slots=True)
class HitNavigation:
    """The place of a paragraph among `count` hits, 0 where it is not a hit, with the neighbours' numbers and URLs."""

    query: str
    place: int
    count: int
    previous: tuple[int, str] | None
    next: tuple[int, str] | None
    results_url: str
    unmarked_url: str


def search_of(request: HttpRequest, report: Report) -> SearchRequest | None:
    """The search from which the paragraph was reached; None where its address holds none."""
    search = request_from(request.GET)
    if not (search.q.strip() or search.filters):
        return None
    return search.changed(report="" if report.is_default else report.symbol, page=1)


def marks(search: SearchRequest | None, number: int) -> dict[int, tuple[Span, ...]]:
    """What the search finds in the paragraph, by the position of the block."""
    return service.marks(search, number) if search else {}


def hit_navigation(search: SearchRequest | None, paragraph: Paragraph) -> HitNavigation | None:
    """The links from the paragraph to the other hits; None where there was no search."""
    if search is None:
        return None
    query = search.q if len(search.q) <= LONGEST_QUERY else f"{search.q[:LONGEST_QUERY]}…"
    unmarked_url = paragraph.get_absolute_url()
    around = service.neighbours(search, paragraph.number)
    if around is None:
        return HitNavigation(query, 0, 0, None, None, _results_url(search), unmarked_url)
    previous = _neighbour(search, paragraph, around.previous)
    next_ = _neighbour(search, paragraph, around.next)
    page = (around.place - 1) // search.per_page + 1
    results_url = f"{_results_url(search, page=page)}#hit-{paragraph.number}"
    return HitNavigation(query, around.place, around.count, previous, next_, results_url, unmarked_url)


def _results_url(search, **changes):
    return reverse("search") + query_string(search, **changes)


def _neighbour(search, paragraph, number):
    if number is None:
        return None
    url = reverse("paragraph", kwargs={"symbol": paragraph.report.symbol, "number": number})
    return number, url + query_string(search)
