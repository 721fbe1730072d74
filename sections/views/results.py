"""A results page made ready to be shown: hits, facets, chips and the ways to change the search, with all addresses."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from sections.markup import counted_links, highlighted, row_of_links
from sections.search.results import SORTS, Hit, SearchRequest, SearchResults

from .asking import address, narrowed

HEADINGS = {
    "part": "Part of the Convention",
    "article": "Article",
    "institution": "Institution",
    "law": "Law",
    "programme": "Programme",
}
SHORT = 6  # values of a facet, until all are asked for
NAMES = 4  # entries beside a hit
CELL = "\u2003"  # between the cells of a table: one character like the tab, so that what is marked stays in place
AROUND = 2  # pages named beside the present one


@dataclass(frozen=True, slots=True)
class Row:
    """A hit: number, address, passage, place and names as HTML."""

    number: int
    url: str
    passage: str
    css: str
    place: str
    names: str
    partial: bool
    divides: bool  # the first that lacks some of the words
    explanation: tuple


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: `url` takes it, or takes it away where it is chosen; `also` takes it beside the chosen."""

    label: str
    count: str
    url: str
    chosen: bool
    also: str


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: the values shown (`links` as HTML, or `choices` where some are chosen), how many there are, the rest."""

    name: str
    heading: str
    links: str | None
    choices: tuple[Choice, ...]
    count: int
    rest: str


def rows(results: SearchResults) -> list[Row]:
    """The hits of the page; each leads to its paragraph, where the search goes on."""
    ending = address(results.request, page=1)
    first_partial = -1
    if results.request.sort == SORTS[0] and results.full:
        first_partial = results.full - (results.page - 1) * results.request.per_page
    return [_row(hit, ending, at == first_partial) for at, hit in enumerate(results.hits)]


def _row(hit: Hit, ending: str, divides: bool) -> Row:
    passage, place = hit.passage, hit.place
    text, spans = passage.text.replace("\t", CELL), passage.spans
    if passage.cut_before:
        text, spans = f"… {text}", [(start + 2, end + 2) for start, end in spans]
    return Row(
        hit.number,
        f"{hit.url}{ending}",
        highlighted(f"{text} …" if passage.cut_after else text, spans),
        passage.kind,
        _place(place),
        _names(hit.entries, hit.url),
        hit.partial,
        divides and hit.partial,
        hit.explanation,
    )


@lru_cache(maxsize=4096)
def _place(place) -> str:
    """The link to the section of a hit, and the part of the Convention."""
    link = [(f"Reply {place.reply}" if place.reply else place.label, place.thing.url)]
    return row_of_links(link, f" · {place.part} of the Convention" if place.part else "")


@lru_cache(maxsize=4096)
def _names(entries, url) -> str:
    """Links to the first entries that a hit names, and to its paragraph for the others."""
    links = [(entry.name, entry.url) for entry in entries[:NAMES]]
    more = len(entries) - NAMES
    return row_of_links([*links, (f"{more} more", url)] if more > 0 else links)


def groups(results: SearchResults, opened: str) -> list[Group]:
    """The facets that have values; the one of the name `opened` with all of them."""
    request = results.request.changed(page=1)
    plain = address(request)
    return [_group(request, plain, facet, facet.name == opened) for facet in results.facets if facet.values]


def _group(request: SearchRequest, plain: str, facet, whole: bool) -> Group:
    name, values = facet.name, facet.values
    chosen = [value for value in values if value.chosen]
    if chosen:  # stays in sight, however few hits it has
        values = [*chosen, *(value for value in values if not value.chosen)]
    shown = values if whole or len(values) <= SHORT + 2 else values[: max(SHORT, len(chosen))]
    rest = f"{plain}&all={name}#facet-{name}" if len(shown) < len(values) else ""
    if chosen:
        choices = tuple(_choices(request, plain, name, shown))
        return Group(name, HEADINGS[name], None, choices, len(values), rest)
    links = counted_links(f"{plain}&{name}=", [(value.label, quote_plus(value.value), value.count) for value in shown])
    return Group(name, HEADINGS[name], links, (), len(values), rest)


def _choices(request, plain, name, values):
    """The values where some are chosen: one alone, as its count says, or one beside the others."""
    chosen = request.chosen(name)
    alone = address(request, filters=narrowed(request, name, ()))
    for value in values:
        ending = f"&{name}={quote_plus(value.value)}"
        if not value.chosen:
            yield Choice(value.label, f"{value.count:,}", f"{alone}{ending}", False, f"{plain}{ending}")
        else:  # by the address, or typed in the query, from which no link takes it away
            left = [each for each in chosen if each != value.value]
            url = address(request, filters=narrowed(request, name, left)) if value.value in chosen else ""
            yield Choice(value.label, f"{value.count:,}", url, True, "")


def chips(results: SearchResults) -> list[tuple[str, str]]:
    """What the address narrows the search to, each in words with the address that doesn't."""
    request = results.request.changed(page=1)
    made = []
    for name, values in request.filters:
        labels = {value.value: value.label for facet in results.facets if facet.name == name for value in facet.values}
        for value in values:
            label = labels.get(value, value)
            words = label if label != value else f"{name.capitalize()} {value}"
            left = [each for each in values if each != value]
            made.append((words, address(request, filters=narrowed(request, name, left))))
    return made


def pages(results: SearchResults) -> list[tuple[int | None, str]]:
    """The pages to be named, as (number, address): the ends, those around the present one, None for a gap."""
    if results.pages < 2:
        return []
    near = range(results.page - AROUND, results.page + AROUND + 1)
    numbers = sorted({1, results.pages, *(number for number in near if 1 <= number <= results.pages)})
    made = []
    for number in numbers:
        if made and number != made[-1][0] + 1:
            made.append((None, ""))
        made.append((number, address(results.request, page=number)))
    return made


def switches(results: SearchResults) -> list[tuple[str, str]]:
    """Other ways to understand the same words, as (words, address)."""
    request = results.request.changed(page=1)
    made = []
    if results.mended:
        typed = ", ".join(f"“{typed}”" for typed, _ in results.mended)
        made.append((f"Search for {typed} as typed", address(request, exact=True)))
    if request.exact:
        made.append(("Mend misspelt words again", address(request, exact=False)))
    if any(also.others for also in results.also):
        made.append(("Search only for the words as typed", address(request, names=False)))
    if not request.names:
        made.append(("Search also for other names and words that mean the same", address(request, names=True)))
    return made
