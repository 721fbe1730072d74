"""A results page as its templates show it: all words and addresses, no HTML but the marked snippets."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypedDict

from django.utils.translation import get_language, gettext, ngettext

from sections.markup import excerpt, link
from sections.search.service import SORTS, Hit, Item, Place, SearchRequest, SearchResults, Target

from .quotation import quoted
from .search_alternatives import Alternative, alternatives
from .search_counts import mentions_in_words
from .search_data import DataBox, data_boxes
from .search_facets import ChosenFilter, FacetChoices, chosen_filters, facet_choices, facet_form, grouped
from .search_site_pages import SitePage, site_pages

LONGEST_QUERY = 80  # characters of the query in the heading
PAGES_AROUND = 2  # page numbers before and after the current one
KEPT = 1_000  # places, which do not depend on the query


class Link(NamedTuple):
    """Words that lead somewhere; `detail` stands beside them."""

    label: str
    url: str
    detail: str = ""


class PageLink(NamedTuple):
    """A page of the results: no URL for the current one, number 0 for a gap between two."""

    number: int
    url: str = ""
    label: str = ""


class HitRow(TypedDict):
    """A paragraph that was found; a dictionary, because templates read these fastest and a page has many.

    `heading` links the paragraph, `place` its section; from the hit that `begins_partial` on, the hits are partial
    matches.
    """

    hit: Hit
    anchor: str
    heading: str  # HTML
    report: str  # HTML, where all reports are searched
    place: str  # HTML
    quotation: str  # HTML
    found_by: str  # where it was not by the words typed
    begins_partial: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the results page shows. Each URL is relative to the page, except those of paragraphs, entries and articles.

    `language` is that of the report.
    """

    heading: str
    query: str
    other_parameters: list[tuple[str, str]]
    interpretation: tuple[str, ...]
    switches: list[Link]
    chosen_filters: list[ChosenFilter]
    url_without_filters: str
    facets: list[FacetChoices]
    facet_form: list[tuple[str, str]]
    has_open_facet: bool
    site_pages: list[SitePage]
    targets: tuple[Target, ...]
    matches: list[Link]
    data: list[DataBox]
    is_by_place: bool
    url_of_other_order: str
    language: str
    hits: list[HitRow]
    pages: list[PageLink]
    alternatives: list[Alternative]


def search_page(results: SearchResults, open_facet: str = "") -> SearchPage:
    """The page of the results; the facet named `open_facet` has all its values."""
    request = results.request.first_page
    is_by_place = request.sort != SORTS[0]
    return SearchPage(
        heading=heading(results),
        query=request.q,
        other_parameters=request.parameters[1:],
        interpretation=results.interpretation,
        switches=switches(results),
        chosen_filters=chosen_filters(results),
        url_without_filters=request.query_string(filters=()) if request.filters else "",
        facets=facet_choices(results, open_facet),
        facet_form=facet_form(results),
        has_open_facet=bool(open_facet),
        site_pages=site_pages(request.q, results.report) if results.page == 1 else [],
        targets=results.targets if results.page == 1 else (),
        matches=_matches(results) if results.page == 1 else [],
        data=data_boxes(results) if results.page == 1 else [],
        is_by_place=is_by_place,
        url_of_other_order=request.query_string(sort=SORTS[0] if is_by_place else "place"),
        language=results.report.language if results.report else "en",
        hits=list(hit_rows(results)),
        pages=page_links(results),
        alternatives=[] if results.hits else alternatives(results),
    )


def heading(results: SearchResults) -> str:
    """What was found, such as "12 paragraphs, 30 related for “something”"."""
    typed = results.request.q.strip()
    if len(typed) > LONGEST_QUERY:
        typed = f"{typed[:LONGEST_QUERY]}…"
    many = found_in_words(results.full, results.count - results.full, results.by_names)
    if not typed:
        return many
    return gettext("%(many)s for %(typed)s") % {"many": many, "typed": quoted(typed)}


def found_in_words(full: int, related: int, by_names: int = 0) -> str:
    """What meets a query, what does so only by other names, and what is related: "15 paragraphs, 74 related"."""
    count = paragraphs_in_words(full - by_names) if full else gettext("No paragraph")
    if by_names:
        values = {"paragraphs": count, "count": grouped(by_names)}
        if full > by_names:
            form = "%(paragraphs)s, %(count)s more with other words"
            count = ngettext(form, form, by_names) % values
        else:
            one, many = "%(count)s paragraph with other words", "%(count)s paragraphs with other words"
            count = ngettext(one, many, by_names) % values
    if not related:
        return count
    form = ngettext("%(paragraphs)s, %(count)s related", "%(paragraphs)s, %(count)s related", related)
    return form % {"paragraphs": count, "count": grouped(related)}


def paragraphs_in_words(count: int) -> str:
    """A number of paragraphs, such as "1,204 paragraphs"."""
    words = ngettext("%(count)s paragraph", "%(count)s paragraphs", count)
    return words % {"count": grouped(count)}


