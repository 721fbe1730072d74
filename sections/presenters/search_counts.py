"""In how many paragraphs an entry is mentioned, so that a results page agrees with the entry's own page."""

from dataclasses import replace

from django.utils.translation import ngettext

from sections.models import Report
from sections.queries.paragraphs import nested_numbers
from sections.search.service import Item, SearchResults
from sections.text.fold import fold

from .search_facets import grouped


def without_nested(item: Item, report: Report | None) -> Item:
    """An entry without the paragraphs that mention it only within longer names, as its own page counts them."""
    nested = nested_numbers(report).get(item.key, ()) if report else ()
    return replace(item, paragraphs=item.paragraphs - len(nested))


def mentions_in_words(results: SearchResults, item: Item) -> str:
    """The kind of an entry and in how many paragraphs it is mentioned, such as "act, mentioned in 2 paragraphs".

    Of a search for its name it also says why that finds more.
    """
    own = without_nested(item, results.report).paragraphs
    words = ngettext("mentioned in %(count)s paragraph", "mentioned in %(count)s paragraphs", own)
    sentences = [f"{item.kind}, {words % {'count': grouped(own)}}"]
    if nested := item.paragraphs - own:
        words = ngettext(
            "in %(count)s more only within a longer name", "in %(count)s more only within longer names", nested
        )
        sentences.append(words % {"count": grouped(nested)})
    others = results.full - item.paragraphs
    if others > 0 and _is_its_name(results.request, item):
        words = ngettext("%(count)s more found by a related term", "%(count)s more found by related terms", others)
        sentences.append(words % {"count": grouped(others)})
    return "; ".join(sentences)


def _is_its_name(request, item):
    return not request.filters and fold(request.q) in map(fold, (item.name, *item.names))
