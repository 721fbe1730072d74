"""Addresses of searches: the whole state of a results page, and of a paragraph reached from one."""

import re
from urllib.parse import urlencode

from django.http import QueryDict

from sections.search.service import FILTERS, MAX_CHARACTERS, SORTS, SearchRequest

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def request_from(params: QueryDict, explain: bool = False) -> SearchRequest:
    """The search that an address asks for. Control characters, which no page may repeat, become spaces."""
    clean = QueryDict(mutable=True)
    for name, values in params.lists():
        clean.setlist(name, [CONTROL_CHARACTERS.sub(" ", value) for value in values])
    return SearchRequest.from_params(clean, explain=explain)


def query_string(request: SearchRequest, **changes: object) -> str:
    """The query string, from "?" on, of the search with some of its fields changed."""
    return "?" + urlencode(parameters(request.changed(**changes) if changes else request))


def parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """The query `q`, and each parameter that differs from those of a plain search, as (name, value) pairs."""
    pairs = [("q", request.q[: MAX_CHARACTERS + 1])]  # one character more tells the parser that the query was longer
    pairs += [(name, value) for name, values in request.filters for value in values]
    optional = {
        "sort": request.sort if request.sort != SORTS[0] else "",
        "names": "" if request.names else "0",
        "exact": "1" if request.exact else "",
        "report": request.report,
        "page": str(request.page) if request.page > 1 else "",
    }
    return pairs + [(name, value) for name, value in optional.items() if value]


def filters_with(request: SearchRequest, name: str, values: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters of the search with `values` as those of the filter `name`; none remove it."""
    chosen = dict(request.filters) | {name: tuple(values)}
    return tuple((filter_name, chosen[filter_name]) for filter_name in FILTERS if chosen.get(filter_name))
