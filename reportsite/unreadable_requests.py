"""What the server answers where no request reaches the site."""

from http import HTTPStatus

from gunicorn.http import errors

STATUSES = (
    (errors.LimitRequestLine, 414),
    (errors.LimitRequestHeaders, 431),
    (errors.NoMoreData, 431),
    (errors.UnsupportedTransferCoding, 501),
    (errors.ParseException, 400),
)
PHRASES = {414: "URI Too Long", 431: "Request Header Fields Too Large"}
HEADERS = {
    "Connection": "close",
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


def status_of(error: Exception) -> int:
    """The status that tells a client what was wrong with a request; 500 for an error of the site."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def phrase(status: int) -> str:
    """What a response line says of the status; the whole page where the application has none."""
    return PHRASES.get(status) or HTTPStatus(status).phrase


def response(status: int, page: bytes) -> bytes:
    """The whole response."""
    lines = [f"HTTP/1.1 {status} {phrase(status)}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(page)}", "", ""]).encode() + page
