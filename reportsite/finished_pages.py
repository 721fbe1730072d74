"""What the application answered, and the finished pages that are made of it to be kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

STORED = ("200 ", "301 ")  # statuses

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Page:
    """A finished response, and how often it was asked for."""

    version: int
    status: str
    headers: Headers
    etag: str
    body: bytes
    visits: int = 1


class Response:
    """What the application answered: its body, or the beginning of one that is too long to be kept."""

    def __init__(self, status: str, headers: Headers, chunks: Iterable[bytes], most: float) -> None:
        self.status, self.headers = status, headers
        self._names = {name.lower(): value for name, value in headers}
        self._chunks, self._rest = chunks, iter(chunks)
        body, size, self._is_whole = [], 0, False
        while size <= most and not self._is_whole:
            chunk = next(self._rest, None)
            self._is_whole = chunk is None
            body.append(chunk or b"")
            size += len(body[-1])
        self.body = b"".join(body)
        if self._is_whole:
            self.close()

    @classmethod
    def of(cls, application: WSGIApplication, environ: WSGIEnvironment, most: float) -> "Response":
        """The application's answer to a request; about `most` bytes of it are read."""
        head = []
        chunks = application(environ, lambda status, headers, exc_info=None: head.append((status, headers)))
        return cls(*head[-1], chunks, most)

    @property
    def depends_on_reader(self) -> bool:
        """Whether other cookies would make another response."""
        return "set-cookie" in self._names or "cookie" in self._names.get("vary", "").lower()

    def as_page(self, version: int) -> Page | None:
        """The response as a page to be kept; None for one that must not be."""
        control = self._names.get("cache-control", "")
        is_private = "no-store" in control or "private" in control or self.depends_on_reader
        if is_private or not self._is_whole or not self.status.startswith(STORED):
            return None
        etag = self._names.get("etag") or f'W/"{blake2b(self.body, digest_size=16).hexdigest()}"'
        headers = [pair for pair in self.headers if pair[0].lower() not in ("etag", "content-length")]
        return Page(version, self.status, headers, etag, self.body)

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Sends it as it is."""
        start_response(self.status, self.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            self.close()
            return []
        return [self.body] if self._is_whole else self._all_chunks()

    def _all_chunks(self) -> Iterator[bytes]:
        try:
            yield self.body
            yield from self._rest
        finally:
            self.close()

    def close(self) -> None:
        """Tells the application that no more is read."""
        if hasattr(self._chunks, "close"):
            self._chunks.close()
