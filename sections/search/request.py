"""What a search is asked: one frozen object, made from the parameters of an address, and back into them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict

from sections.text.whole_numbers import whole_number

from .engine.query_parser import FILTERS, MAX_CHARACTERS

SORTS = ("relevance", "place")
ALL_REPORTS = "all"  # as `report`
PER_PAGE = 20
MAX_PER_PAGE = 100
MAX_PAGE = 1_000_000
MAX_VALUES = 50  # of one filter
KEPT = 100  # query strings
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that a search depends on.

    `filters` pairs names of FILTERS with the chosen values. Without `names` a word stands only for its own forms; with
    `exact` no spelling is corrected; with `literal` a citation is searched for as words. `report` is a symbol, "" for
    the default one, or ALL_REPORTS. With `explain` hits say why they rank where they do. `ignored` sources, "subjects"
    or "thesaurus", are not consulted.
    """

    q: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    sort: str = "relevance"
    names: bool = True
    exact: bool = False
    literal: bool = False
    report: str = ""
    explain: bool = False
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: QueryDict, per_page: int = PER_PAGE, explain: bool = False) -> "SearchRequest":
        """The request that the parameters of an address make.

        Values that cannot be read fall back to the default; control characters, which no page repeats, become spaces.
        """
        filters = ((name, map(_clean, filter(None, params.getlist(name)))) for name in FILTERS)
        filters = ((name, tuple(dict.fromkeys(values))[:MAX_VALUES]) for name, values in filters)
        sort = params.get("sort", "")
        return cls(
            q=_clean(params.get("q", "")),
            filters=tuple(pair for pair in filters if pair[1]),
            page=max(whole_number(params.get("page", ""), MAX_PAGE) or 1, 1),
            per_page=per_page,
            sort=sort if sort in SORTS else SORTS[0],
            names=params.get("names") != "0",
            exact=params.get("exact") == "1",
            literal=params.get("literal") == "1",
            report=_clean(params.get("report", "")),
            explain=explain,
        )

    @property
    def is_in_all_reports(self) -> bool:
        """Whether all reports are searched."""
        return self.report == ALL_REPORTS

    def chosen(self, name: str) -> tuple[str, ...]:
        """The chosen values of a filter."""
        return dict(self.filters).get(name, ())

    @property
    def first_page(self) -> "SearchRequest":
        """The request for the first page of the same results."""
        return self if self.page == 1 else self.changed(page=1)

    def changed(self, **changes: object) -> "SearchRequest":
        """The request with some of its fields changed."""
        return replace(self, **changes)

    def with_filter(self, name: str, values: Sequence[str]) -> "SearchRequest":
        """The request with these values of a filter instead of those chosen; none remove it."""
        chosen = dict(self.filters) | {name: tuple(values)}
        return self.changed(filters=tuple((other, chosen[other]) for other in FILTERS if chosen.get(other)))

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query `q`, and each parameter that differs from those of a plain search, as (name, value) pairs."""
        pairs = [("q", self.q[: MAX_CHARACTERS + 1])]  # one character more tells the parser that the query was longer
        pairs += [(name, value) for name, values in self.filters for value in values]
        optional = {
            "sort": self.sort if self.sort != SORTS[0] else "",
            "names": "" if self.names else "0",
            "exact": "1" if self.exact else "",
            "literal": "1" if self.literal else "",
            "report": self.report,
            "page": str(self.page) if self.page > 1 else "",
        }
        return pairs + [(name, value) for name, value in optional.items() if value]

    def query_string(self, **changes: object) -> str:
        """The query string, from "?" on, of the search with some of its fields changed."""
        return _query_string(self.changed(**changes) if changes else self)


@lru_cache(KEPT)
def _query_string(request):
    """A page says its own again and again."""
    return "?" + urlencode(request.parameters)


def _clean(text):
    return CONTROL_CHARACTERS.sub(" ", text)
