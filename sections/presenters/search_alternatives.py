"""Other searches, for a results page without hits."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext

from sections.search.service import SearchRequest, SearchResults, search, suggest

from .quotation import quoted

MOST_ALTERNATIVES = 6
MOST_WORDS = 8  # of a query that are tried one by one
LONGEST_START = 4  # characters that similar words share


class Alternative(NamedTuple):
    """Another search in words, its address and its number of hits."""

    label: str
    url: str
    count: int


def alternatives(results: SearchResults) -> list[Alternative]:
    """Other searches that have hits, the most similar first."""
    found, tried = [], set()
    for label, request in _candidates(results):
        if request in tried:
            continue
        tried.add(request)
        if count := search(request).full:
            found.append(Alternative(label, request.query_string(), count))
        if len(found) == MOST_ALTERNATIVES:
            break
    return found


def _candidates(results: SearchResults) -> Iterator[tuple[str, SearchRequest]]:
    request = results.request.first_page
    if request.filters:
        yield gettext("The same words without filters"), request.changed(filters=())
    if request.exact:
        yield gettext("With spelling correction"), request.changed(exact=False)
    if not request.names:
        yield gettext("With other names and words that mean the same"), request.changed(names=True)
    plain = SearchRequest(report=request.report)
    for query in filter(None, (results.suggestion, *results.suggestions)):
        yield quoted(query), plain.changed(q=query)
    if results.without_conditions:
        label = gettext("%(words)s without conditions") % {"words": quoted(results.without_conditions)}
        yield label, plain.changed(q=results.without_conditions)
    for word in results.content_words[:MOST_WORDS]:
        yield quoted(word), plain.changed(q=word)
        for similar in _similar_words(word, request.report):
            yield quoted(similar), plain.changed(q=similar)


def _similar_words(word: str, report: str) -> list[str]:
    suggestions = [group.suggestions for group in suggest(word[:LONGEST_START], report) if group.kind == "word"]
    return [suggestion.text for group in suggestions for suggestion in group[:2]]
