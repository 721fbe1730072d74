"""Other queries that have hits, so that no search is a dead end."""

from .adapter import Index
from .catalogue import Catalogue
from .engine.query_parser import Query
from .engine.stopwords import carries_meaning

MOST = 5
SHORTEST_START = 3  # letters that a suggested word must share with the one typed


def mended_query(query: Query, meaning) -> str:
    """The query as typed with each mended word put right, "" where none was."""
    text = query.raw
    for typed, meant in meaning.mended:
        text = text.replace(typed, meant)
    return text if meaning.mended else ""


def other_queries(index: Index, things: Catalogue, query: Query, meaning) -> tuple[str, ...]:
    """Words of the query that are found alone, words that begin like them, or the most named entries."""
    words = [word for word in query.words if carries_meaning(word.exact)]
    words += [word for phrase in query.phrases for word in phrase.exacts if carries_meaning(word)]
    found = {}
    for word in words:
        exact = word if isinstance(word, str) else word.exact
        if index.posting(f"w{exact}").size:
            found[exact] = True
    for word in words:
        exact = word if isinstance(word, str) else word.exact
        for length in range(len(exact) - 1, SHORTEST_START - 1, -1):
            begun = [each for each in index.beginning(exact[:length]) if each.isalpha()]
            if begun:
                found[max(begun, key=lambda each: (index.count(each), each))] = True
                break
    named = sorted(things.entries.values(), key=lambda thing: (-thing.paragraphs, thing.name))
    found |= dict.fromkeys(thing.name for thing in named[:3] if thing.paragraphs and not found)
    return tuple(found)[:MOST]
