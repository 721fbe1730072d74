"""Middleware for the time when something fails, or when the site is read-only: what readers, editors and probes get."""

import logging
from collections.abc import Callable

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from sections.ops.faults import fault_of
from sections.ops.read_only import read_only, refusing_writes
from sections.views import health

from .request_kinds import DESK
from .unavailable import answer_to, failed_unnoticed

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

PROBES = {"/healthz": health.healthz, "/readyz": health.readyz}
LOG_IN = ("admin:login", "admin:logout", "second-step")  # what editors may still do while the site is read-only
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# How long those who only read wait for a lock on an SQLite file. An editor who saves waits as long as the settings say.
READERS_WAIT = 2  # seconds
EDITORS_WAIT = 5  # seconds; the trial run of an uploaded list is shown in answer to a GET. Also for readers who send
RETRY_AFTER = 10  # seconds, where the fault itself names no other time


class ProbeMiddleware(MiddlewareMixin):
    """Answers the probes of load balancers, which ask by IP address, before anything looks at the host."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else None


class UnavailableMiddleware:
    """Answers 503 instead of an internal error where the database cannot be used."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_at_desk = request.path_info.startswith(DESK)
        seconds = EDITORS_WAIT if is_at_desk or request.method not in SAFE else READERS_WAIT
        for connection in connections.all():
            if hasattr(connection, "wait_at_most"):
                connection.wait_at_most(None if is_at_desk and request.method not in SAFE else seconds)
        response = self.get_response(request)
        if response.status_code == 503:  # a form of the desk, too, says when to try again
            response.headers.setdefault("Retry-After", str(RETRY_AFTER))
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer 503 to an error of the database; other errors go their way."""
        return answer_to(exception, request)


class WholePageMiddleware:
    """Answers 503 instead of a page that lacks something: a template can hide an error of the database.

    The last of all, so that it looks at nothing but the view and its template.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _failed()
        response = self.get_response(request)
        if request.method in SAFE and response.status_code == 200 and _failed() - before:
            return failed_unnoticed(request)
        return response


class ReadOnlyMiddleware:
    """While the site is read-only, no page of the desk writes anything, except that editors can log in and out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.read_only = None
        if request.path_info.startswith(DESK):
            return self._at_the_desk(request)
        return self.get_response(request)

    def _at_the_desk(self, request):
        try:
            state = request.read_only = read_only()
        except Error as error:
            if answer := answer_to(error, request):
                return answer
            raise
        if state is None or request.path_info in {reverse(name) for name in LOG_IN}:
            return self.get_response(request)
        with refusing_writes(state):
            return self.get_response(request)


class TolerantSessionMiddleware(SessionMiddleware):
    """Django's sessions; what was answered stays answered where the session then cannot be stored.

    Nor can it be stored where its user has logged out in another tab while a form was being saved.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (Error, SessionInterrupted) as error:
            fault = _fault_behind(error)
            if fault is None and not isinstance(error, SessionInterrupted):
                raise
            if fault is not None:
                logger.error("A session was not stored: %s", fault.for_operators)
            return response


def _fault_behind(error):
    """The fault of the database because of which Django takes a session for deleted; None where it really was."""
    while error is not None and not isinstance(error, Error):
        error = error.__cause__ or error.__context__
    return fault_of(error)


def _failed():
    """The databases that have failed since their connection was opened or found to be usable again."""
    return {connection.alias for connection in connections.all(initialized_only=True) if connection.errors_occurred}
