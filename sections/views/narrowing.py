"""How a results page is narrowed: the facets as HTML, in forms, and the filters that are set."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, gettext_lazy

from sections.markup import all_filled, counted_links, filled, grouped, half_filled
from sections.search.service import Facet, FacetValue, SearchRequest, SearchResults

from .forms import form
from .search_urls import address, narrowed

HEADINGS = {
    "part": gettext_lazy("Part of the Convention"),
    "article": gettext_lazy("Article"),
    "institution": gettext_lazy("Institution"),
    "law": gettext_lazy("Law"),
    "programme": gettext_lazy("Programme"),
}
SHORT = 6  # values of a facet, until all are asked for
ALMOST = 2  # values more are shown too: to fold so few away saves nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: `url` takes it, or takes it away where it is chosen; `also` takes it beside the chosen."""

    label: str
    count: str
    url: str
    chosen: bool
    also: str


def facets(results: SearchResults, opened: str) -> str:
    """The facets that have values, "" without any; the one of the name `opened` with all of them."""
    request = results.request.changed(page=1)
    plain = address(request)
    rows = [_row(request, plain, facet, facet.name == opened) for facet in results.facets if len(facet)]
    if not rows:
        return ""
    return filled(form("facets", opened=bool(opened)), [{"facets": all_filled(rows)}])


def _row(request, plain, facet: Facet, whole):
    """A facet's form, and what it is filled with: its values, the way to the rest of them."""
    name, count, chosen = facet.name, len(facet), facet.chosen
    most = count if whole or count <= SHORT + ALMOST else max(SHORT, len(chosen))
    others = facet.others(most - len(chosen))
    values = _links(plain, name, others) if not chosen else _choices(request, plain, name, [*chosen, *others])
    rest = ""
    if most < count:
        row = {
            "url": f"{plain}&all={name}#facet-{name}",
            "count": str(count),
            "heading": _heading(name, get_language()),
        }
        rest = filled(form("rest"), [row])
    return _form(name, get_language()), {"values": values, "rest": rest}


@cache
def _heading(name, language):
    return str(HEADINGS[name])


@cache
def _form(name, language):
    """The form of a facet with its name and heading filled in."""
    return half_filled(form("facet"), {"name": name, "heading": _heading(name, language)}, ("values", "rest"))


def _links(plain, name, values):
    return counted_links(f"{plain}&{name}=", [(_quoted(value), label, count) for value, label, count, _ in values])


_quoted = lru_cache(maxsize=4096)(quote_plus)


def _choices(request, plain, name, values):
    choices = list(_chosen_among(request, plain, name, values))
    return render_to_string("search/choices.html", {"choices": choices})


def _chosen_among(request: SearchRequest, plain, name, values: list[FacetValue]) -> Iterator[Choice]:
    """The values where some are chosen: one alone, as its count says, or one beside the others."""
    chosen = request.chosen(name)
    alone = address(request, filters=narrowed(request, name, ()))
    for value in values:
        ending = f"&{name}={quote_plus(value.value)}"
        if not value.chosen:
            yield Choice(value.label, grouped(value.count), f"{alone}{ending}", False, f"{plain}{ending}")
        else:  # by the address, or typed in the query, from which no link takes it away
            left = [each for each in chosen if each != value.value]
            url = address(request, filters=narrowed(request, name, left)) if value.value in chosen else ""
            yield Choice(value.label, grouped(value.count), url, True, "")


def chips(results: SearchResults) -> list[tuple[str, str]]:
    """What the address narrows the search to, each in words with the address that doesn't."""
    request = results.request.changed(page=1)
    made = []
    for name, values in request.filters:
        labels = {value.value: value.label for facet in results.facets if facet.name == name for value in facet.chosen}
        for value in values:
            label = labels.get(value, value)
            words = label if label != value else f"{gettext(name.capitalize())} {value}"
            left = [each for each in values if each != value]
            made.append((words, address(request, filters=narrowed(request, name, left))))
    return made
