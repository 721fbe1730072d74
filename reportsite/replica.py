"""Readers read from a streaming replica where there is one; whoever writes, or may have written, from the primary.

Which database a request reads is decided before its view. The replica serves readers if it holds at least the content
version that this process last saw on the primary: what readers see never goes back, and nothing is kept in memory under
a later number than its content has. Where the primary does not answer, the replica serves whatever it holds. A view
whose database fails is run once more on the other one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sections.models.content_version import current_version, last_seen

from .version_watch import CONTENT_VERSION

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
# Sessions, failed log-ins and counters: only their present state is of use, and writing them shows nobody anything.
NEVER_FROM_REPLICA = {"sessions", "axes", "django_cache"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Source(NamedTuple):
    """The database that a thread reads from; of the replica, the version it held, or None to take what it has."""

    alias: str
    version: int | None = None


FROM_PRIMARY = Source(PRIMARY)
_source: ContextVar[Source] = ContextVar("source", default=FROM_PRIMARY)


class Router:
    """Django's question which database to use; the answer depends on the request, see `reading_from`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The replica for what readers ask, the primary for all else."""
        source = _source.get()
        if source.alias == PRIMARY or model._meta.app_label in NEVER_FROM_REPLICA:
            return PRIMARY
        if connections[PRIMARY].in_atomic_block:
            return PRIMARY
        if source.version is not None and source.version < last_seen(PRIMARY) and not _in_transaction(REPLICA):
            _source.set(FROM_PRIMARY)  # another thread has meanwhile seen what the replica may lack
        return _source.get().alias

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The primary, from which the request then also reads what it wrote."""
        if model._meta.app_label not in NEVER_FROM_REPLICA:
            _source.set(FROM_PRIMARY)
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Rows of the replica are rows of the primary."""
        return True if {one._state.db, other._state.db} <= {PRIMARY, REPLICA} else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The tables of the replica come from the primary."""
        return False if db == REPLICA else None


@contextmanager
def reading_from(source: Source) -> Iterator[None]:
    """Within, this thread reads from that database until it writes."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def source_for_readers() -> Source:
    """The replica if it holds what this process has seen, else the primary; where one is down, the other."""
    if REPLICA not in connections.settings:
        return FROM_PRIMARY
    try:
        version = _version_of_replica()
    except Error:
        return FROM_PRIMARY
    if version >= last_seen(PRIMARY):
        return Source(REPLICA, version)
    return FROM_PRIMARY if _answers(PRIMARY) else Source(REPLICA)


def source_for_editors() -> Source:
    """The primary, whose content is never older than what an editor has saved; where it is down, the replica."""
    return FROM_PRIMARY if REPLICA not in connections.settings or _answers(PRIMARY) else Source(REPLICA)


def version_for_readers() -> int:
    """The newest content version that can be read now, from whichever database answers; an error where none does."""
    with reading_from(source_for_editors()):
        return current_version().content


class ReplicaMiddleware:
    """Gives each request the database it reads, and runs its view again with the other one where that fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if REPLICA not in connections.settings or not _only_reads(request):
            return self.get_response(request)
        source = source_for_editors() if settings.SESSION_COOKIE_NAME in request.COOKIES else source_for_readers()
        request.may_change_database, request.failed_database = True, source.alias
        response = self._answer(request, source)
        if response.status_code != 503:
            return response
        request.may_change_database = False
        return self._answer(request, Source(REPLICA if request.failed_database == PRIMARY else PRIMARY))

    def _answer(self, request, source):
        request.META.pop(CONTENT_VERSION, None)
        if source.alias == REPLICA:
            try:
                request.META[CONTENT_VERSION] = _version_of_replica() if source.version is None else source.version
            except Error:
                source = FROM_PRIMARY
        with reading_from(source):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """In place of the first error of a database an empty answer, for which `__call__` asks the other one."""
        if not isinstance(exception, Error) or not getattr(request, "may_change_database", False):
            return None
        request.may_change_database, request.failed_database = False, _source.get().alias
        return HttpResponse(status=503)


def _only_reads(request):
    """Whether the request is no form, and no page of the desk, which is about what is stored now."""
    return request.method in SAFE_METHODS and not request.path_info.startswith(reverse("admin:index"))


def _version_of_replica():
    with reading_from(Source(REPLICA)):
        return current_version().content


def _answers(alias):
    """Whether the database takes a connection; at once, where it has just failed to."""
    try:
        connections[alias].ensure_connection()
    except Error:
        return False
    return True


def _in_transaction(alias):
    """Whether this thread is amid a transaction of that database, be it one that Django does not know of."""
    connection = connections[alias].connection
    return connection is not None and connection.info.transaction_status.name != "IDLE"
