"""The language and the time zone of the desk: those that the editor chose, before that the language of the browser."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from sections.models import Preferences

from .request_kinds import DESK

UTC = ZoneInfo("UTC")


class DeskLocaleMiddleware:
    """At the desk, which has one address in all languages, the person decides; elsewhere the address does.

    `request.desk_language` says the language to refusals, which are written outside this middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        chosen = _preferences(request)
        request.desk_language = (chosen and chosen.language) or translation.get_language_from_request(request)
        with translation.override(request.desk_language), timezone.override(chosen.zone if chosen else UTC):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.desk_language)
        return response


def _preferences(request):
    """What the person at the desk has chosen; None before log-in, and where the database does not say."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    try:
        return Preferences.objects.filter(user=request.user.pk).first() if request.user.is_authenticated else None
    except Error:
        return None  # whoever needs the database next says so
