"""Which paragraphs of any report hold certain words or name an entry, read from the index by key.

Costs what these words occur in, not what else is stored.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from sections.models import Report, SearchPosting, SearchSegment, SearchWord

from .engine.analysis import terms
from .engine.postings import documents, unpack
from .indexer import COLUMNS, LAYOUT

# "d'Office" and "o'clock" are one word of the index each, but two of a name.
ELISIONS = ("", "c", "d", "j", "l", "m", "n", "o", "qu", "s", "t")
ENDINGS = ("", "d", "ll", "re", "ve")

Documents = dict[int, np.ndarray]  # by segment, in order


def sections_with(text: str) -> set[int]:
    """The primary keys of sections with a paragraph that holds all the words of the text, wherever they stand.

    Numbers beside words do not count, because in a text they may be part of longer ones.
    """
    all_words = {term.exact for term in terms(text)}
    words = {word for word in all_words if any(map(str.isalpha, word))} or all_words
    rows = SearchWord.objects.filter(pk__in=words).values_list("term", "documents")
    counts = dict(rows) if len(words) > 1 else {}
    found = None
    for word in sorted(words, key=lambda word: (counts.get(word, 0), word)):
        keys = [f"w{start}{word}{end}" for start in ELISIONS for end in ENDINGS]
        found = _both(found, _documents(keys, found))
        if not found:
            return set()
    return _sections(found or {})


def sections_naming(entries: Iterable[int]) -> set[int]:
    """The primary keys of sections with a paragraph that mentions one of the entries."""
    return _sections(_documents([f"e{entry}" for entry in entries], None))


def reports_without_index() -> QuerySet[Report]:
    """The reports whose paragraphs the index does not hold, or only in a former layout."""
    segments = SearchSegment.objects.filter(report=OuterRef("pk"), layout=LAYOUT)
    return Report.objects.exclude(Exists(segments))


def _documents(keys, within):
    rows = SearchPosting.objects.filter(key__in=keys)
    rows = rows if within is None else rows.filter(segment__in=list(within))
    postings = defaultdict(list)
    for segment, data in rows.values_list("segment", "data"):
        postings[segment].append(documents(unpack(data)))
    return {segment: np.unique(np.concatenate(docs)) for segment, docs in postings.items()}


def _both(one, two):
    if one is None:
        return two
    common = {segment: np.intersect1d(one[segment], docs, assume_unique=True) for segment, docs in two.items()}
    return {segment: docs for segment, docs in common.items() if docs.size}


def _sections(found):
    rows = SearchSegment.objects.filter(pk__in=found).values_list("pk", "columns")
    sections: set[int] = set()
    for pk, data in rows.iterator(chunk_size=100):
        columns = np.frombuffer(data, "<i8").reshape(len(COLUMNS), -1)
        sections.update(columns[COLUMNS.index("section")][found[pk]].tolist())
    return sections
