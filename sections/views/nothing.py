"""Where a search that finds nothing leads on: searches and entries that do have hits."""

from django.utils.translation import gettext

from sections.search.adapter import Index
from sections.search.catalogue import Thing, catalogue
from sections.search.engine.query_parser import parse
from sections.search.engine.stopwords import carries_meaning
from sections.search.results import SearchRequest, SearchResults
from sections.search.service import search
from sections.search.suggestions import suggest

from .search_urls import address

MOST_WAYS = 6
MOST_WORDS = 8  # of a query that are tried one by one
MOST_ENTRIES = 6


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


def most_named(held: Index) -> list[Thing]:
    """The entries that most paragraphs name."""
    things = catalogue(held).entries.values()
    return sorted(things, key=lambda thing: (-thing.paragraphs, thing.name))[:MOST_ENTRIES]


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
    query = parse(asked.q)
    said = [word for group in query.groups for member in group for word in member.text.split()]
    words = [word for word in said if carries_meaning(word.casefold())][:MOST_WORDS]
    if words and (query.narrowed or query.without or '"' in asked.q):
        loose = " ".join(said)
        yield gettext("“%(words)s” without conditions") % {"words": loose}, plain.changed(q=loose)
    for word in dict.fromkeys(words):
        yield f"“{word}”", plain.changed(q=word)
        if not search(plain.changed(q=word)).count:
            near = (group for group in suggest(word[:4]) if group.kind == "word")
            for suggestion in (each for group in near for each in group.suggestions[:2]):
                yield f"“{suggestion.text}”", plain.changed(q=suggestion.text)
