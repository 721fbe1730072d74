"""An application behind a page cache, without Django, for tests of what the cache keeps."""

from threading import Event
from wsgiref.util import setup_testing_defaults

from reportsite.page_cache import PageCache
from sections.tests.support.eventually import eventually

HTML = [("Content-Type", "text/html"), ("Vary", "Accept-Encoding")]


class Site:
    """An application that counts what it renders, behind a page cache, and a content version that tests set."""

    def __init__(self, size=100_000):
        self.version, self.requests = 1, []
        self.status, self.headers, self.body = "200 OK", HTML, None
        self.database = True
        self.begun, self.go_on = Event(), Event()
        self.go_on.set()
        self.times_behind = 0
        self.cache = PageCache(self.application, self.read_version, size, lambda: self.times_behind)

    def read_version(self):
        if not self.database:
            raise OSError("no database")
        return self.version

    def change(self):
        """Another version, which the process has seen."""
        self.version += 1
        eventually(lambda: self.cache.watch.version() == self.version)

    def application(self, environ, start_response):
        self.requests.append(environ)
        self.begun.set()
        self.go_on.wait(5)
        start_response(self.status, list(self.headers))
        text = f"{environ['PATH_INFO']} in version {self.version}".encode()
        return self.body if self.body is not None else [text]

    def get(self, target="/", method="GET", **headers):
        path, _, query = target.partition("?")
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        answer = {}
        chunks = self.cache(environ, lambda status, pairs: answer.update(status=status, headers=dict(pairs)))
        answer["body"] = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return answer
