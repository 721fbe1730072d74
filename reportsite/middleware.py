"""What every response needs and Django has no setting for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from sections.text.whole_numbers import whole_number

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
