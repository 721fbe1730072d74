"""No post to the desk is lost: where anything refuses it, the answer carries all fields and offers the next step.

This stands around every view of the desk, also those that are yet to be written. A view that shows its own form again,
with what was typed, is left alone.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.messages import constants, get_messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from .constraints import words_of
from .form_again import ENTER, Step, form_again, is_filled_in, log_in_again, typed_values
from .log_in_and_save import asks_to_log_in, lacks_app, log_in_with_form
from .refusals import Refused, refusals

DESK = "/admin/"
SAVED = "desk_saved"  # a cookie that tells the script of the drafts which of them are saved
DRAFT = re.compile(r"[\w-]{1,40}", re.ASCII)
MOST_SAVED = 5  # drafts that the cookie names
BARE = {400, 403, 404, 405, 413, 429, 500, 503}  # statuses of answers that may come without the form
FORGED = {"cross-site", "same-site"}  # values of Sec-Fetch-Site with which no form of ours is sent


class Refusal(NamedTuple):
    """What the page of a refusal says, with what status, and whether it asks for a log-in or a code.

    With `must_log_in` it saves only what comes with them.
    """

    words: str
    status: int
    asks_name: bool = False
    asks_code: bool = False
    must_log_in: bool = False
    steps: tuple[Step, ...] = ()


class KeptInputMiddleware:
    """Puts the page with all that was posted in the place of an answer that would lose it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_form_of_desk(request):
            return self.get_response(request)
        request.log_in_refused, messages_before = "", len(get_messages(request))
        response = self.get_response(request)
        if request.path in _pages_of_log_in():
            return _log_in_page(request, response)
        refusal = _refusal(request, response, messages_before)
        if refusal is None:
            return _with_saved_draft(request, response)
        page = form_again(
            request,
            refusal.words,
            refusal.status,
            steps=refusal.steps,
            asks_name=refusal.asks_name,
            asks_code=refusal.asks_code,
            must_log_in=refusal.must_log_in,
        )
        for name in ("Retry-After", "Allow"):
            if name in response.headers:
                page.headers[name] = response.headers[name]
        return page

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Logs in whoever gives name and password with a form. The token of the form has been checked before.

        Where that fails, the view is not asked: it would save in the name of whoever was logged in before.
        """
        if getattr(request, "too_large", ""):
            return HttpResponse(status=413)
        if _is_form_of_desk(request) and ENTER in request.POST:
            return HttpResponse(status=204)  # the browser keeps its page as it is
        if _is_form_of_desk(request) and request.path not in _pages_of_log_in() and asks_to_log_in(request):
            try:
                with refusals():
                    request.log_in_refused = log_in_with_form(request)
            except Refused as refused:
                request.log_in_refused = refused.words
        return HttpResponse(status=403) if getattr(request, "log_in_refused", "") else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A constraint of the database that no form has checked, or a record that is gone, comes back in words."""
        if _is_form_of_desk(request) and isinstance(exception, IntegrityError | DataError | ObjectDoesNotExist):
            return form_again(request, words_of(exception), 409)
        return None


def _is_form_of_desk(request):
    return request.method == "POST" and request.path_info.startswith(DESK)


def _pages_of_log_in():
    return {reverse("admin:login"), reverse("admin:logout"), reverse("second-step")}


def _log_in_page(request, response):
    """The log-in page again in place of a refusal for its token, which another log-in has changed."""
    if not _is_outdated(request, response) or not request.POST.get("username"):
        return response
    words = _("This page was open for too long, or you have logged in on another page meanwhile. Please try again.")
    return log_in_again(request, words, 403)


def _is_outdated(request, response):
    """Whether the token of the form is not that of the browser, and nothing says that another site sent the form."""
    reason = getattr(request, "csrf_failure", "")
    fetched = request.headers.get("Sec-Fetch-Site", "")
    return response.status_code == 403 and reason.startswith("CSRF") and fetched not in FORGED


