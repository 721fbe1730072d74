"""What every response needs and Django has no setting for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext, gettext_noop

from sections.text.whole_numbers import whole_number

from .error_pages import language_of, refuse, styled
from .request_kinds import DESK

READING = ("GET", "HEAD")
FORM_METHODS = (*READING, "POST")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

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


class RequestLimitsMiddleware(MiddlewareMixin):
    """Refuses requests that no page, form or file of the site needs, before anything of their body is read.

    Public addresses are read only; the desk also accepts forms, and so does the form of readers. The server in front
    refuses what is larger still.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        is_form = settings.PUBLIC_FORM.fullmatch(request.path_info) is not None
        served = FORM_METHODS if is_form or request.path_info.startswith(DESK) else READING
        most = settings.MOST_BYTES_OF_PUBLIC_FORM if is_form else settings.MOST_BYTES
        headers = [(name, value) for name, value in request.META.items() if name.startswith("HTTP_")]
        sent = whole_number(request.META.get("CONTENT_LENGTH") or "0", most=most)
        if len(request.get_full_path()) > settings.MOST_CHARACTERS_OF_ADDRESS:
            words = gettext_noop("An address has %(most)s characters at most.")
            return refuse(request, 414, _limit(request, words, settings.MOST_CHARACTERS_OF_ADDRESS))
        if (
            len(headers) > settings.MOST_HEADERS
            or sum(len(name) + len(value) for name, value in headers) > settings.MOST_CHARACTERS_OF_HEADERS
        ):
            return refuse(request, 431)
        if request.method not in served:
            return refuse(request, 405, headers={"Allow": ", ".join(served)})
        if sent is None and is_form:
            return refuse(request, 413, _limit(request, gettext_noop("A form holds %(most)s KB at most."), most >> 10))
        if sent is None:
            words = _limit(request, gettext_noop("A request holds %(most)s MB at most."), most >> 20)
            if not _may_come_back(request):
                return refuse(request, 413, words)
            request.too_large = words  # the desk answers with a page that carries what was typed, if anything was
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return refuse(request, 411)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 413 and not response.content:
            return refuse(request, 413, request.too_large)
        return styled(request, response)


def _may_come_back(request):
    """Whether a request that is too large is a form of the desk, and small enough to be read."""
    is_form = request.method == "POST" and request.content_type in FORM_TYPES
    size = whole_number(request.META["CONTENT_LENGTH"], most=settings.MOST_BYTES_READ)
    return is_form and size is not None and request.path_info.startswith(DESK)


def _limit(request, words, most):
    with translation.override(language_of(request)):
        return gettext(words) % {"most": most}
