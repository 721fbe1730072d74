"""A results page made ready to be shown: hits, facets, chips and the ways to change the search, with all addresses."""

from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from sections.markup import counted_links, filled, grouped, highlighted, row_of_links
from sections.search.results import SORTS, Hit, SearchRequest, SearchResults

from .asking import address, narrowed

HEADINGS = {
    "part": gettext_lazy("Part of the Convention"),
    "article": gettext_lazy("Article"),
    "institution": gettext_lazy("Institution"),
    "law": gettext_lazy("Law"),
    "programme": gettext_lazy("Programme"),
}
SHORT = 6  # values of a facet, until all are asked for
SHOWN_OF_QUERY = 80  # characters
NAMES = 4  # entries beside a hit
CELL = "\u2003"  # between the cells of a table: one character like the tab, so that what is marked stays in place
AROUND = 2  # pages named beside the present one


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
    count: str
    rest: str


def heading(results: SearchResults) -> str:
    """What the page is about, such as "12 paragraphs for “something”"."""
    typed = results.request.q.strip()
    if len(typed) > SHOWN_OF_QUERY:
        typed = f"{typed[:SHOWN_OF_QUERY]}…"
    many = gettext("No paragraph")
    if results.count:
        many = ngettext("%(count)s paragraph", "%(count)s paragraphs", results.count) % {
            "count": grouped(results.count)
        }
    return gettext("%(many)s for “%(typed)s”") % {"many": many, "typed": typed} if typed else many


def hits(results: SearchResults) -> str:
    """The hits of the page as list items; each leads to its paragraph, where the search goes on."""
    ending = address(results.request, page=1)
    first_partial = -1
    if results.request.sort == SORTS[0] and results.full:
        first_partial = results.full - (results.page - 1) * results.request.per_page
    before, after = results.hits, ()
    if 0 <= first_partial < len(results.hits):
        before, after = results.hits[:first_partial], results.hits[first_partial:]
    whole = filled(_form("hit", get_language()), [_row(hit, ending, results.full) for hit in before])
    if not after:
        return whole
    return (
        whole
        + _form("divider", get_language())
        + filled(_form("hit", get_language()), [_row(hit, ending, results.full) for hit in after])
    )


@cache
def _form(name: str, language: str) -> str:
    """A template as it is in a language, read once: through the engine twenty hits take longer than to find them."""
    return render_to_string(f"sections/search/{name}.html")


def _row(hit: Hit, ending: str, full: int) -> dict[str, str]:
    passage = hit.passage
    text, spans = passage.text.replace("\t", CELL), passage.spans
    if passage.cut_before:
        text, spans = f"… {text}", [(start + 2, end + 2) for start, end in spans]
    return {
        "number": str(hit.number),
        "url": f"{hit.url}{ending}",
        "kind": passage.kind,
        "passage": highlighted(f"{text} …" if passage.cut_after else text, spans),
        "place": _place(hit.place),
        "partial": " · " + gettext("not all of this") if hit.partial and full else "",
        "names": _names(hit.entries, hit.url),
        "why": "".join(f" · {words} {value}" for words, value in hit.explanation),
    }


@lru_cache(maxsize=4096)
def _place(place) -> str:
    """The link to the section of a hit, and the part of the Convention."""
    link = [(gettext("Reply %(number)s") % {"number": place.reply} if place.reply else place.label, place.thing.url)]
    part = gettext("%(part)s of the Convention") % {"part": place.part}
    return row_of_links(link, f" · {part}" if place.part else "")


@lru_cache(maxsize=4096)
def _names(entries, url) -> str:
    """Links to the first entries that a hit names, and to its paragraph for the others."""
    links = [(entry.name, entry.url) for entry in entries[:NAMES]]
    more = len(entries) - NAMES
    return row_of_links([*links, (gettext("%(companions)s more") % {"companions": more}, url)] if more > 0 else links)


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
        return Group(name, str(HEADINGS[name]), None, choices, str(len(values)), rest)
    links = counted_links(f"{plain}&{name}=", [(value.label, quote_plus(value.value), value.count) for value in shown])
    return Group(name, str(HEADINGS[name]), links, (), str(len(values)), rest)


def _choices(request, plain, name, values):
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
        labels = {value.value: value.label for facet in results.facets if facet.name == name for value in facet.values}
        for value in values:
            label = labels.get(value, value)
            words = label if label != value else f"{gettext(name.capitalize())} {value}"
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
        made.append((gettext("Search for %(typed)s as typed") % {"typed": typed}, address(request, exact=True)))
    if request.exact:
        made.append((gettext("Mend misspelt words again"), address(request, exact=False)))
    if any(also.others for also in results.also):
        made.append((gettext("Search only for the words as typed"), address(request, names=False)))
    if not request.names:
        made.append((gettext("Search also for other names and words that mean the same"), address(request, names=True)))
    return made
