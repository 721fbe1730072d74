"""The index as a process holds it: read once, brought up to date by reading only what changed, shared by all threads.

A `Snapshot` never changes. After an edit one thread reads what is newer and makes another, which shares all else;
meanwhile the other threads search the former.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import connection

from sections.models import SearchPosting, SearchSegment, SearchTerm, current_version
from sections.models.content_version import Version, consistent_read, own_version

from .engine.postings import unpack
from .indexer import COLUMNS
from .load_times import timed
from .scope import Scope, Segment

HELD = 20_000  # documents; up to here a process holds all postings and words, beyond it reads them when needed


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The index in one version of the content: its segments in the order of their documents."""

    version: Version
    segments: tuple[Segment, ...]
    is_held: bool  # whether all postings are in memory
    _scopes: dict[int | None, Scope] = field(default_factory=dict, repr=False)

    def scope(self, report: int | None) -> Scope:
        """The documents of the report of that primary key, none of one that is not indexed; for None all documents."""
        scope = self._scopes.get(report)
        if scope is None:
            segments = tuple(each for each in self.segments if report is None or each.report == report)
            scope = self._scopes.setdefault(report, Scope(self.version, report, segments))
        return scope


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


@timed
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
    segments = _changed(kept, base, is_held)
    segments |= {pk: _new(pk, rows[pk], array, version, is_held) for pk, array in columns.items()}
    return Snapshot(version, tuple(segments[pk] for pk in rows), is_held)


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


def _new(pk, seq, columns, version, is_held):
    """A segment that the base lacks."""
    if not is_held:
        return Segment(pk, seq, columns, read_at=version.content)
    postings = SearchPosting.objects.filter(segment=pk).values_list("key", "data")
    terms = SearchTerm.objects.filter(segment=pk).values_list("term", "stem", "documents")
    words = {term: (stem, documents) for term, stem, documents in terms}
    return Segment(pk, seq, columns, {key: unpack(data) for key, data in postings}, words)
