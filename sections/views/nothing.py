"""Where a search that finds nothing leads on: searches and entries that do have hits."""

from django.utils.translation import gettext

from sections.search.service import SearchRequest, SearchResults, search, suggest

from .search_urls import address

MOST_WAYS = 6
MOST_WORDS = 8  # of a query that are tried one by one


def ways_out(results: SearchResults) -> list[tuple[str, str, int]]:
    """Other searches as (words, address, number of hits), only those that have hits, the nearest first."""
    made, seen = [], set()
    for words, request in _candidates(results):
        if request in seen or len(made) >= MOST_WAYS:
            continue
        seen.add(request)
        count = search(request).count
        if count:
            made.append((words, address(request), count))
    return made


def _candidates(results):
    asked = results.request.changed(page=1)
    if asked.filters:
        yield gettext("The same words without filters"), asked.changed(filters=())
    if asked.exact:
        yield gettext("With misspelt words mended"), asked.changed(exact=False)
    if not asked.names:
        yield gettext("With other names and words that mean the same"), asked.changed(names=True)
    plain = SearchRequest(report=asked.report)
    for text in filter(None, (results.suggestion, *results.suggestions)):
        yield f"“{text}”", plain.changed(q=text)
    if loose := results.without_conditions:
        yield gettext("“%(words)s” without conditions") % {"words": loose}, plain.changed(q=loose)
    for word in results.content_words[:MOST_WORDS]:
        yield f"“{word}”", plain.changed(q=word)
        if not search(plain.changed(q=word)).count:
            near = (group for group in suggest(word[:4]) if group.kind == "word")
            for suggestion in (each for group in near for each in group.suggestions[:2]):
                yield f"“{suggestion.text}”", plain.changed(q=suggestion.text)
