"""A search as addresses write it: the whole state of a results page, and of a paragraph reached from one."""

from urllib.parse import quote_plus

from django.conf import settings

from sections.search.service import FILTERS, MAX_CHARACTERS, PER_PAGE, SORTS, SearchRequest


def asked(request, **given) -> SearchRequest:
    """The search that a page's address asks for; it explains itself only where DEBUG is on."""
    explain = settings.DEBUG and request.GET.get("explain") == "1"
    return SearchRequest.from_params(request.GET, explain=explain, **given)


def address(search: SearchRequest, **changes) -> str:
    """The query string, from "?" on, of the search with some of its parts changed."""
    if any(getattr(search, name) != value for name, value in changes.items()):
        search = search.changed(**changes)
    return "?" + "&".join(f"{name}={quote_plus(value)}" for name, value in state(search))


def state(search: SearchRequest) -> list[tuple[str, str]]:
    """The parameters that differ from those of a plain search, each with its value."""
    pairs = [("q", search.q[: MAX_CHARACTERS + 1])]  # as much as is read, and a sign that there was more
    pairs += [(name, value) for name, values in search.filters for value in values]
    if search.sort != SORTS[0]:
        pairs.append(("sort", search.sort))
    if not search.names:
        pairs.append(("names", "0"))
    if search.exact:
        pairs.append(("exact", "1"))
    if search.report:
        pairs.append(("report", search.report))
    if search.page > 1:
        pairs.append(("page", str(search.page)))
    return pairs


def narrowed(search: SearchRequest, name: str, values) -> tuple:
    """The filters with other values of one of them."""
    chosen = dict(search.filters) | {name: tuple(values)}
    return tuple((each, chosen[each]) for each in FILTERS if chosen.get(each))


def page_of_place(place: int) -> int:
    """The page of results on which the hit of that place, counted from 1, stands."""
    return (place - 1) // PER_PAGE + 1
