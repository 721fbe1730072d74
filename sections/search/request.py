"""What a search is asked: one frozen object, made from the parameters of an address or by hand."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from sections.text.whole_numbers import whole_number

from .engine.query_parser import FILTERS

SORTS = ("relevance", "place")
PER_PAGE = 20
MAX_PER_PAGE = 100
MAX_PAGE = 1_000_000
MAX_VALUES = 50  # of one filter


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that a search depends on.

    `filters` pairs names of FILTERS with the chosen values. Without `names` a word stands only for its own forms; with
    `exact` no spelling is corrected. `report` is a symbol, "" for the default report. With `explain` hits say why they
    rank where they do. `ignored` sources, "subjects" or "thesaurus", are not consulted.
    """

    q: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    sort: str = "relevance"
    names: bool = True
    exact: bool = False
    report: str = ""
    explain: bool = False
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: QueryDict, per_page: int = PER_PAGE, explain: bool = False) -> "SearchRequest":
        """The request that the parameters of an address make; values that cannot be read fall back to the default."""
        filters = ((name, tuple(dict.fromkeys(filter(None, params.getlist(name))))[:MAX_VALUES]) for name in FILTERS)
        sort = params.get("sort", "")
        page = whole_number(params.get("page", ""), MAX_PAGE)
        return cls(
            q=params.get("q", ""),
            filters=tuple(pair for pair in filters if pair[1]),
            page=max(page or 1, 1),
            per_page=per_page,
            sort=sort if sort in SORTS else SORTS[0],
            names=params.get("names") != "0",
            exact=params.get("exact") == "1",
            report=params.get("report", ""),
            explain=explain,
        )

    def chosen(self, name: str) -> tuple[str, ...]:
        """The chosen values of a filter."""
        return dict(self.filters).get(name, ())

    def changed(self, **changes: object) -> "SearchRequest":
        """The request with some of its fields changed."""
        return replace(self, **changes)
