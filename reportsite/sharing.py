"""What scripts of other sites may read here (CORS, Fetch standard): everything that is no page, without credentials.

django-cors-headers was tried: it answers only requests that have an Origin, and so would keep the header out of the
finished answers that `page_cache` renders for all readers.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from .refusals import DESK

ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}
EXPOSED = "Content-Disposition, ETag, Retry-After"


class SharingMiddleware(MiddlewareMixin):
    """Lets browsers hand data and files to scripts of any site, and answers their question whether they may ask."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        is_asked = request.method == "OPTIONS" and not request.path_info.startswith(DESK)
        return HttpResponse(status=204, headers=ALLOWED) if is_asked else None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not (is_page or request.path_info.startswith(DESK)):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = EXPOSED
        return response
