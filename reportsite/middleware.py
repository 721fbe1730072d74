"""What every response needs and Django has no setting for."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from sections.ops.faults import fault_of
from sections.ops.read_only import read_only, refusing_writes
from sections.text.whole_numbers import whole_number
from sections.views import health

from .unavailable import answer_to, failed_unnoticed

logger = logging.getLogger(__name__)

PROBES = {"/healthz": health.healthz, "/readyz": health.readyz}
LOG_IN = ("admin:login", "admin:logout", "second-step")  # what editors may still do while the site is read-only
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# How long a reader waits for a lock on an SQLite file. Who saves waits as long as the settings say.
READERS_WAIT = 2  # seconds
RETRY_AFTER = 10  # seconds, where the fault itself names no other time
# django-permissions-policy was tried: it sends this header too, but a dependency to lock and update is more upkeep
# than the constant and the one line that sets it.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware(MiddlewareMixin):
    """Adds the header by which pages renounce access to the reader's devices."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of the language, without `Vary: Accept-Language`: here the address alone decides."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class BodyLimitMiddleware(MiddlewareMixin):
    """Refuses requests that are larger than any form or file of the site, before anything of them is read."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if whole_number(request.META.get("CONTENT_LENGTH") or "0", most=settings.MOST_BYTES) is None:
            message = f"The request is larger than {settings.MOST_BYTES >> 20} MB. Send the data in smaller parts.\n"
            return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
        return None


class ProbeMiddleware(MiddlewareMixin):
    """Answers the probes of load balancers, which ask by IP address, before anything looks at the host."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else None


class UnavailableMiddleware:
    """Answers 503 where the database cannot be used, instead of an internal error or of a page that lacks something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_safe = request.method in SAFE
        for connection in connections.all():
            if hasattr(connection, "wait_at_most"):
                connection.wait_at_most(READERS_WAIT if is_safe else None)
        failed_before = any(connection.errors_occurred for connection in connections.all())
        response = self.get_response(request)
        if is_safe and response.status_code == 200 and not failed_before:
            response = failed_unnoticed(request) or response
        if response.status_code == 503:  # a form of the desk, too, says when to try again
            response.headers.setdefault("Retry-After", str(RETRY_AFTER))
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer 503 to an error of the database; other errors go their way."""
        return answer_to(exception, request)


class ReadOnlyMiddleware:
    """While the site is read-only, no page of the desk writes anything, except that editors can log in and out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.read_only = None
        if request.path_info.startswith(reverse("admin:index")):
            return self._at_the_desk(request)
        return self.get_response(request)

    def _at_the_desk(self, request):
        try:
            state = request.read_only = read_only()
        except DatabaseError as error:
            if answer := answer_to(error, request):
                return answer
            raise
        if state is None or request.path_info in {
            reverse(name) for name in ("admin:login", "admin:logout", "second-step")
        }:
            return self.get_response(request)
        with refusing_writes(state):
            return self.get_response(request)


class TolerantSessionMiddleware(SessionMiddleware):
    """Django's sessions; what was answered stays answered where the session then cannot be stored."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if (fault := fault_of(error)) is None:
                raise
            logger.error("A session was not stored: %s", fault.for_operators)
            return response
