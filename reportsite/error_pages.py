"""Why a request was refused: a page in the reader's language with ways forward, or problem details for the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.defaults import page_not_found

from sections.api.problems import problem

from .request_kinds import API, DESK

BARE = {400, 403, 405}  # what Django and its decorators answer with a few unstyled words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of refusal: its heading, and what the reader can do."""

    heading: str | Promise
    advice: str | Promise


REFUSALS = {
    400: Refusal(
        gettext_lazy("The site cannot read this request"),
        gettext_lazy("The address or the form is damaged. Check the address, or start from one of the pages below."),
    ),
    403: Refusal(
        gettext_lazy("You cannot open this page"),
        gettext_lazy(
            "Your login does not give access to this page. Log in with another name, or ask an administrator."
        ),
    ),
    405: Refusal(
        gettext_lazy("This address does not accept the request"),
        gettext_lazy("You can read this address, but you cannot send or change anything at it."),
    ),
    411: Refusal(
        gettext_lazy("The size of the request is missing"),
        gettext_lazy("Send the request again with its size in the header Content-Length."),
    ),
    413: Refusal(
        gettext_lazy("The request is too large"),
        gettext_lazy("Send the data in smaller parts."),
    ),
    414: Refusal(
        gettext_lazy("The address is too long"),
        gettext_lazy(
            "Search for fewer words, or choose fewer filters. If this is the address of a basket, shorten the notes in "
            "the basket."
        ),
    ),
    429: Refusal(
        gettext_lazy("Too many requests at the moment"),
        gettext_lazy("Meanwhile you can read the pages of the report."),
    ),
    431: Refusal(
        gettext_lazy("The headers of the request are too large"),
        gettext_lazy("Delete the cookies of this site in your browser, then try again."),
    ),
}
AGAIN = {
    403: gettext_lazy("Try again"),
    405: gettext_lazy("Open this page"),
    411: gettext_lazy("Open this page"),
    413: gettext_lazy("Open this page"),
    429: gettext_lazy("Try again"),
    431: gettext_lazy("Try again"),
}
CSRF = Refusal(
    gettext_lazy("The form could not be accepted"),
    gettext_lazy(
        "The form’s security code is missing or has expired. Go back, load the page again, and send the form again. "
        "If this does not help, allow cookies for this site in your browser."
    ),
)


def refuse(
    request: HttpRequest, status: int, detail: str = "", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The response that refuses a request: problem details at an address of the API, elsewhere a page.

    `detail` says in the reader's language what was too much or wrong; the advice that belongs to the status follows.
    """
    return _refuse(request, status, REFUSALS[status], detail, headers)


def language_of(request: HttpRequest) -> str:
    """The language of a refusal: that of the address; at the desk that of the person, or of the browser."""
    if request.path_info.startswith(DESK):
        return getattr(request, "desk_language", "") or translation.get_language_from_request(request)
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400; shows the message of a BadRequest."""
    return refuse(request, 400, str(exception) if isinstance(exception, BadRequest) else "")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return refuse(request, 403)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """Django's handler404."""
    if request.path_info.startswith(API):
        return problem(404, "There is nothing at this address. /api/v1/ lists what there is.")
    with translation.override(language_of(request)):
        return page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. `csrf_failure` of the request tells the desk, which keeps what was typed, why."""
    request.csrf_failure = reason
    return _refuse(request, 403, CSRF)


def styled(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response itself, or the page of its status where it holds only a few bare words."""
    is_bare = response.status_code in BARE and not hasattr(response, "is_refusal") and not response.streaming
    if not is_bare or len(response.content) > 200 or response["Content-Type"].startswith("application/"):
        return response
    headers = {name: value for name, value in response.items() if name not in {"Content-Type", "Content-Length"}}
    return refuse(request, response.status_code, headers=headers)


def _refuse(request, status, refusal, detail="", headers=None):
    is_api, is_desk = request.path_info.startswith(API), request.path_info.startswith(DESK)
    with translation.override(settings.LANGUAGE_CODE if is_api else language_of(request)):
        message = f"{detail} {refusal.advice}".strip()
        if is_api:
            response = problem(status, message)
        else:
            again = AGAIN.get(status, "") if request.method in {"GET", "HEAD"} or not is_desk else ""
            response = HttpResponse(_page(translation.get_language(), refusal, message, again, is_desk), status=status)
        response["Content-Language"] = translation.get_language()
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    response.is_refusal = True
    return response


@lru_cache(maxsize=256)
def _page(language, refusal, message, again, is_desk):
    """The page, which depends on nothing else: refusing must cost less than serving."""
    request = HttpRequest()
    request.path = request.path_info = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    context = {"heading": refusal.heading, "message": message, "again": again, "is_desk": is_desk}
    return render_to_string("refused.html", context, request)
