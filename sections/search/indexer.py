"""Writes the index and keeps it up to date: whole, by report, or the links of single paragraphs after an edit.

The index is segments, each with paragraphs of one report. The words of a stored paragraph never change. What an edit
changes is which entries it names, on which articles it bears and its subjects; only those postings are rewritten, each
with the content version of the edit.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
from django.db import transaction
from django.db.models import Model, QuerySet, Sum
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from sections.models import (
    ArticleLink,
    Block,
    Mention,
    Paragraph,
    Report,
    SearchDocument,
    SearchPosting,
    SearchSegment,
    SearchTerm,
    SearchWord,
    Section,
    Subjects,
    content_changed,
)
from sections.models.statistics import update_statistics

from .engine.analysis import family
from .engine.links import Links
from .engine.postings import BITS, SEGMENT, pack, unpack, within
from .index_documents import occurrences, read, sources

LAYOUT = 6
COLUMNS = ("length", "paragraph", "section", "number")  # of a segment
BATCH = 400
TEXT_MODELS = (Report, Section, Paragraph, Block)  # links that are deleted with these leave the index with the text


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
        _delete(SearchSegment.objects.all())
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
        rows = Report.objects.all() if reports is None else Report.objects.filter(pk__in=(asked := set(reports)))
        existing = set(rows.values_list("pk", flat=True))
        changed, outdated = [], []
        for report in sorted(existing):
            has_other_text, paragraphs = _differences(report)
            changed += [report] if has_other_text else []
            outdated += paragraphs
        removed = (_indexed_reports() if reports is None else asked) - existing
        _delete(SearchSegment.objects.filter(report__in=[*changed, *removed]))
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
            if row.links_digest != fresh[row.paragraph].links_digest:  # a confirmed link changes nothing
                segments[row.segment_id].append((row, fresh[row.paragraph]))
        for segment, rows in segments.items():
            _refresh_links(segment, rows, seq)


def _refresh_links(segment, rows, seq):
    places, former = defaultdict(list), set()
    for row, source in rows:
        links = source.document().links
        former.update(row.keys.split())
        for key, positions in links.items():
            places[key] += occurrences(row.number, positions)
        row.keys, row.links_digest = " ".join(links), source.links_digest
    SearchDocument.objects.bulk_update([row for row, _ in rows], ["keys", "links_digest"], batch_size=BATCH)
    _rewrite_links(segment, rows, seq)
    numbers = np.array(sorted(row.number for row, _ in rows), np.int64)
    keys = former | places.keys()
    stored = dict(SearchPosting.objects.filter(segment=segment, key__in=keys).values_list("key", "data"))
    changed = []
    for key in sorted(keys):
        data = bytes(stored.get(key, b""))
        others = unpack(data)
        others = others[~within(others >> BITS, numbers)]
        new = pack([*others.tolist(), *places[key]])
        if new != data:
            changed.append(SearchPosting(segment_id=segment, key=key, data=new, seq=seq))
    SearchPosting.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["segment", "key"], update_fields=["data", "seq"]
    )


def _rewrite_links(segment, rows, seq):
    stored = SearchSegment.objects.get(pk=segment)
    size = len(stored.columns) // (8 * len(COLUMNS))
    documents = {row.number: row.keys.split() for row, _ in rows}
    stored.links = Links.unpacked(bytes(stored.links), size).changed(documents).packed()
    stored.links_seq = seq
    stored.save(update_fields=["links", "links_seq"])


def _delete(segments):
    """Deletes segments without reading their postings, the rows that point to them first."""
    keys = list(segments.values_list("pk", flat=True))
    terms = SearchTerm.objects.filter(segment__in=keys).values_list("term").annotate(total=Sum("documents"))
    _count_words({term: -total for term, total in terms.order_by()}, {})
    for model in (SearchPosting, SearchTerm, SearchDocument):
        rows = model.objects.filter(segment__in=keys)
        rows._raw_delete(rows.db)
    SearchSegment.objects.filter(pk__in=keys)._raw_delete(rows.db)


def _count_words(counts, stems):
    """Adds to the number of documents of each word in all reports; what no document holds any more is removed."""
    terms = sorted(counts)
    for batch in (terms[start : start + BATCH] for start in range(0, len(terms), BATCH)):
        stored = {word.pk: word for word in SearchWord.objects.filter(pk__in=batch)}
        for term in batch:
            if term not in stored:
                stem = stems[term]
                stored[term] = SearchWord(term=term, stem=stem, family=family(stem), documents=0)
            stored[term].documents += counts[term]
        SearchWord.objects.bulk_create(
            (word for word in stored.values() if word.documents > 0),
            update_conflicts=True, unique_fields=["term"], update_fields=["documents"],
        )  # fmt: skip
        SearchWord.objects.filter(pk__in=[word.pk for word in stored.values() if word.documents <= 0]).delete()


def _indexed_reports():
    return set(SearchSegment.objects.order_by().values_list("report", flat=True).distinct())


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


def _append(reports, seq, progress=lambda done, total: None):
    """Writes the paragraphs of these reports into new segments and returns their number."""
    reports = list(reports)
    total = Paragraph.objects.filter(report__in=reports).count()
    done = 0
    counts, stems = Counter(), {}
    for report in reports:
        segment = _NewSegment(report, seq, counts, stems)
        for source in sources(report):
            if len(segment.rows) == SEGMENT:
                segment.write()
                segment = _NewSegment(report, seq, counts, stems)
            segment.add(source)
            done += 1
            if done % 500 == 0:
                progress(done, total)
        segment.write()
    _count_words(counts, stems)
    progress(done, total)
    if done:
        update_statistics(added=done)
    return done


class _NewSegment:
    """Collects the documents of a segment, and writes it; adds its words to those of all segments that are written."""

    def __init__(self, report, seq, all_counts, stems):
        self.report, self.seq = report, seq
        self.rows, self.columns, self.links = [], [], []
        self.places = defaultdict(lambda: array("q"))
        self.counts, self.all_counts, self.stems = Counter(), all_counts, stems

    def add(self, source):
        number = len(self.rows)
        document = source.document()
        for word, positions in document.words.items():
            self.places[f"w{word}"].extend(occurrences(number, positions))
            self.counts[word] += 1
        for key, positions in (document.links | {key: [0] for key in source.outline_keys}).items():
            self.places[key].extend(occurrences(number, positions))
        self.stems.update(document.stems)
        self.columns.append((document.length, source.key, source.section, source.number))
        self.links.append((*source.outline_keys, *document.links))
        self.rows.append(
            SearchDocument(
                paragraph=source.key,
                report=source.report,
                number=number,
                keys=" ".join(document.links),
                text_digest=source.text_digest,
                links_digest=source.links_digest,
            )
        )

    def write(self):
        if not self.rows:
            return
        columns = np.array(self.columns, "<i8").T.tobytes()
        segment = SearchSegment.objects.create(
            report=self.report, seq=self.seq, links_seq=self.seq, layout=LAYOUT, columns=columns,
            links=Links.of(self.links).packed(),
        )  # fmt: skip
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
        self.all_counts.update(self.counts)


@receiver([post_save, post_delete], sender=Mention)
@receiver([post_save, post_delete], sender=ArticleLink)
@receiver([post_save, post_delete], sender=Subjects)
def link_changed(
    instance: Mention | ArticleLink | Subjects,
    raw: bool = False,
    origin: Model | QuerySet | None = None,
    **kwargs: object,
) -> None:
    """Indexes the links of a paragraph anew, in the same transaction, when one of them was saved or deleted by itself.

    Whatever writes in bulk calls `refresh` or `update` itself.
    """
    if not raw and (getattr(origin, "model", None) or type(origin)) not in TEXT_MODELS:
        is_mention = isinstance(instance, Mention)
        place = {"blocks": instance.block_id} if is_mention else {"pk": instance.paragraph_id}
        refresh(Paragraph.objects.filter(**place))


@receiver(post_delete, sender=Report)
def report_removed(instance: Report, **kwargs: object) -> None:
    """Removes the paragraphs of a deleted report from the index."""
    update([instance.pk])
