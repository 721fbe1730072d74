"""The facets of a results page, and the filters that are set, each with the addresses that add and remove it.

Links lead to two filters at most. Where two are set, a form with check boxes offers the rest: people combine as many as
they like, and robots, which follow every link, do not walk all combinations.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, NotRequired, TypedDict
from urllib.parse import quote_plus

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from sections.markup import counted_boxes, counted_links
from sections.search.service import Facet, FacetValue, SearchRequest, SearchResults

HEADINGS = {
    "report": gettext_lazy("Report"),
    "part": gettext_lazy("Under a heading for"),
    "article": gettext_lazy("Article"),
    "institution": gettext_lazy("Institution"),
    "law": gettext_lazy("Law"),
    "programme": gettext_lazy("Programme"),
    "reply": gettext_lazy("Reply"),
    "place": gettext_lazy("Place"),
    "year": gettext_lazy("Year"),
    "has": gettext_lazy("Contains"),
}
MOST_VALUES = 6  # of a facet, until all are asked for
MOST_LINKED = 2  # filters to which a link leads
TOLERANCE = 2  # more values are shown as well: a link to so few saves no space


class FacetChoice(NamedTuple):
    """A value of a facet with its number of hits, and addresses: `url` chooses it alone, `url_beside` beside the
    chosen values, `url_without` removes it. Those that do not apply are ""."""

    label: str
    count: str
    url: str = ""
    url_beside: str = ""
    url_without: str = ""


class FacetChoices(TypedDict):
    """A facet: its name in addresses, its heading, the values to choose from, and the link to all of them, if any.

    Where none of them is chosen, the values are `links`, as HTML. In a form they are `boxes`, and `is_cut` says that
    there are more than are shown.
    """

    name: str
    heading: str
    label_of_all: str
    choices: NotRequired[list[FacetChoice]]
    links: NotRequired[str]
    url_of_all: NotRequired[str]
    boxes: NotRequired[str]
    is_cut: NotRequired[bool]


class ChosenFilter(NamedTuple):
    """A filter of the address in words, and the address without it, "" where that still has too many for a link."""

    label: str
    url_without: str


def facet_choices(results: SearchResults, open_facet: str = "") -> list[FacetChoices]:
    """The facets that have values; the one named `open_facet` with all of them, the others with the most frequent."""
    request = results.request.first_page
    url, phrases = request.query_string(), _phrases(get_language())
    make = _facet_of_form if _has_form(request) else _facet
    return [make(request, url, facet, facet.name == open_facet, phrases) for facet in results.facets if len(facet)]


def facet_form(results: SearchResults) -> list[tuple[str, str]] | None:
    """What the form of the facets keeps, as (name, value) pairs; None where the facets are links."""
    if not _has_form(results.request):
        return None
    offered = {facet.name for facet in results.facets if len(facet)}
    return [pair for pair in results.request.first_page.parameters if pair[0] not in offered]


def _has_form(request):
    return _depth(request) >= MOST_LINKED


def _depth(request):
    return sum(len(values) for _, values in request.filters)


@lru_cache
def _phrases(language):
    """The headings, and the words of the link to all values, translated once."""
    return {name: str(heading) for name, heading in HEADINGS.items()} | {"all": gettext("Show all (%(count)s)")}


def _facet(request: SearchRequest, url: str, facet: Facet, is_open: bool, phrases: dict[str, str]) -> FacetChoices:
    values = _shown_values(facet, is_open)
    choices = list(_choices(request, url, facet.name, values))
    some_chosen = any(value.chosen for value in values)
    return FacetChoices(
        name=facet.name,
        heading=phrases[facet.name],
        label_of_all=phrases["all"] % {"count": grouped(len(facet))},
        choices=choices if some_chosen else [],
        links="" if some_chosen else counted_links((choice.label, choice.url, choice.count) for choice in choices),
        url_of_all=f"{url}&all={facet.name}#facet-{facet.name}" if len(values) < len(facet) else "",
    )


def _facet_of_form(
    request: SearchRequest, url: str, facet: Facet, is_open: bool, phrases: dict[str, str]
) -> FacetChoices:
    values = _shown_values(facet, is_open)
    boxes = [(value.value, value.label, grouped(value.count), value.chosen) for value in values]
    return FacetChoices(
        name=facet.name,
        heading=phrases[facet.name],
        label_of_all=phrases["all"] % {"count": grouped(len(facet))},
        boxes=counted_boxes(facet.name, boxes),
        is_cut=len(values) < len(facet),
    )


def _shown_values(facet: Facet, is_open: bool) -> list[FacetValue]:
    count, chosen = len(facet), facet.chosen
    shown = count if is_open or count <= MOST_VALUES + TOLERANCE else max(MOST_VALUES, len(chosen))
    return [*chosen, *facet.others(shown - len(chosen))]


def _choices(request: SearchRequest, with_chosen: str, name: str, values: list[FacetValue]) -> Iterator[FacetChoice]:
    chosen = request.chosen(name)
    without = request.with_filter(name, []).query_string() if chosen else with_chosen
    some_chosen = any(value.chosen for value in values)
    for value in values:
        label, count = value.label, grouped(value.count)
        if name == "report":  # a search in one report is another search, not one of all with a filter
            yield FacetChoice(label, count, request.changed(report=value.value).query_string())
        elif not value.chosen:
            filter_ = f"&{name}={_quoted(value.value)}"
            yield FacetChoice(label, count, without + filter_, with_chosen + filter_ if some_chosen else "")
        elif value.value in chosen:
            remaining = [other for other in chosen if other != value.value]
            url = request.with_filter(name, remaining).query_string()
            yield FacetChoice(label, count, url_without=url)
        else:  # chosen in the words of the query, from which no link can remove it
            yield FacetChoice(label, count)


_quoted = lru_cache(quote_plus)


def chosen_filters(results: SearchResults) -> list[ChosenFilter]:
    """The filters of the address, in its order."""
    request = results.request.first_page
    labels = {(facet.name, value.value): value.label for facet in results.facets for value in facet.chosen}
    filters, is_linked = [], _depth(request) <= MOST_LINKED + 1
    for name, values in request.filters:
        for value in values:
            label = labels.get((name, value), value)
            if label == value:  # no such value is known, or it is a reply, which has no facet
                label = f"{gettext(name.capitalize())} {value}"
            remaining = [other for other in values if other != value]
            url = request.with_filter(name, remaining).query_string() if is_linked else ""
            filters.append(ChosenFilter(label, url))
    return filters


def grouped(number: int) -> str:
    """A whole number as the language writes it, such as "1,204" in English."""
    return str(number) if number < 1000 else number_format(number, force_grouping=True)
