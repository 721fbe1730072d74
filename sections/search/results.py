"""What a search is asked and what it answers, as frozen objects. This is the service's interface."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .catalogue import Place, Thing
from .engine.highlight import Passage
from .facets import NAMES, Facet
from .query_plan import Also

PER_PAGE = 20
MOST_PER_PAGE = 100
LAST_PAGE = 1_000_000
FILTERS = (*NAMES, "reply")
SORTS = ("relevance", "place")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that a search depends on; `filters` pairs each of FILTERS with the chosen values."""

    q: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    sort: str = "relevance"
    names: bool = True
    exact: bool = False
    report: str = ""
    explain: bool = False

    @classmethod
    def from_params(cls, params, **given) -> "SearchRequest":
        """The request that an address's parameters make (a QueryDict); what can't be read falls back."""
        filters = ((name, tuple(dict.fromkeys(filter(None, params.getlist(name))))[:50]) for name in FILTERS)
        sort = params.get("sort", "")
        return cls(
            q=params.get("q", ""),
            filters=tuple(pair for pair in filters if pair[1]),
            page=_number(params.get("page", ""), LAST_PAGE),
            sort=sort if sort in SORTS else SORTS[0],
            names=params.get("names") != "0",
            exact=params.get("exact") == "1",
            report=params.get("report", ""),
            **given,
        )

    def chosen(self, name: str) -> tuple[str, ...]:
        """The chosen values of a filter."""
        return dict(self.filters).get(name, ())

    def changed(self, **changes) -> "SearchRequest":
        """The request with some of its parts changed."""
        return replace(self, **changes)


def _number(text, most):
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 12 else 1


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation points at: kind, label and address, or with `missing` why there is no such thing."""

    kind: str  # paragraph, paragraphs, reply, annex, footnote, table, article, part
    label: str
    url: str = ""
    number: int = 0
    missing: str = ""


class Hit(NamedTuple):
    """A paragraph that was found: where it stands, its best passage, the entries it names, its score.

    `partial` says that it lacks some of the words; `subjects` are phrases of the editors that say what it does not say
    itself; `explanation` pairs words with numbers when asked for.
    """

    number: int
    url: str
    score: float
    place: Place
    passage: Passage
    entries: tuple[Thing, ...]
    partial: bool = False
    cited: bool = False
    subjects: tuple[str, ...] = ()
    explanation: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer. `interpretation` are sentences for readers; `mended` pairs typed words with those meant.

    `count` hits over all pages, of which `full` hold everything asked for and stand first; `unfiltered` hits
    there would be without any filter. `suggestion` is another query that has hits, given when this one has none or
    was mended; `suggestions` are several, given when it has none.
    """

    request: SearchRequest
    count: int = 0
    full: int = 0
    hits: tuple[Hit, ...] = ()
    target: Target | None = None
    entries: tuple[Thing, ...] = ()
    articles: tuple[Thing, ...] = ()
    sections: tuple[Thing, ...] = ()
    facets: tuple[Facet, ...] = ()
    interpretation: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    unfiltered: int = 0
    suggestion: str = ""
    suggestions: tuple[str, ...] = ()
    pages: int = 1
    version: str = field(default="", repr=False)

    @property
    def page(self) -> int:
        """The number of the page that `hits` are of."""
        return min(self.request.page, self.pages)
