"""What every response needs and Django has no setting for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from sections.text.whole_numbers import whole_number

View = Callable[[HttpRequest], HttpResponse]
# django-permissions-policy was tried: it sends this header too, but a dependency to lock and update is more upkeep
# than the constant and the one line that sets it.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware:
    """Adds the header by which pages renounce access to the reader's devices."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of the language, without `Vary: Accept-Language`: here the address alone decides."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class BodyLimitMiddleware:
    """Refuses requests that are larger than any form or file of the site, before anything of them is read."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if whole_number(request.META.get("CONTENT_LENGTH") or "0", most=settings.MOST_BYTES) is None:
            message = f"The request is larger than {settings.MOST_BYTES >> 20} MB. Send the data in smaller parts.\n"
            return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
