"""A results page put together of forms: what it is about, how it was understood, hits, facets, ways on."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, ngettext

from sections.markup import all_filled, filled, grouped, list_of_links, list_of_words
from sections.models import Report
from sections.search.service import SearchResults, most_named

from . import nothing
from .forms import form
from .hit_list import hits
from .narrowing import chips, facets
from .search_urls import address

SHOWN_OF_QUERY = 80  # characters
AROUND = 2  # pages named beside the present one


def page(found: SearchResults, title: str, opened: str, report: Report | None) -> str:
    """All of the page but its frame; the facet of the name `opened` with all its values."""
    divided = facets(found, opened)
    told, others = found.interpretation, switches(found)
    row = {
        "kind": "register results" if divided else "results",
        "heading": title,
        "understood": filled(form("understood"), [{"sentences": list_of_words(told)}]) if told else "",
        "switches": filled(form("switches"), [{"links": list_of_links(others)}]) if others else "",
        "chips": _chips(found) if found.request.filters else "",
        "facets": divided,
        "things": _things(found) if found.page == 1 else "",
        "found": _found(found, report) if found.hits else _nothing(found, report),
    }
    return filled(form("results"), [row])


def _chips(found):
    context = {"chips": chips(found), "no_filter": address(found.request, filters=(), page=1)}
    return render_to_string("search/chips.html", context)


def _things(found):
    """What stands above the paragraphs: what a citation points at, and what the query names."""
    target, shown = found.target, []
    if target and target.url:
        shown.append((form("target"), {"url": target.url, "label": target.label}))
    things = (*found.entries, *found.articles, *found.sections)
    if things:
        rows = [_thing(thing, get_language()) for thing in things]
        shown.append((form("things"), {"things": list_of_links(rows)}))
    return all_filled(shown)


@lru_cache(maxsize=4096)
def _thing(thing, language):
    """Name, address and kind of a thing that the query names."""
    count = ngettext("%(paragraphs)s paragraph", "%(paragraphs)s paragraphs", thing.paragraphs)
    count %= {"paragraphs": grouped(thing.paragraphs)}
    if thing.type == "article":
        return f"{thing.kind}: {thing.name}", thing.url, count
    if thing.type == "section":
        return thing.name, thing.url, gettext("heading of the report")
    return thing.name, thing.url, f"{thing.kind}, {count}"


def _found(found, report):
    by_place = found.request.sort == "place"
    row = {
        "other_order": address(found.request, sort="relevance" if by_place else "place", page=1),
        "language": report.language if report else "en",
        "hits": hits(found),
        "pages": "",
    }
    if found.pages > 1:
        forms = {kind: form("page", kind=kind) for kind in ("link", "here", "gap")}
        row["pages"] = filled(form("pages"), [{"pages": all_filled(_page_links(pages(found), forms))}])
    return filled(form("hits", by_place=by_place), [row])


def _page_links(named, forms):
    """The form for each page's number and what it is filled with: a link, the present page, or a gap."""
    for number, url in named:
        yield forms["link" if url else "here" if number else "gap"], {"number": number, "url": url}


def _nothing(found, report):
    context = {"report": report, "ways_out": nothing.ways_out(found), "most_named": most_named()}
    return render_to_string("search/nothing.html", context)


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


def pages(results: SearchResults) -> list[tuple[int, str]]:
    """The pages to be named, as (number, address): the ends, those around the present one; a gap has the number 0.

    The present one has no address, for no link leads to where one is.
    """
    plain = address(results.request, page=1)
    near = range(results.page - AROUND, results.page + AROUND + 1)
    numbers = sorted({1, results.pages, *(number for number in near if 1 <= number <= results.pages)})
    made = []
    for before, number in zip((0, *numbers), numbers, strict=False):
        if number != before + 1:
            made.append((0, ""))
        url = f"{plain}&page={number}" if number > 1 else plain
        made.append((number, "" if number == results.page else url))
    return made


def switches(results: SearchResults) -> list[tuple[str, str]]:
    """Other ways to understand the same words, as (words, address)."""
    request = results.request.changed(page=1)
    made = []
    if results.corrections:
        typed = ", ".join(f"“{typed}”" for typed, _ in results.corrections)
        made.append((gettext("Search for %(typed)s as typed") % {"typed": typed}, address(request, exact=True)))
    if request.exact:
        made.append((gettext("Mend misspelt words again"), address(request, exact=False)))
    if any(also.names for also in results.alternatives):
        made.append((gettext("Search only for the words as typed"), address(request, names=False)))
    if not request.names:
        made.append((gettext("Search also for other names and words that mean the same"), address(request, names=True)))
    return made
