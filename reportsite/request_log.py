"""One line for each request: a WSGI wrapper around everything that answers, and the format of all log lines.

A line holds no address of a reader, no query and no user agent. The id of the request comes from the proxy's header
`X-Request-ID` where that is well-formed, goes back to the client, and stands in every line that is logged meanwhile.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from random import getrandbits
from typing import Any, NamedTuple

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._~+/=-]{8,128}")
LEVELS = {"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "error", "CRITICAL": "critical"}

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("reportsite.requests")


class Answer(NamedTuple):
    """What is known of a response once it is sent."""

    method: str
    path: str
    status: int
    size: int
    seconds: float
    cached: bool


class RequestLog:
    """Calls the application, logs each response once it is sent, and shows it to the observer.

    `most_body`, `is_in_memory` and `refusal_page` are for the server: see `worker`.
    """

    def __init__(
        self, application: Application, most_body: int, observe: Callable[[Answer], None] = lambda answer: None
    ) -> None:
        self.application, self.most_body, self.observe = application, most_body, observe
        self.is_in_memory: Callable[[Environ], bool] = getattr(application, "is_in_memory", lambda environ: False)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The response of the application, with the id of the request as a header."""
        return _Logged(self, environ, start_response)


class _Logged:
    """A response on its way; logged when the server closes it."""

    def __init__(self, log, environ, start_response):
        self.observe = log.observe
        given = environ.get("HTTP_X_REQUEST_ID", "")
        self.id = given if WELL_FORMED.fullmatch(given) else f"{getrandbits(128):032x}"
        environ["HTTP_X_REQUEST_ID"] = self.id
        self.began = time.perf_counter()
        self.method, self.path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        self.start_response = start_response
        self.status, self.cached, self.size = 0, False, 0
        request_id.set(self.id)
        try:
            self.parts = log.application(environ, self.start)
        except BaseException:
            self.close()
            raise

    def start(self, status, headers, exc_info=None):
        self.status = int(status[:3])
        for name, value in headers:
            if name == "Cache-Status":
                self.cached = "; hit" in value
        return self.start_response(status, [*headers, (HEADER, self.id)], exc_info)

    def __iter__(self) -> Iterator[bytes]:
        if self.method != "HEAD":  # the server would drop a body, and warn
            for part in self.parts:
                self.size += len(part)
                yield part

    def close(self):
        try:
            if hasattr(getattr(self, "parts", None), "close"):
                self.parts.close()
        finally:
            took = time.perf_counter() - self.began
            # WSGI hands over the bytes of the path as latin-1.
            path = self.path.encode("latin-1", "replace").decode("utf-8", "replace")
            answer = Answer(self.method, path, self.status or 500, self.size, took, self.cached)
            _write(answer)
            self.observe(answer)
            request_id.set("")


def write_refusal(status: int, size: int) -> None:
    """Logs a request that the server refused before it could be read."""
    _write(Answer("-", "-", status, size, 0.0, False))


def _write(answer):
    if log.isEnabledFor(logging.INFO):
        fields = {
            "method": answer.method,
            "path": answer.path,
            "status": answer.status,
            "bytes": answer.size,
            "ms": round(1000 * answer.seconds, 2),
            "cached": answer.cached,
        }
        # A record made by hand: looking for the line of code that logs would cost more than all else.
        record = logging.LogRecord(
            log.name, logging.INFO, __file__, 0, "%(method)s %(path)r %(status)s", (fields,), None
        )
        record.fields = fields
        log.handle(record)


@lru_cache(maxsize=2)
def _second(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


class JsonFormatter(logging.Formatter):
    """Each record as one line of JSON: when, level, logger, message, the id of the request, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": f"{_second(int(record.created))}.{int(record.msecs):03d}Z",
            "level": LEVELS.get(record.levelname, record.levelname),
            "logger": record.name,
        }
        if identity := request_id.get():
            line["request_id"] = identity
        fields = getattr(record, "fields", None)
        if fields:
            line |= fields
        else:
            line["message"] = record.getMessage()
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


class LineFormatter(logging.Formatter):
    """Each record as a line for people; of a request, its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record.request_id = request_id.get() or "-"
        line = super().format(record)
        fields = getattr(record, "fields", None)
        return f"{line} {fields['bytes']} bytes {fields['ms']} ms{' cached' * fields['cached']}" if fields else line
