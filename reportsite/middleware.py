"""What every answer carries that Django has no setting for."""

import re
from collections import OrderedDict

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import get_conditional_response

from sections.search.service import index

SEARCH = re.compile(r"(?:/[a-z]{2})?/search/")  # in any language
POLICY = ", ".join(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb"))


class PolicyMiddleware(CSPMiddleware):
    """The content security policy of django-csp, put together once: no page here has one of its own."""

    headers = None

    def process_response(self, request, response):
        if settings.DEBUG:  # where the pages of errors go without
            return super().process_response(request, response)
        if self.headers is None:
            made = super().process_response(request, HttpResponse())
            self.headers = {name: value for name, value in made.items() if name != "Content-Type"}
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class PermissionsPolicyMiddleware:
    """Adds the header by which a page gives up the devices of its reader."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response


class RememberedPagesMiddleware:
    """Gives a results page that was asked for before as it was, finished and compressed, while the index is the same.

    It comes first: what it remembers has been through everything else, and differs by nobody's cookies.
    """

    MOST = 400  # pages

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.DEBUG or request.method != "GET" or not SEARCH.fullmatch(request.path):
            return self.get_response(request)
        request.search_index = index()  # the view asks no second time which version is the present one
        pages = request.search_index.cache.setdefault("pages", OrderedDict())
        told = ("HTTP_HOST", "SERVER_NAME", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme", "QUERY_STRING")
        compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        key = (compressed, request.path, *(request.META.get(name) for name in told))
        kept = pages.get(key)
        if kept is None:
            response = self.get_response(request)
            if response.status_code == 200 and not response.cookies:
                pages[key] = response.content, dict(response.items())
                while len(pages) > self.MOST:
                    pages.popitem(last=False)
            return response
        content, headers = kept
        response = HttpResponse(content, headers=headers)
        return get_conditional_response(request, headers.get("ETag"), None, response)


class LanguageMiddleware(LocaleMiddleware):
    """Speaks the language that an address begins with, English without one, whatever the browser or a cookie asks."""

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class BodyLimitMiddleware:
    """Refuses, before anything of it is read, what is larger than any form or file that the site takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MOST_BYTES:
            most = settings.MOST_BYTES >> 20
            words = f"This is more than the {most} MB that the site takes in one go. Send it in smaller parts.\n"
            return HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
