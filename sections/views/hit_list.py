"""The hits of a results page as HTML, in forms: passage, place, entries, and the way on to the paragraph."""

from functools import lru_cache

from django.utils.translation import get_language, gettext

from sections.markup import all_filled, escaped, filled, half_filled, highlighted, row_of_links
from sections.models import Block
from sections.search.service import SORTS, Hit, SearchResults

from .forms import form
from .search_urls import address

NAMES = 4  # entries beside a hit
CELL = "\u2003"  # between the cells of a table: one character like the tab, so that what is marked stays in place
KINDS = {kind: escaped(kind) for kind in Block.Kind.values}
NONE = escaped("")
CHANGING = ("ending", "kind", "passage", "subjects", "partial", "why")  # from one search to the next


def hits(results: SearchResults) -> str:
    """The hits of the page as list items; each leads to its paragraph, where the search goes on."""
    ending, language = escaped(address(results.request, page=1)), get_language()
    partial = escaped(" · " + gettext("not all of this")) if results.full else NONE
    rows = [_row(hit, ending, partial, language) for hit in results.hits]
    if results.request.sort == SORTS[0] and results.full:
        first_partial = results.full - (results.page - 1) * results.request.per_page
        if 0 <= first_partial < len(rows):
            rows.insert(first_partial, (form("divider"), {}))
    return all_filled(rows)


def _row(hit: Hit, ending, partial, language):
    passage = hit.snippet
    text, spans = passage.text.replace("\t", CELL), passage.spans
    if passage.cut_before:
        text, spans = f"… {text}", [(start + 2, end + 2) for start, end in spans]
    changing = {
        "ending": ending,
        "kind": KINDS[passage.kind],
        "passage": highlighted(f"{text} …" if passage.cut_after else text, spans),
        "subjects": _subjects(hit.subjects) if hit.subjects else NONE,
        "partial": partial if hit.partial else NONE,
        "why": "".join(f" · {words} {value}" for words, value in hit.explanation) if hit.explanation else NONE,
    }
    return _lasting(hit.number, hit.url, hit.place, hit.entries, language), changing


@lru_cache(maxsize=8192)
def _lasting(number, url, place, entries, language):
    """A hit's form with all filled in that is the same in every search."""
    row = {"number": number, "url": url, "place": _place(place), "names": _names(entries, url)}
    return half_filled(form("hit"), row, CHANGING)


def _subjects(phrases):
    """Under which words of the editors a hit was found that says it otherwise."""
    return filled(
        form("subjects"), [{"phrases": ", ".join(gettext("“%(words)s”") % {"words": phrase} for phrase in phrases)}]
    )


def _place(place):
    """The link to the section of a hit, and the part of the Convention."""
    link = [(gettext("Reply %(number)s") % {"number": place.reply} if place.reply else place.label, place.url)]
    part = gettext("%(part)s of the Convention") % {"part": place.part}
    return row_of_links(link, f" · {part}" if place.part else "")


def _names(entries, url):
    """Links to the first entries that a hit names, and to its paragraph for the others."""
    links = [(entry.name, entry.url) for entry in entries[:NAMES]]
    more = len(entries) - NAMES
    return row_of_links([*links, (gettext("%(companions)s more") % {"companions": more}, url)] if more > 0 else links)
