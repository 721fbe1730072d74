"""Writes the index and keeps it up to date: whole, by report, or the links of single paragraphs after an edit.

The words of a stored paragraph never change. What an edit changes is which entries it names, on which articles it
bears and its subjects; only those postings are rewritten, each with the content version of the edit.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
from django.db import transaction

from sections.models import (
    Paragraph,
    Report,
    SearchDocument,
    SearchPosting,
    SearchSegment,
    SearchTerm,
    content_changed,
)
from sections.models.statistics import update_statistics

from .engine.documents import occurrences
from .engine.postings import BITS, SEGMENT, documents, pack, unpack, within
from .index_documents import Source, read, sources

LAYOUT = 3
COLUMNS = ("length", "paragraph", "section", "number", "report")  # of a segment; report 0: the document was removed
BATCH = 400
LINKS = ("a", "e", "x")  # how the keys of articles, entries and subjects begin


def is_up_to_date() -> bool:
    """Whether the index has the present layout and holds exactly what the tables say."""
    reports = set(Report.objects.values_list("pk", flat=True))
    return (
        not SearchSegment.objects.exclude(layout=LAYOUT).exists()
        and not _indexed_reports() - reports
        and all(_differences(report) == (False, []) for report in reports)
    )


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Makes the index from nothing and returns the number of paragraphs; `progress` hears done and total."""
    with transaction.atomic():
        seq = content_changed(names=True)
        for model in (SearchPosting, SearchTerm, SearchDocument, SearchSegment):
            _delete(model.objects.all())
        return _append(Report.objects.order_by("pk").values_list("pk", flat=True), seq, progress)


def update(reports: Iterable[int] | None = None) -> None:
    """Indexes anew what differs from the tables in the reports of these primary keys, without any in all reports.

    A report that is new or has another text is appended, one that no longer exists is removed.
    """
    if SearchSegment.objects.exclude(layout=LAYOUT).exists():
        rebuild()
        return
    with transaction.atomic():
        seq = content_changed(names=True)
        existing = set(Report.objects.values_list("pk", flat=True))
        changed, outdated = [], []
        for report in sorted(existing if reports is None else existing & set(reports)):
            has_other_text, paragraphs = _differences(report)
            changed += [report] if has_other_text else []
            outdated += paragraphs
        gone = _indexed_reports() - existing
        _remove({*gone, *changed}, seq)
        _append(changed, seq)
        if outdated:
            refresh(Paragraph.objects.filter(pk__in=outdated))


def refresh(paragraphs: Iterable[Paragraph]) -> None:
    """Brings the entries, articles and subjects of these paragraphs in line with the tables; counts a change."""
    with transaction.atomic():
        seq = content_changed()  # locks: nobody else rewrites a posting between our reading and our writing it
        keys = [paragraph.pk for paragraph in paragraphs]
        fresh = {source.key: source for source in read(Paragraph.objects.filter(pk__in=keys))}
        segments = defaultdict(list)
        for row in SearchDocument.objects.filter(paragraph__in=fresh):
            segments[row.segment_id].append((row, fresh[row.paragraph]))
        for segment, rows in segments.items():
            _refresh_links(segment, rows, seq)


def _refresh_links(segment, rows, seq):
    places, former = defaultdict(list), set()
    for row, source in rows:
        links = _links(source, source.document())
        former.update(row.keys.split())
        for key, positions in links.items():
            places[key] += occurrences(row.number, positions)
        row.keys, row.links_digest = " ".join(links), source.links_digest
    SearchDocument.objects.bulk_update([row for row, _ in rows], ["keys", "links_digest"], batch_size=BATCH)
    numbers = np.array(sorted(row.number for row, _ in rows), np.int64)
    keys = former | places.keys()
    stored = dict(SearchPosting.objects.filter(segment=segment, key__in=keys).values_list("key", "data"))
    changed = []
    for key in sorted(keys):
        data = bytes(stored.get(key, b""))
        new = pack([*_without(data, numbers).tolist(), *places[key]])
        if new != data:
            changed.append(SearchPosting(segment_id=segment, key=key, data=new, seq=seq))
    _write(changed)


def _links(source: Source, document):
    """Positions by key of what editors lay beside a paragraph."""
    links = {key: positions for key, positions in document.positions.items() if key[0] in LINKS}
    return links | {key: [0] for key in source.article_keys}


def _without(data, numbers):
    """The occurrences of a posting except those in the documents of these numbers, which are sorted."""
    places = unpack(data)
    return places[~within(places >> BITS, numbers)]


def _write(postings):
    SearchPosting.objects.bulk_create(
        postings, BATCH, update_conflicts=True, unique_fields=["segment", "key"], update_fields=["data", "seq"]
    )