def switches(results: SearchResults) -> list[Link]:
    """Other ways to understand the same query."""
    request = results.request.first_page
    links = []
    if results.is_citation:
        links.append(Link(gettext("Search for the words instead"), request.query_string(literal=True)))
    if request.literal:
        links.append(Link(gettext("Read it as a citation"), request.query_string(literal=False)))
    if results.corrections:
        typed = ", ".join(quoted(typed) for typed, _ in results.corrections)
        words = gettext("Search for %(typed)s as typed") % {"typed": typed}
        links.append(Link(words, request.query_string(exact=True)))
    if request.exact:
        links.append(Link(gettext("Turn spelling correction back on"), request.query_string(exact=False)))
    if any(alternative.names for alternative in results.alternatives):
        links.append(Link(gettext("Exact words only"), request.query_string(names=False)))
    if not request.names:
        words = gettext("Search also for other names and words that mean the same")
        links.append(Link(words, request.query_string(names=True)))
    return links


def page_links(results: SearchResults) -> list[PageLink]:
    """The first page, the last and those around the current one; none where all hits fit on one page."""
    if results.pages == 1:
        return []
    base = results.request.first_page.query_string()
    around = range(results.page - PAGES_AROUND, results.page + PAGES_AROUND + 1)
    numbers = sorted({1, results.pages, *(number for number in around if 1 <= number <= results.pages)})
    links, previous, label = [], 0, gettext("Page %(number)s")
    for number in numbers:
        if number != previous + 1:
            links.append(PageLink(0))
        url = f"{base}&page={number}" if number > 1 else base
        link = PageLink(number, url, label % {"number": number})
        links.append(PageLink(number) if number == results.page else link)
        previous = number
    return links


def hit_rows(results: SearchResults) -> Iterator[HitRow]:
    """The hits of the page, each with the address of its paragraph, where the search goes on."""
    language, phrases = get_language(), _phrases(get_language())
    state = results.request.first_page.query_string()
    first_partial = -1  # its index on this page
    if results.full and results.request.sort == SORTS[0]:
        first_partial = results.full - (results.page - 1) * results.request.per_page
    for index, hit in enumerate(results.hits):
        yield HitRow(
            hit=hit,
            anchor=hit_anchor(results.request, hit.report.symbol, hit.number),
            heading=link(str(hit.number), f"{hit.url}{state}", unseen=phrases["paragraph"]),
            report=_report(hit, phrases) if results.request.is_in_all_reports else "",
            place=_place(hit.place, bool(results.full and hit.partial), hit.explanation, language),
            quotation=excerpt(hit.snippet, hit.kind, hit.report.language),
            found_by=phrases["related"] if hit.subjects else phrases["names"] if hit.match == "names" else "",
            begins_partial=index == first_partial,
        )


@lru_cache
def _phrases(language):
    """The words that hits have in common, translated once for all of them."""
    return {
        "citation": gettext("%(state_party)s, %(symbol)s, para. %(number)s"),
        "paragraph": gettext("Paragraph"),
        "part": gettext("%(part)s of the Convention"),
        "partial": gettext("partial match"),
        "names": gettext("Found by other words or names only"),
        "related": gettext("Found by a related term"),
    }


def hit_anchor(request: SearchRequest, symbol: str, number: int) -> str:
    """The id of a hit on the results page."""
    report = f"{symbol.replace('/', '-')}-" if request.is_in_all_reports else ""
    return f"hit-{report}{number}"


def _report(hit: Hit, phrases: dict[str, str]) -> str:
    """The State party and the citation of a hit, linked to its report."""
    values = {"state_party": hit.report.translated("state_party"), "symbol": hit.report.symbol, "number": hit.number}
    return link(phrases["citation"] % values, hit.report.get_absolute_url())


@lru_cache(KEPT)
def _place(place: Place, is_partial: bool, explanation: tuple[tuple[str, float], ...], language: str) -> str:
    """The section of a hit, linked, its part of the Convention, and why it ranks where it does if that was asked."""
    phrases = _phrases(language)
    details = [phrases["part"] % {"part": place.part}] if place.part else []
    if is_partial:
        details.append(phrases["partial"])
    details += [f"{term} {score}" for term, score in explanation]
    return link(place.label, place.url, details)


def _matches(results: SearchResults) -> list[Link]:
    """The entries, articles and sections that the query names."""
    entries = [Link(item.name, item.url, mentions_in_words(results, item)) for item in results.entries]
    return entries + [_match(item) for item in (*results.articles, *results.sections)]


def _match(item: Item) -> Link:
    if item.type == "section":
        return Link(item.name, item.url, gettext("heading of the report"))
    words = ngettext("%(count)s linked paragraph", "%(count)s linked paragraphs", item.paragraphs)
    words %= {"count": grouped(item.paragraphs)}
    return Link(item.label, item.url, words if item.paragraphs else gettext("no linked paragraph"))
