"""Makes the index and keeps it in step: all of it anew, or the links of single paragraphs after an edit.

The words of a paragraph never change. What an edit changes is which entries it names, on which articles it bears
and its subjects; those keys are rewritten for the one paragraph, in the transaction of the edit.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
from django.db import connection, transaction

from sections.models import Paragraph, SearchPosting, SearchState, SearchTerm, Section
from sections.models.search import new_version

from .engine.analysis import stem
from .engine.documents import document, occurrences
from .engine.postings import BITS, SHARD, pack
from .index_documents import chunks, read

LAYOUT = 2
LINKS, SUBJECTS = r"^[ae][0-9]+$", r"^x"  # the keys of what editors lay beside a paragraph
COLUMNS = {"#length": "<u4", "#paragraph": "<i8", "#section": "<i8", "#number": "<u4", "#report": "<i8"}


def is_in_step() -> bool:
    """Whether the index is there, in the present form, and holds as many paragraphs as the reports."""
    return SearchState.objects.filter(pk=1, layout=LAYOUT, documents=Paragraph.objects.count()).exists()


def touch() -> None:
    """Gives the index a new version, so that no process answers from what it remembers."""
    SearchState.objects.update_or_create(pk=1, defaults={"version": new_version()})


@transaction.atomic
def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Makes the index from nothing and returns the number of paragraphs; `progress` hears how far it is."""
    with connection.cursor() as cursor:  # a queryset would read every row before it deletes it
        for model in (SearchPosting, SearchTerm):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    build = _Build()
    total = Paragraph.objects.count()
    number = 0
    for chunk in chunks():
        for paragraph in chunk:
            if number and number % SHARD == 0:
                build.flush()
            build.add(number, paragraph)
            number += 1
        progress(number, total)
    build.flush()
    build.write_terms()
    state = {"version": new_version(), "documents": number, "layout": LAYOUT}
    SearchState.objects.update_or_create(pk=1, defaults=state)
    return number


class _Build:
    """Collects a shard of documents, and writes it."""

    def __init__(self):
        self.places = defaultdict(lambda: array("q"))
        self.columns = {name: [] for name in COLUMNS}
        self.shard = 0
        self.counts, self.stems = Counter(), {}
        self.outline = _Outline()

    def add(self, number, paragraph):
        made = document(paragraph.pieces, stem, paragraph.subjects)
        for key, positions in made.places.items():
            self.places[key].extend(occurrences(number, positions))
            if key[0] == "w":
                self.counts[key[1:]] += 1
        self.stems.update(made.stems)
        for key in (*self.outline.keys(paragraph.section), *paragraph.article_keys):
            self.places[key].append(number << BITS)
        row = (made.length, paragraph.key, paragraph.section, paragraph.number, paragraph.report)
        for name, value in zip(COLUMNS, row, strict=True):
            self.columns[name].append(value)

    def flush(self):
        if not self.columns["#length"]:
            return
        rows = [
            SearchPosting(key=key, shard=shard, data=data)
            for key, keys in self.places.items()
            for shard, data in pack(keys).items()
        ]
        for name, kind in COLUMNS.items():
            rows.append(SearchPosting(key=name, shard=self.shard, data=np.array(self.columns[name], kind).tobytes()))
            self.columns[name] = []
        SearchPosting.objects.bulk_create(rows, batch_size=400)
        self.places.clear()
        self.shard += 1

    def write_terms(self):
        rows = (SearchTerm(term=term, stem=self.stems[term], documents=count) for term, count in self.counts.items())
        SearchTerm.objects.bulk_create(rows, batch_size=300)


class _Outline:
    """The keys of a section: its Convention part, which it may have from above, and its reply."""

    def __init__(self):
        self.sections = {section.pk: section for section in Section.objects.select_related("convention_part")}
        self.known = {}

    def keys(self, pk):
        if pk not in self.known:
            self.known[pk] = tuple(self._keys(self.sections[pk]))
        return self.known[pk]

    def _keys(self, section):
        part, reply, above = None, None, section
        while above is not None:
            part = part or above.convention_part
            if reply is None and above.is_reply:
                reply = above
            above = self.sections.get(above.parent_id)
        if part:
            yield f"p{part.number}"
        if reply:
            yield from (f"r{number}" for number in range(reply.number, (reply.last_number or reply.number) + 1))


@transaction.atomic
def refresh(paragraphs: Iterable[Paragraph], what: str = LINKS) -> None:
    """Brings the entries and articles of these paragraphs, or their SUBJECTS, in line with what editors say."""
    state = SearchState.objects.select_for_update().filter(pk=1, documents__gt=0).first()
    if state is None:
        touch()
        return
    wanted = {paragraph.pk for paragraph in paragraphs}
    for shard, data in SearchPosting.objects.filter(key="#paragraph").values_list("shard", "data"):
        places = {int(pk): local for local, pk in enumerate(np.frombuffer(data, "<i8")) if int(pk) in wanted}
        if places:
            _refresh_shard(shard, places, what)
    touch()


def _refresh_shard(shard, places, what):
    fresh = defaultdict(list)
    for paragraph in read(Paragraph.objects.filter(pk__in=places)):
        local = places[paragraph.key]
        found = document(paragraph.pieces, stem, paragraph.subjects).places
        found |= {key: [0] for key in paragraph.article_keys}
        for key, positions in found.items():
            if re.search(what, key):
                fresh[key] += occurrences(local, positions)
    rows = SearchPosting.objects.filter(shard=shard, key__regex=what)
    stored = {row.key: row for row in rows}
    locals_ = set(places.values())
    for key in stored.keys() | fresh.keys():
        _rewrite(key, shard, stored.get(key), locals_, fresh.get(key, []))


def _rewrite(key, shard, row, locals_, fresh):
    data = bytes(row.data) if row else b""
    kept = [each for each in np.frombuffer(data, "<u4").tolist() if each >> BITS not in locals_]
    new = pack([*kept, *fresh]).get(0, b"")
    if new == data:
        return
    if row is None:
        SearchPosting.objects.create(key=key, shard=shard, data=new)
    elif new:
        SearchPosting.objects.filter(pk=row.pk).update(data=new)
    else:
        row.delete()
