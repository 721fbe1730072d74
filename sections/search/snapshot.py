"""The index as a process holds it: read once, brought up to date by reading only what changed, shared by all threads.

A process reads the reports that are asked for, and keeps the latest of them; the whole of the index only where somebody
searches all reports. A `Scope` never changes. After an edit one thread reads what is newer and makes another, which
shares all else; the others wait a moment for it, and where that takes longer search the former meanwhile.
"""

import threading
from collections import defaultdict
from dataclasses import replace

import numpy as np
from cachetools import LRUCache
from django.db import connection

from sections.models import Report, SearchPosting, SearchSegment, SearchTerm, current_version
from sections.models.content_version import Version, consistent_read

from .all_reports import AllReportsScope
from .engine.links import Links
from .engine.postings import unpack
from .indexer import COLUMNS
from .load_times import timed
from .scope import Scope, Segment

HELD = 20_000  # documents of a report; up to here a process holds all postings and words, beyond it reads them
MOST_HELD = 200_000  # postings of all the reports that a process holds; each takes about 300 bytes, with its word
PATIENCE = 1.0  # seconds for which a search waits for a thread that reads a newer version; an edit takes far less
OF_A_REPORT = 1_000  # as many count for a report however few it has


def _size(scope):
    return OF_A_REPORT + sum(len(segment.postings or ()) for segment in scope.segments)


_latest: LRUCache[int, Scope] = LRUCache(MOST_HELD, getsizeof=_size)  # by report, of what was committed
_whole: AllReportsScope | None = None
_times_behind = 0
_lock = threading.Lock()  # on these three
_loading: defaultdict[int | None, threading.Lock] = defaultdict(threading.Lock)
_inside = threading.local()  # the scopes of the transaction in which this thread is


def current(report: int | None, version: Version | None = None) -> Scope:
    """The documents of the report of that primary key in the present version, none of one that is not indexed.

    For None those of all reports. One query where the process holds them already, none where the caller gives the
    version. An editor finds at once what they saved, whichever thread answers; only while a version takes long to read
    are others given the former one, and `times_behind` counts it.
    """
    version, latest = version or current_version(), _held(report)
    if latest is not None and latest.version == version:
        return latest
    if connection.in_atomic_block:
        return _inside_transaction(report, version, latest)
    if not _loading[report].acquire(timeout=-1 if latest is None else PATIENCE):
        _note_behind()
        return latest
    try:
        latest = _held(report)
        if latest is None or latest.version.content != version.content:
            latest = load(report, latest)
            _hold(report, latest)
        return latest
    finally:
        _loading[report].release()


def times_behind() -> int:
    """How often a search of this process was given a former version; what is rendered meanwhile must not be kept."""
    return _times_behind


def _note_behind():
    global _times_behind
    with _lock:
        _times_behind += 1


def _held(report):
    with _lock:
        return _whole if report is None else _latest.get(report)


def _hold(report, scope):
    global _whole
    with _lock:
        if report is None:
            _whole = scope
        elif _size(scope) <= MOST_HELD:
            _latest[report] = scope


def _inside_transaction(report, version, latest):
    """What may yet be rolled back: other threads never see it, and no later scope shares it."""
    if getattr(_inside, "version", None) != version:
        _inside.version, _inside.scopes = version, {}
    if report not in _inside.scopes:
        _inside.scopes[report] = load(report, latest)
    return _inside.scopes[report]


@timed
def load(report: int | None, base: Scope | None = None) -> Scope:
    """What the database holds now; what has not changed since a committed base is shared with it."""
    with consistent_read():
        version = current_version()
        if base is not None and version.content < base.version.content:
            base = None  # an older state of the database was restored
        if report is None:
            return _read_whole(version, base)
        return Scope(version, report, _read(report, version, base))


def _read(report, version, base):
    kept, new = _segments(SearchSegment.objects.filter(report=report), version, base)
    is_held = sum(segment.size for segment in (*kept.values(), *new.values())) <= HELD
    if base is not None and base.is_held != is_held:
        return _read(report, version, None)
    segments = _changed(kept, base, is_held)
    segments |= {pk: _with_postings(segment) if is_held else segment for pk, segment in new.items()}
    return tuple(segments[pk] for pk in sorted(segments))


def _read_whole(version, base):
    kept, new = _segments(SearchSegment.objects.all(), version, base)
    symbols = dict(Report.objects.order_by().values_list("pk", "symbol"))
    segments = [segment for segment in (*kept.values(), *new.values()) if segment.report in symbols]
    return AllReportsScope(version, segments, symbols)


def _segments(rows, version, base):
    """Those of the base that stay, with their links as they are now, and those that it lacks, without postings."""
    stored = {pk: values for pk, *values in rows.values_list("pk", "report", "seq", "links_seq")}
    former = {(segment.pk, segment.seq): segment for segment in base.segments} if base else {}
    kept = {pk: former[pk, seq] for pk, (_, seq, _) in stored.items() if (pk, seq) in former}
    outdated = [pk for pk, (*_, seq) in stored.items() if pk not in kept or seq > base.version.content]
    new = {}
    for pk, columns, links in rows.filter(pk__in=outdated).values_list("pk", "columns", "links") if outdated else ():
        columns = np.frombuffer(columns, "<i8").reshape(len(COLUMNS), -1)
        links = Links.unpacked(bytes(links), columns.shape[1])
        if pk in kept:
            kept[pk] = replace(kept[pk], links=links)
        else:
            report, seq, _ = stored[pk]
            new[pk] = Segment(pk, seq, report, columns, links, read_at=version.content)
    return kept, new


def _changed(kept, base, is_held):
    """The segments that stay, with the postings that are newer than the base, or their seq where none are held."""
    if not kept:
        return {}
    newer = SearchPosting.objects.filter(seq__gt=base.version.content, segment__in=kept)
    changes = defaultdict(dict)
    for segment, key, value in newer.values_list("segment", "key", "data" if is_held else "seq"):
        changes[segment][key] = unpack(value) if is_held else value
    name = "postings" if is_held else "changed"
    return kept | {pk: replace(kept[pk], **{name: getattr(kept[pk], name) | changes[pk]}) for pk in changes}


def _with_postings(segment):
    """A segment that the base lacks, with all its postings and words."""
    postings = SearchPosting.objects.filter(segment=segment.pk).values_list("key", "data")
    terms = SearchTerm.objects.filter(segment=segment.pk).values_list("term", "stem", "documents")
    words = {term: (stem, documents) for term, stem, documents in terms}
    return replace(segment, postings={key: unpack(data) for key, data in postings}, terms=words)
