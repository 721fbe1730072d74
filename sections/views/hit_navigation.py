"""A paragraph as the hit of a search: what to mark in it, and the way to the hits before and after."""

from dataclasses import dataclass

from django.urls import reverse

from sections.markup import Highlight
from sections.search import service
from sections.search.service import SearchRequest

from .search_urls import address, asked, page_of_place

SHOWN_OF_QUERY = 60  # characters


@dataclass(frozen=True, slots=True)
class Strip:
    """The way among the hits: the query in short, place and number of hits (0 for none), addresses or ""."""

    typed: str
    place: int
    count: int
    previous: tuple[int, str] | None
    next: tuple[int, str] | None
    results: str
    clean: str


def search_of(request, report) -> SearchRequest | None:
    """The search from which the paragraph was reached, None where its address holds none."""
    search = asked(request)
    if not (search.q.strip() or search.filters):
        return None
    return search.changed(report="" if report.is_default else report.symbol, page=1, explain=False)


def marks(search: SearchRequest | None, number: int) -> dict[int, list[Highlight]]:
    """By position of a block what the search finds in the paragraph."""
    found = service.marks(search, number) if search else {}
    return {position: [Highlight(*span) for span in spans] for position, spans in found.items()}


def strip(search: SearchRequest | None, paragraph) -> Strip | None:
    """The paragraph among the hits, None where there was no search."""
    if search is None:
        return None
    around = service.neighbours(search, paragraph.number)
    typed = search.q if len(search.q) <= SHOWN_OF_QUERY else f"{search.q[:SHOWN_OF_QUERY]}…"
    results, clean = reverse("search"), paragraph.get_absolute_url()
    if around is None:
        return Strip(typed, 0, 0, None, None, f"{results}{address(search)}", clean)

    def hit(number):
        if number is None:
            return None
        url = reverse("paragraph", kwargs={"symbol": paragraph.report.symbol, "number": number})
        return number, f"{url}{address(search)}"

    page = page_of_place(around.place)
    back = f"{results}{address(search, page=page)}#hit-{paragraph.number}"
    return Strip(typed, around.place, around.count, hit(around.previous), hit(around.next), back, clean)
