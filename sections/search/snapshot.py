"""The index as a process holds it: read once, brought up to date by reading only what changed, shared by all threads.

A `Snapshot` never changes. After an edit one thread reads what is newer and makes another, which shares all else;
meanwhile the other threads search the former.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from django.db import connection

from sections.models import SearchPosting, SearchSegment, SearchTerm, current_version
from sections.models.content_version import Version, consistent_read, own_version

from .engine.postings import unpack
from .indexer import COLUMNS
from .scope import Part, Scope, Segment

HELD = 20_000  # documents; up to here a process holds all postings and words, beyond it reads them when needed


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The index in one version of the content: its segments in the order of their documents."""

    version: Version
    segments: tuple[Segment, ...]
    is_held: bool  # whether all postings are in memory
    _scopes: dict[int | None, Scope] = field(default_factory=dict, repr=False)

    @cached_property
    def size(self) -> int:
        """The number of documents of all reports."""
        return sum(end - first for segment in self.segments for _, first, end in segment.ranges)

    def scope(self, report: int | None) -> Scope:
        """The documents of the report of that primary key, none of one that is not indexed; for None all documents."""
        scope = self._scopes.get(report)
        if scope is None:
            parts = self._parts.get(report, ()) if report is not None else self._all_parts()
            scope = self._scopes.setdefault(report, Scope(self.version, report, tuple(parts)))
        return scope

    @cached_property
    def _parts(self):
        parts = defaultdict(list)
        for segment in self.segments:
            for report, first, end in segment.ranges:
                parts[report].append(Part(segment, first, end))
        return dict(parts)

    def _all_parts(self):
        for segment in self.segments:
            first = end = None
            for _, start, stop in segment.ranges:
                if start != end:
                    if end is not None:
                        yield Part(segment, first, end)
                    first = start
                end = stop
            if end is not None:
                yield Part(segment, first, end)


_latest: Snapshot | None = None  # of what was committed
_loading = threading.Lock()
_inside = threading.local()  # the snapshot of the transaction in which this thread is


def current() -> Snapshot:
    """The index in the present version; one query where the process holds it already.

    While one thread reads a newer version the others are given the former one, except the one that made the change.
    """
    global _latest
    version, latest = current_version(), _latest
    if latest is not None and latest.version == version:
        return latest
    if connection.in_atomic_block:
        return _inside_transaction(version, latest)
    must_wait = latest is None or latest.version.content < min(own_version(), version.content)
    if not _loading.acquire(blocking=must_wait):
        return latest
    try:
        if _latest is None or _latest.version.content != version.content:
            _latest = load(_latest)
        return _latest
    finally:
        _loading.release()


def _inside_transaction(version, latest):
    """What may yet be rolled back: other threads never see it, and no later snapshot shares it."""
    snapshot = getattr(_inside, "snapshot", None)
    if snapshot is None or snapshot.version != version:
        snapshot = _inside.snapshot = load(latest)
    return snapshot


def load(base: Snapshot | None = None) -> Snapshot:
    """The index as the database has it now; what has not changed since a committed base is shared with it."""
    with consistent_read():
        version = current_version()
        if base is not None and version.content < base.version.content:
            base = None  # an older state of the database was restored
        return _read(version, base)


def _read(version, base):
    rows = dict(SearchSegment.objects.order_by("pk").values_list("pk", "seq"))
    former = {(segment.pk, segment.seq): segment for segment in base.segments} if base else {}
    kept = {pk: former[pk, seq] for pk, seq in rows.items() if (pk, seq) in former}
    new = SearchSegment.objects.filter(pk__in=rows.keys() - kept.keys()).values_list("pk", "columns")
    columns = {pk: np.frombuffer(data, "<i8").reshape(len(COLUMNS), -1) for pk, data in new}
    size = sum(array.shape[1] for array in columns.values()) + sum(segment.size for segment in kept.values())
    is_held = size <= HELD
    if base is not None and base.is_held != is_held:
        return _read(version, None)
    segments = (_changed(kept, base, is_held) if kept else {}) | _new(rows, columns, version, is_held)
    return Snapshot(version, tuple(segments[pk] for pk in rows), is_held)


def _changed(kept, base, is_held):
    """The segments that stay, with the postings that are newer than the base, or their seq where none are held."""
    newer = SearchPosting.objects.filter(seq__gt=base.version.content, segment__in=kept)
    changes = defaultdict(dict)
    for segment, key, value in newer.values_list("segment", "key", "data" if is_held else "seq"):
        changes[segment][key] = unpack(value) if is_held else value
    name = "postings" if is_held else "changed"
    return kept | {pk: replace(kept[pk], **{name: getattr(kept[pk], name) | changes[pk]}) for pk in changes}


def _new(rows, columns, version, is_held):
    """The segments that the base lacks."""
    if not is_held:
        return {pk: Segment(pk, rows[pk], array, read_at=version.content) for pk, array in columns.items()}
    postings, terms = {pk: {} for pk in columns}, {pk: {} for pk in columns}
    stored = SearchPosting.objects.filter(segment__in=columns).values_list("segment", "key", "data")
    words = SearchTerm.objects.filter(segment__in=columns).values_list("segment", "term", "stem", "documents")
    for segment, key, data in stored if columns else ():
        postings[segment][key] = unpack(data)
    for segment, term, stem, documents in words if columns else ():
        terms[segment][term] = (stem, documents)
    return {pk: Segment(pk, rows[pk], array, postings[pk], terms[pk]) for pk, array in columns.items()}
