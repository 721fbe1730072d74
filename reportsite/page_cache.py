"""Finished pages, kept until the content changes: a WSGI wrapper that answers before Django does anything.

A page is kept as the bytes that are sent, compressed for readers who accept that, under the content version in which it
was rendered. It is rendered from its address alone: cookies and other headers are taken out of the request first, so
that nothing of one reader reaches another. Requests with a session, and those that do more than read, go to Django as
they are.

Django's own cache middleware was tried: it stands behind the request machinery, which costs most, keeps pages for a
time instead of for a version, and bounds their number instead of their bytes.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from cachetools import LRUCache
from django.conf import settings
from django.db import connections
from django.http.request import split_domain_port, validate_host

from .finished_pages import Page, Response
from .version_watch import CONTENT_VERSION, VersionWatch

NAME = "pages"  # in the Cache-Status header, RFC 9211
SHARE_OF_QUERIES = 0.25  # of the bytes, for addresses with a query: invented ones cannot displace the others
LARGEST = 0.25  # of these bytes, for one page
OVERHEAD = 1_500  # bytes of a page beside its body, about
MOST_RENEWED = 24  # pages that are rendered anew after a change
# A request has these headers when a page is rendered for all readers; those about its client are for limits and logs.
SHARED_HEADERS = {"HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID"}
HEADERS_OF_304 = {"access-control-allow-origin", "cache-control", "cache-status", "content-language", "etag", "vary"}


class Key(NamedTuple):
    """What a page depends on, beside the content; `origin` is "" where the site has an address of its own."""

    origin: str
    path: str
    query: str
    encoding: str


class PageCache:
    """The application behind a cache of `size` bytes; `read_version` reads the content version from the database.

    `times_behind` counts what was answered from former content: a page rendered while it grows is not kept.
    """

    def __init__(
        self,
        application: WSGIApplication,
        read_version: Callable[[], int],
        size: int,
        times_behind: Callable[[], int],
    ) -> None:
        self.application, self._times_behind = application, times_behind
        self.watch = VersionWatch(read_version, on_change=self._renew)
        of_queries = int(size * SHARE_OF_QUERIES)
        self._with_query: LRUCache[Key, Page] = LRUCache(of_queries, _size)
        self._without_query: LRUCache[Key, Page] = LRUCache(size - of_queries, _size)
        self._lock = Lock()
        self._rendering: dict[Key, Lock] = {}
        self._renewing = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ)
        version = self.watch.version() if key else None
        if key is None or version is None:
            return self.application(environ, start_response)
        if page := self._fresh(key):
            page.visits += 1
            return _send(page, environ, start_response, self._hit())
        with self._lock:
            rendering = self._rendering.setdefault(key, Lock())
        with rendering:  # one thread renders the page, the others wait for it
            if page := self._fresh(key):
                return _send(page, environ, start_response, self._hit())
            try:
                return self._render(key, self.watch.newest_version or version, environ, start_response)
            finally:
                with self._lock:
                    self._rendering.pop(key, None)

    def is_in_memory(self, environ: WSGIEnvironment) -> bool:
        """Whether the answer to a request is a page in the cache, which waits for nothing."""
        key = _key(environ) if self.watch.known_version is not None else None
        return key is not None and self._fresh(key) is not None

    @property
    def size(self) -> int:
        """The bytes that all pages take."""
        return int(self._with_query.currsize + self._without_query.currsize)

    def _cache(self, key):
        return self._with_query if key.query else self._without_query

    def _stored(self, key):
        with self._lock:
            return self._cache(key).get(key)

    def _fresh(self, key):
        """The page in the present or the next version; in whatever version while the database does not answer."""
        page, versions = self._stored(key), (self.watch.known_version, self.watch.newest_version)
        is_fresh = page is not None and (page.version in versions or self.watch.seconds_without_answer)
        return page if is_fresh else None

    def _hit(self):
        seconds = self.watch.seconds_without_answer
        return f"{NAME}; hit; ttl=-{seconds}; detail=database-unavailable" if seconds else f"{NAME}; hit"

    def _render(self, key, version, environ, start_response):
        response, page = self._answer(key, _for_all_readers(environ, key), version)
        if response.status.startswith("5") and (former := self._stored(key)):
            response.close()
            return _send(former, environ, start_response, f"{NAME}; hit; ttl=-1; detail=server-error")
        if response.depends_on_reader:
            response.close()
            return self.application(environ, start_response)
        if page is None:
            return response.send(environ, start_response)
        self._store(key, page)
        return _send(page, environ, start_response, f"{NAME}; fwd=uri-miss; stored")

    def _answer(self, key, request, version):
        """What the application answers, and the page to be kept of it; None for one that must not be kept."""
        behind = self._times_behind()
        response = Response.of(self.application, request, self._cache(key).maxsize * LARGEST)
        if self._times_behind() != behind:
            return response, None
        return response, response.as_page(request.get(CONTENT_VERSION, version))  # a replica may hold an older one

    def _store(self, key, page):
        cache = self._cache(key)
        with self._lock:
            if former := cache.get(key):
                page.visits += former.visits // 2  # what was visited long ago counts ever less
            cache[key] = page

    def _renew(self):
        """Renders the most visited pages in a new version: until it counts, or at rest, until the next."""
        with self._renewing:
            version, is_at_rest = self.watch.newest_version, self.watch.newest_version == self.watch.known_version
            with self._lock:
                pages = [*self._with_query.items(), *self._without_query.items()]
            old = sorted((item for item in pages if item[1].version != version), key=lambda item: -item[1].visits)
            for key, _ in old[:MOST_RENEWED]:
                if self.watch.newest_version != version or (self.watch.known_version == version) != is_at_rest:
                    break
                response, page = self._answer(key, _request(key), version)
                if page:
                    self._store(key, page)
                response.close()
        connections.close_all()


def _size(page):
    return OVERHEAD + len(page.body)


def _key(environ):
    """Under what the answer is kept; None for a request that does not read, or not what everybody reads."""
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
        return None
    if path.startswith(settings.STATIC_URL) or settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
        return None
    if settings.SECURE and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
        return None  # Django redirects it
    origin = _origin(environ)
    encoding = "gzip" if _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else ""
    return None if origin is None else Key(origin, path, environ.get("QUERY_STRING", ""), encoding)


def _origin(environ):
    """Scheme and host as far as pages depend on them; None for hosts that the site does not have, and other ports."""
    host = environ.get("HTTP_HOST", "").lower()
    domain, port = split_domain_port(host)
    if settings.SITE_URL:
        return "" if domain and validate_host(domain, settings.ALLOWED_HOSTS) else None
    names = [name for name in settings.ALLOWED_HOSTS if name[:1] not in ("*", ".")]
    is_named = bool(domain) and validate_host(domain, names) and port in ("", environ["SERVER_PORT"])
    return f"{environ['wsgi.url_scheme']}://{host}" if is_named else None


def _for_all_readers(environ, key):
    """The request without what tells one reader from another."""
    request = {name: value for name, value in environ.items() if name[:5] != "HTTP_" or name in SHARED_HEADERS}
    request.pop("wsgi.file_wrapper", None)  # a file is read like every other body
    return request | {"REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": key.encoding}


def _request(key):
    """A request for the page, made by the site itself."""
    scheme, _, host = (key.origin or "http://localhost").partition("://")
    forwarded = {"HTTP_X_FORWARDED_PROTO": "https"} if settings.SECURE else {}
    environ: WSGIEnvironment = {
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "HTTP_HOST": host,
        "HTTP_ACCEPT_ENCODING": key.encoding,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": scheme,
        **forwarded,
    }
    setup_testing_defaults(environ)
    return environ


def _send(page, environ, start_response, cache_status):
    """Sends the page, or 304 to a reader who has it."""
    headers = [*page.headers, ("ETag", page.etag), ("Cache-Status", cache_status)]
    if page.status.startswith("200 ") and _matches(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() in HEADERS_OF_304])
        return []
    start_response(page.status, [*headers, ("Content-Length", str(len(page.body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _matches(if_none_match, etag):
    """Whether a reader has the page with this tag; weak comparison, RFC 9110."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _accepts_gzip(accept_encoding):
    """Whether the reader accepts gzip, RFC 9110."""
    for part in accept_encoding.lower().split(","):
        coding, _, quality = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return quality.replace(" ", "").rstrip("0.") != "q="
    return False
