"""What a search answers, as frozen objects."""

from dataclasses import dataclass
from typing import NamedTuple

from sections.models import Report
from sections.text.snippet import Snippet

from .data_found import DataFound
from .facets import Facet
from .named_results import Item, Place
from .query_plan import Alternatives
from .request import SearchRequest


class Target(NamedTuple):
    """What a citation points at: kind, label and address, or in `missing` why there is no such thing.

    The kind is paragraph, report, reply, annex, footnote, table, article, part, or for an article of a law the type of
    entry. `report` is the symbol of the report that it is of, "" for what is of none.
    """

    kind: str
    label: str
    url: str = ""
    number: int = 0
    missing: str = ""
    report: str = ""


class Counts(NamedTuple):
    """Hits in all, those that meet the whole query, and those of these that do so only by other words or names."""

    count: int
    full: int
    by_names: int


class Hit(NamedTuple):
    """A paragraph that was found, with its report, place, best snippet, score, and the entries that it mentions.

    `match` is one of `query_plan.MATCHES`: "names" where the text says what is asked for only in other words, "partial"
    where not every clause is met. `subjects` are phrases of the editors that contain what the text lacks; `explanation`
    pairs labels with shares of the score.
    """

    number: int
    report: Report
    url: str
    score: float
    place: Place
    kind: str  # of the block that the snippet is of
    snippet: Snippet
    entries: tuple[Item, ...]
    match: str = "text"
    subjects: tuple[str, ...] = ()
    explanation: tuple[tuple[str, float], ...] = ()

    @property
    def partial(self) -> bool:
        """Whether it does not meet every clause."""
        return self.match == "partial"


class Neighbours(NamedTuple):
    """A hit among the others: its rank from 1, their number, the paragraphs before and after it, or None.

    A paragraph is the symbol of its report and its number.
    """

    place: int
    count: int
    previous: tuple[str, int] | None
    next: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a request, in its `report`. `count` hits on all pages, of which `full` matches come first.

    Of the full matches `by_names` say what is asked for only in other words or by other names.

    `interpretation` are sentences for readers; `corrections` pairs typed words with their spelling corrections;
    `alternatives` are other names and synonyms searched for. `suggestion` is another query with hits, given where this
    one has none or was corrected; `suggestions` are several, given where it has none. `data` are figures, dates and
    places that answer it. A query that `is_citation` may lead straight to an address, `leads_to`. `content_words` are
    the words typed without stop words; `targets` are all things that a citation points at, of which `target` is the
    first; `without_conditions` is the query as plain words, "" if it is that already.
    """

    request: SearchRequest
    report: Report | None = None
    count: int = 0
    full: int = 0
    by_names: int = 0
    hits: tuple[Hit, ...] = ()
    target: Target | None = None
    targets: tuple[Target, ...] = ()
    entries: tuple[Item, ...] = ()
    articles: tuple[Item, ...] = ()
    sections: tuple[Item, ...] = ()
    facets: tuple[Facet, ...] = ()
    interpretation: tuple[str, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    suggestion: str = ""
    suggestions: tuple[str, ...] = ()
    data: DataFound = DataFound()
    is_citation: bool = False
    leads_to: str = ""
    content_words: tuple[str, ...] = ()
    without_conditions: str = ""

    @property
    def pages(self) -> int:
        """The number of pages, at least 1."""
        return max(-(-self.count // self.request.per_page), 1)

    @property
    def page(self) -> int:
        """The number of the page that `hits` are of."""
        return min(self.request.page, self.pages)
