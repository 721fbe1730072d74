"""The answer 503 where the database cannot be used: for readers, for programs, and at the editors' desk.

Nothing here asks the database. Whatever was posted to the desk comes back as a form that can be sent again.
"""

import logging
import sys

from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.defaults import server_error as default_server_error

from sections import urls
from sections.admin.saving.form_again import form_again, frame_without_database, log_in_again
from sections.api.problems import problem
from sections.ops.faults import DOWN, Fault, fault_of
from sections.views.error_reports import form_without_database

from .request_kinds import API, DESK

logger = logging.getLogger(__name__)

database_failed = Signal()  # with the `error`, for those who watch the site

PLAIN_TEXT = "text/plain; charset=utf-8"
FOR_PROGRAMS = {"suggestions", "paragraph-json"}  # addresses outside the API that answer with JSON
FILE = "-file"  # ends the name of the address of a list as a file
FILES = {route.name for route in (*urls.files, *urls.citations)} | {"opensearch", "changes-feed"}


def answer_to(error: BaseException, request: HttpRequest) -> HttpResponse | None:
    """The answer to a request in which this error occurred; None for an error that is no fault of the database."""
    fault = fault_of(error)
    if fault is None:
        return None
    database_failed.send(sender=answer_to, error=error)
    logger.error("%s %s: %s (%s)", request.method, request.path, fault.for_operators, _first_line(error))
    return unavailable(request, fault)


def unavailable(request: HttpRequest, fault: Fault) -> HttpResponse:
    """503 with `Retry-After`, in the form that suits the address."""
    try:
        response = _response(request, fault)
    except Exception:  # an error page that fails would be an internal error after all
        logger.exception("The page that says what happened could not be made")
        response = HttpResponse(f"{fault.for_readers}\n", status=503, content_type=PLAIN_TEXT)
    response.headers["Retry-After"] = str(fault.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`, which is called within the handling of the error."""
    return answer_to(sys.exc_info()[1], request) or default_server_error(request)


def failed_unnoticed(request: HttpRequest) -> HttpResponse:
    """503 in place of a page during which the database failed, although no error came through."""
    logger.error("%s %s: the database failed, and the page hid it", request.method, request.path)
    return unavailable(request, DOWN)


def _response(request, fault):
    path = request.path_info
    if path.startswith(DESK) and not _wants_json(request):
        if request.method in ("GET", "HEAD"):
            context = {"title": gettext("The desk is not available"), "words": fault.for_readers}
            return frame_without_database(request, "admin/sections/unavailable.html", 503, **context)
        if path == reverse("admin:login"):
            not_done = gettext("You are not logged in.")
            return log_in_again(request, f"{not_done} {fault.for_readers}", 503)
        if fault.may_be_saved:
            return form_again(request, str(fault.for_editors), title=gettext("It is not known whether this was saved"))
        not_done = gettext("Nothing was saved.")
        return form_again(request, f"{not_done} {fault.for_editors}")
    name = request.resolver_match and request.resolver_match.url_name
    if path.startswith(API) or name in FOR_PROGRAMS or _wants_json(request):
        with translation.override(settings.LANGUAGE_CODE):
            return problem(503, str(fault.for_readers))
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        if name == "report-an-error":
            return form_without_database(request, fault.for_readers)
        if name in FILES or (name or "").endswith(FILE):
            return HttpResponse(f"{fault.for_readers}\n", status=503, content_type=PLAIN_TEXT)
        heading = gettext("This page is not available at the moment")
        context = {"heading": heading, "message": fault.for_readers, "again": gettext("Try again")}
        return render(request, "refused.html", context, status=503)


def _wants_json(request):
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _first_line(error):
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
