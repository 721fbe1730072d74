"""Makes the index and keeps it in step: all of it anew, or the links of single paragraphs after an edit.

The words of a paragraph never change. What an edit changes is which entries it names and on which articles it
bears; those keys are rewritten for the one paragraph, in the transaction of the edit.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
from django.db import transaction
from django.db.models import Prefetch

from sections.models import (
    ArticleLink,
    Block,
    Mention,
    Paragraph,
    Report,
    SearchPosting,
    SearchState,
    SearchTerm,
    Section,
)
from sections.models.search import new_version

from .analyser import stem
from .documents import Piece, document, occurrences
from .postings import BITS, SHARD, pack

LAYOUT = 1
COLUMNS = {"#length": "<u4", "#paragraph": "<i8", "#section": "<i8", "#number": "<u4", "#report": "<i8"}
CHUNK = 500


def is_in_step() -> bool:
    """Whether the index is there, in the present form, and holds as many paragraphs as the reports."""
    return SearchState.objects.filter(pk=1, layout=LAYOUT, documents=Paragraph.objects.count()).exists()


def touch() -> None:
    """Gives the index a new version, so that no process answers from what it remembers."""
    SearchState.objects.update_or_create(pk=1, defaults={"version": new_version()})


@transaction.atomic
def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Makes the index from nothing and returns the number of paragraphs; `progress` hears how far it is."""
    SearchPosting.objects.all().delete()
    SearchTerm.objects.all().delete()
    build = _Build()
    total = Paragraph.objects.count()
    number = 0
    for chunk in _chunks(Report.objects.order_by("pk")):
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


def _chunks(reports):
    """The paragraphs of all reports in order, with all that is indexed, some hundred at a time."""
    for report in reports:
        numbers = list(Paragraph.objects.filter(report=report).order_by("number").values_list("number", flat=True))
        for at in range(0, len(numbers), CHUNK):
            first, last = numbers[at], numbers[min(at + CHUNK, len(numbers)) - 1]
            yield _with_links(Paragraph.objects.filter(report=report, number__gte=first, number__lte=last))


def _with_links(rows):
    blocks = Prefetch("blocks", Block.objects.order_by("position"))
    mentions = Prefetch("blocks__mentions", Mention.objects.shown().only("block", "start", "entry"))
    links = Prefetch("article_links", ArticleLink.objects.shown().select_related("article"))
    return list(rows.defer("source_text").prefetch_related(blocks, mentions, links).order_by("number"))


def pieces(paragraph: Paragraph) -> list[Piece]:
    """The paragraph's blocks as the search reads them; blocks and mentions are prefetched."""
    return [
        Piece(block.kind, block.text, tuple((mention.start, mention.entry_id) for mention in block.mentions.all()))
        for block in paragraph.blocks.all()
    ]


class _Build:
    """Collects a shard of documents, and writes it."""

    def __init__(self):
        self.places = defaultdict(lambda: array("q"))
        self.columns = {name: [] for name in COLUMNS}
        self.shard = 0
        self.counts, self.stems = Counter(), {}
        self.outline = _Outline()

    def add(self, number, paragraph):
        made = document(pieces(paragraph), stem)
        for key, positions in made.places.items():
            self.places[key].extend(occurrences(number, positions))
            if key[0] == "w":
                self.counts[key[1:]] += 1
        self.stems.update(made.stems)
        for key in (*self.outline.keys(paragraph.section_id), *_article_keys(paragraph)):
            self.places[key].append(number << BITS)
        row = (made.length, paragraph.pk, paragraph.section_id, paragraph.number, paragraph.report_id)
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


def _article_keys(paragraph):
    return {f"a{link.article.number}" for link in paragraph.article_links.all()}


@transaction.atomic
def refresh(paragraphs: Iterable[Paragraph]) -> None:
    """Brings the entries and articles of these paragraphs in line with their links."""
    state = SearchState.objects.select_for_update().filter(pk=1, documents__gt=0).first()
    if state is None:
        touch()
        return
    wanted = {paragraph.pk for paragraph in paragraphs}
    for shard, data in SearchPosting.objects.filter(key="#paragraph").values_list("shard", "data"):
        places = {int(pk): local for local, pk in enumerate(np.frombuffer(data, "<i8")) if int(pk) in wanted}
        if places:
            _refresh_shard(shard, places)
    touch()


def _refresh_shard(shard, places):
    fresh = defaultdict(list)
    for paragraph in _with_links(Paragraph.objects.filter(pk__in=places)):
        local = places[paragraph.pk]
        found = document(pieces(paragraph), stem).places
        for key, positions in found.items():
            if key[0] == "e":
                fresh[key] += occurrences(local, positions)
        for key in _article_keys(paragraph):
            fresh[key].append(local << BITS)
    rows = SearchPosting.objects.filter(shard=shard, key__regex=r"^[ae][0-9]+$")
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
