"""The facets of a results page, and the filters that are set, each with the addresses that add and remove it.

A form with check boxes combines as many values as people like. Links lead to two filters at most, so that robots, which
follow every link, do not walk all combinations.
"""

from functools import lru_cache
from typing import NamedTuple, TypedDict

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy

from sections.markup import counted_boxes
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


class FacetChoices(TypedDict):
    """A facet: its name in addresses, its heading, its values with check boxes as HTML, and how to see all of them.

    Where there are more than are shown, `url_of_all` leads to the rest, or where no link may, a button of the form.
    """

    name: str
    heading: str
    label_of_all: str
    boxes: str
    url_of_all: str
    is_cut: bool


class ChosenFilter(NamedTuple):
    """A filter of the address in words, and the address without it, "" where that still has too many for a link."""

    label: str
    url_without: str


def facet_choices(results: SearchResults, open_facet: str = "") -> list[FacetChoices]:
    """The facets that have values; the one named `open_facet` with all of them, the others with the most frequent."""
    request, phrases = results.request.first_page, _phrases(get_language())
    url = request.query_string() if _depth(request) < MOST_LINKED else ""
    return [_facet(request, url, facet, facet.name == open_facet, phrases) for facet in results.facets if len(facet)]


def facet_form(results: SearchResults) -> list[tuple[str, str]]:
    """What the form of the facets keeps, as (name, value) pairs."""
    offered = {facet.name for facet in results.facets if len(facet) and facet.name != "report"}
    return [pair for pair in results.request.first_page.parameters if pair[0] not in offered]


def _depth(request):
    return sum(len(values) for _, values in request.filters)


@lru_cache
def _phrases(language):
    """The headings, and the words of the link to all values, translated once."""
    return {name: str(heading) for name, heading in HEADINGS.items()} | {"all": gettext("Show all (%(count)s)")}


def _facet(request: SearchRequest, url: str, facet: Facet, is_open: bool, phrases: dict[str, str]) -> FacetChoices:
    """A facet of the request; `url` is that of its results, "" where no link may add a filter."""
    values, name, own = _shown_values(facet, is_open), facet.name, url
    is_cut = len(values) < len(facet)
    if name == "report":  # a search in one report is another search, not one of all with a filter
        own = request.query_string(report="")
    elif url and request.chosen(name):
        own = request.with_filter(name, []).query_string()
    rows = [(value.value, value.label, grouped(value.count), value.chosen) for value in values]
    return FacetChoices(
        name=name,
        heading=phrases[name],
        label_of_all=phrases["all"] % {"count": grouped(len(facet))},
        boxes=counted_boxes(name, rows, own, is_form=name != "report"),
        url_of_all=f"{url}&all={name}#facet-{name}" if is_cut and url else "",
        is_cut=is_cut,
    )


def _shown_values(facet: Facet, is_open: bool) -> list[FacetValue]:
    count, chosen = len(facet), facet.chosen
    shown = count if is_open or count <= MOST_VALUES + TOLERANCE else max(MOST_VALUES, len(chosen))
    return [*chosen, *facet.others(shown - len(chosen))]


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