def _delete(rows):
    rows._raw_delete(rows.db)  # reads nothing; the rows that point to these are deleted before


def _indexed_reports():
    return set(SearchDocument.objects.values_list("report", flat=True).distinct())


def _differences(report):
    """Whether the index holds another text of the report, and if not the paragraphs whose links differ."""
    rows = SearchDocument.objects.filter(report=report)
    stored = {key: digests for key, *digests in rows.values_list("paragraph", "text_digest", "links_digest")}
    outdated = []
    for source in sources(report):
        text, links = stored.pop(source.key, ("", ""))
        if text != source.text_digest:
            return True, []
        if links != source.links_digest:
            outdated.append(source.key)
    return bool(stored), outdated


def _remove(reports, seq):
    """Removes reports: segments that hold nothing else, and their documents in the others, which stay numbered."""
    rows = SearchDocument.objects.filter(report__in=reports)
    for segment in rows.values_list("segment", flat=True).distinct():
        inside = SearchDocument.objects.filter(segment=segment)
        if inside.exclude(report__in=reports).exists():
            _mask(segment, sorted(inside.filter(report__in=reports).values_list("number", flat=True)), seq)
        else:
            for model in (SearchPosting, SearchTerm):
                _delete(model.objects.filter(segment=segment))
            _delete(inside)
            _delete(SearchSegment.objects.filter(pk=segment))
    _delete(rows)


def _mask(segment, numbers, seq):
    numbers = np.array(numbers, np.int64)
    changed, terms = [], {}
    for key, data in SearchPosting.objects.filter(segment=segment).values_list("key", "data"):
        places = _without(data, numbers)
        if places.size * 4 < len(data):
            changed.append(SearchPosting(segment_id=segment, key=key, data=pack(places), seq=seq))
            if key[0] == "w":
                terms[key[1:]] = documents(places).size
    _write(changed)
    rows = list(SearchTerm.objects.filter(segment=segment, term__in=terms))
    for row in rows:
        row.documents = terms[row.term]
    SearchTerm.objects.bulk_update(rows, ["documents"], batch_size=BATCH)
    SearchTerm.objects.filter(segment=segment, documents=0).delete()
    row = SearchSegment.objects.get(pk=segment)
    columns = np.frombuffer(row.columns, "<i8").reshape(len(COLUMNS), -1).copy()
    columns[COLUMNS.index("report"), numbers] = 0
    row.columns, row.seq = columns.tobytes(), seq
    row.save()


def _append(reports, seq, progress=lambda done, total: None):
    """Writes the paragraphs of these reports into new segments and returns their number."""
    reports = list(reports)
    total = Paragraph.objects.filter(report__in=reports).count()
    segment, done = _NewSegment(seq), 0
    for report in reports:
        for source in sources(report):
            if len(segment.rows) == SEGMENT:
                segment.write()
                segment = _NewSegment(seq)
            segment.add(source)
            done += 1
            if done % 500 == 0:
                progress(done, total)
    segment.write()
    progress(done, total)
    if done:
        update_statistics()
    return done


class _NewSegment:
    """Collects the documents of a segment, and writes it."""

    def __init__(self, seq):
        self.seq = seq
        self.rows, self.columns = [], []
        self.places = defaultdict(lambda: array("q"))
        self.counts, self.stems = Counter(), {}

    def add(self, source):
        number = len(self.rows)
        document = source.document()
        links = _links(source, document)
        for key, positions in (document.positions | links | {key: [0] for key in source.outline_keys}).items():
            self.places[key].extend(occurrences(number, positions))
            if key[0] == "w":
                self.counts[key[1:]] += 1
        self.stems.update(document.stems)
        self.columns.append((document.length, source.key, source.section, source.number, source.report))
        self.rows.append(
            SearchDocument(
                paragraph=source.key,
                report=source.report,
                number=number,
                keys=" ".join(links),
                text_digest=source.text_digest,
                links_digest=source.links_digest,
            )
        )

    def write(self):
        if not self.rows:
            return
        columns = np.array(self.columns, "<i8").T.tobytes()
        segment = SearchSegment.objects.create(seq=self.seq, layout=LAYOUT, columns=columns)
        for row in self.rows:
            row.segment = segment
        SearchDocument.objects.bulk_create(self.rows, BATCH)
        SearchPosting.objects.bulk_create(
            (SearchPosting(segment=segment, key=key, data=pack(places), seq=self.seq)
             for key, places in sorted(self.places.items())), BATCH,
        )  # fmt: skip
        SearchTerm.objects.bulk_create(
            (SearchTerm(segment=segment, term=term, stem=self.stems[term], documents=count)
             for term, count in sorted(self.counts.items())), BATCH,
        )  # fmt: skip