def _refusal(request, response, messages_before):
    """Why the post was refused without its form; None where it was not, or where the answer holds the form."""
    status = response.status_code
    if getattr(request, "csrf_failure", ""):
        return _of_outdated(request) if _is_outdated(request, response) else None
    if getattr(request, "axes_locked_out", False):
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        words = _(
            "There were too many attempts to log in with this name. It is locked for %(minutes)s minutes. Wait, or log "
            "in with another name."
        )
        return Refusal(words % {"minutes": minutes}, 429, True, settings.TWO_FACTOR, must_log_in=True)
    if request.log_in_refused or _leads_to(response, "admin:login", "second-step"):
        return _of_log_in(request)
    if 300 <= status < 400:
        return _of_messages(request, messages_before) if is_filled_in(request) else None
    if getattr(request, "too_large", ""):
        status = 413  # Django itself says 400 of one without files
    if status in BARE and is_filled_in(request) and not _holds(response, typed_values(request)):
        return Refusal(_words_of_status(request, status), status, asks_name=status == 403)
    return None


def _of_outdated(request):
    if not admin.site.has_permission(request):
        return _of_log_in(request)
    words = _(
        "Somebody has logged in with this browser since you opened the form. You are logged in as %(name)s now. Check "
        "what you typed, then save again, or log in with another name."
    )
    return Refusal(words % {"name": request.user.get_username()}, 403, asks_name=True, asks_code=settings.TWO_FACTOR)


def _of_log_in(request):
    """What lacks: a log-in, or only the code of the second step."""
    wrong = request.log_in_refused
    if not admin.site.needs_second_step(request):
        words = wrong or _("You are not logged in any more. Log in here, and what you typed is saved in the same step.")
        must = not admin.site.has_permission(request)
        return Refusal(words, 403, True, settings.TWO_FACTOR, must_log_in=must)
    if not lacks_app(request):
        words = wrong or _("The second step of the log-in is missing. Enter the code here: your work is then saved.")
        return Refusal(words, 403, asks_code=True, must_log_in=True)
    words = _("Set up your app in another tab of the browser, then come back to this page and save again.")
    step = Step(_("Set up the app"), address=reverse("second-step"))
    return Refusal(f"{wrong} {words}".strip(), 403, steps=(step,))


def _of_messages(request, messages_before):
    """What a view said before it led elsewhere; None where it said nothing, or that something was done."""
    storage = get_messages(request)
    added = list(storage)[messages_before:]
    levels = [message.level for message in added]
    for message in added:
        message.message = str(message.message)  # once read, Django stores it as it is, and a lazy text cannot be stored
    if not levels or constants.SUCCESS in levels:
        storage.used = False  # they are to be shown on the next page
        return None
    return Refusal(" ".join(str(message) for message in added), 409)


def _leads_to(response, *names):
    path = urlsplit(response.get("Location", "")).path
    return 300 <= response.status_code < 400 and path in {reverse(name) for name in names}


def _holds(response, values):
    """Whether the answer is a page that shows all the values; one that says 503 is made to carry files and choices."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    page = _plain(response.content.decode(response.charset))
    return all(_plain(escape(value)) in page for value in values) if values else response.status_code == 503


def _plain(text):
    return text.replace("\r\n", "\n").strip()


def _words_of_status(request, status):
    words = {
        400: _("The site could not read the form."),
        403: _("Your login does not allow this. Log in with another name and save, or ask an administrator."),
        404: _("The page or the record that the form belongs to does not exist any more. Copy what you need."),
        405: _("This page does not take forms. Copy what you need."),
        413: _("The form is larger than 4 MB. Shorten the longest text, or leave out a file."),
        429: _("Too many requests come from your network. Wait a minute, then save again."),
        500: _("The site made an error. Save again in a few minutes. If this does not help, tell the operator."),
        503: _("The site cannot save this at the moment. Wait a minute, then save again."),
    }
    return words[status]


def _with_saved_draft(request, response):
    """The answer, which tells the browser that the draft of the form is saved, if it is."""
    draft = request.POST.get("_draft", "") if 300 <= response.status_code < 400 else ""
    if DRAFT.fullmatch(draft):
        saved = [*filter(None, request.COOKIES.get(SAVED, "").split(".")), draft][-MOST_SAVED:]
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(SAVED, ".".join(saved), 3600, path=DESK, secure=secure, samesite="Strict")
    return response
