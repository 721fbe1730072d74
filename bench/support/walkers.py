"""Clients of a site on this machine that behave as people do, or as robots; each in a thread of its own."""

import random
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit

from .load_client import HOST

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGES = ("/", "/CMW/C/MEX/3/paragraphs/103/", "/CMW/C/MEX/3/replies/14/", "/institutions/", "/convention/articles/22/",
         "/es/", "/fr/laws/", "/search/?q=migration")  # fmt: skip
WORDS = ("migrant", "workers", "rights", "federal", "public", "health", "labour", "children", "border", "security",
         "education", "justice", "family", "women", "programme", "national", "employment", "consular")  # fmt: skip
STARTS = ("/search/?q=migration", "/search/?q=children", "/institutions/", "/laws/", "/convention/matrix/",
          "/CMW/C/MEX/3/figures/", "/es/search/?q=consular", "/fr/institutions/")  # fmt: skip
LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
FRONTIER = 20_000  # links that the crawlers remember
PAUSE = 0.02  # seconds in which a reader looks at a page; people take far longer


class Walker(threading.Thread):
    """One client: asks until the time is over, and notes status and seconds of each answer by kind of request."""

    def __init__(self, port: int, number: int, end: float) -> None:
        super().__init__()
        self.port, self.number, self.end = port, number, end
        self.random = random.Random(number)
        self.answers: list[tuple[str, int, float]] = []
        self._connection = HTTPConnection(HOST, port, timeout=60)

    def run(self) -> None:
        for kind, target, address in self.requests():
            if time.monotonic() >= self.end:
                break
            headers = {"User-Agent": BROWSER, "Accept": "text/html,*/*;q=0.8", "X-Forwarded-For": address}
            start = time.monotonic()
            try:
                self._connection.request("GET", target, headers=headers)
                answer = self._connection.getresponse()
                status, page = answer.status, answer.read().decode("utf-8", "replace")
            except (OSError, HTTPException):
                self._connection.close()
                status, page = 0, ""
            self.answers.append((kind, status, time.monotonic() - start))
            self.arrive(target, status, page)

    def requests(self) -> Iterator[tuple[str, str, str]]:
        """Kind, target and sender's address of each request."""
        raise NotImplementedError

    def arrive(self, target: str, status: int, page: str) -> None:
        """What the client does with a page."""


class Reader(Walker):
    """Somebody who reads pages, and now and then searches for words that nobody else has searched for."""

    def requests(self) -> Iterator[tuple[str, str, str]]:
        address = f"192.0.2.{self.number}"
        while True:
            for page in self.random.sample(PAGES, len(PAGES)):
                yield "pages", page, address
            words = "+".join(self.random.sample(WORDS, 3))
            yield "queries", f"/search/?q={words}+{self.number}{time.monotonic_ns() % 10**9}", address

    def arrive(self, target: str, status: int, page: str) -> None:
        time.sleep(PAUSE)


class Crawler(Walker):
    """A robot that walks every combination of filters, with others of its kind."""

    frontier: deque[str] = deque(STARTS)
    seen: set[str] = set(STARTS)
    lock = threading.Lock()

    def requests(self) -> Iterator[tuple[str, str, str]]:
        while True:
            with self.lock:
                at = self.random.randrange(len(self.frontier))
                self.frontier.rotate(-at)
                target = self.frontier.popleft()
                if len(self.frontier) < len(STARTS):
                    self.frontier.extend(STARTS)
            yield "links", target, ".".join(str(self.random.randrange(1, 255)) for _ in range(4))

    def arrive(self, target: str, status: int, page: str) -> None:
        found = {urlsplit(urljoin(f"http://{HOST}{target}", unescape(link))) for link in LINK.findall(page)}
        links = {f"{link.path}?{link.query}" for link in found if link.query and link.hostname == HOST}
        with self.lock:
            if status == 429:
                self.frontier.append(target)  # later
            for link in links - self.seen:
                if len(self.frontier) < FRONTIER:
                    self.seen.add(link)
                    self.frontier.append(link)


def walk(kind: type[Walker], port: int, count: int, seconds: float) -> dict[str, dict]:
    """Lets so many walkers go for some seconds: by kind of request the times of the answers and their statuses."""
    walkers = [kind(port, number, time.monotonic() + seconds) for number in range(1, count + 1)]
    for walker in walkers:
        walker.start()
    for walker in walkers:
        walker.join()
    answers = [answer for walker in walkers for answer in walker.answers]
    return {
        name: {
            "times": sorted(seconds for kind, _, seconds in answers if kind == name),
            "statuses": Counter(status for kind, status, _ in answers if kind == name),
        }
        for name in {kind for kind, _, _ in answers}
    }
