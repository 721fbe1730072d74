"""What scripts of other sites may read here (CORS, Fetch standard): the API and the files, without credentials.

django-cors-headers was tried: it answers only requests that have an Origin, and so would keep the header out of the
finished answers that `page_cache` renders for all readers.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from .request_kinds import API, DESK

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}
EXPOSED = "Content-Disposition, ETag, Link, Retry-After"


class CorsMiddleware(MiddlewareMixin):
    """Lets browsers hand data and files to scripts of any site, and answers their question whether they may ask."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        is_asked = request.method == "OPTIONS" and is_shared(request.path_info)
        return HttpResponse(status=204, headers=PREFLIGHT) if is_asked else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if is_shared(request.path_info):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = EXPOSED
        return response


def is_shared(path: str) -> bool:
    """Whether the address is one of the API, or of a file that is no part of the desk or of the pages' appearance."""
    is_file = "." in path.rpartition("/")[2]
    return path.startswith(API) or (is_file and not path.startswith((DESK, settings.STATIC_URL)))
