"""A walk over every link of the running site, from its front page."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

# Filters and pages of a list make endless combinations; some of each are enough.
QUERIES_PER_PATH = 6
# The other languages have every page again; a walk into each shows whether its links hold.
PAGES_PER_LANGUAGE = 40
# There are hundreds of pages of a kind, and each offers itself in a dozen forms of file; so many of each are enough.
PAGES_PER_KIND = 50
FILES_PER_ENDING = 20
NAMES = re.compile(r"(/institutions/|/laws/|/programmes/)[^/]+|\d+")


class Links(HTMLParser):
    """Gathers where a page leads to and what it loads, and the places in it that a link can name."""

    def __init__(self, text):
        super().__init__()
        self.targets, self.places = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.add(given.get("id"))
        target = given.get("src") or (given.get("href") if tag in {"a", "link"} else None)
        if target:
            self.targets.append(target)


def walk(address):
    """`{address: (status, places, [(target, fragment)])}` of all that links lead to within the site."""
    host = urlsplit(address).netloc
    connection = HTTPConnection(host, timeout=60)
    seen, waiting, queries, translated, files, kinds = (
        {},
        deque([f"{address}/"]),
        Counter(),
        Counter(),
        Counter(),
        Counter(),
    )
    while waiting:
        here = waiting.popleft()
        kind = NAMES.sub(r"\1*", urlsplit(here).path)
        kinds[kind] += here not in seen
        if here in seen or kinds[kind] > PAGES_PER_KIND:
            continue
        status, location, text = _get(connection, here)
        links = Links(text)
        found = [urldefrag(urljoin(here, target)) for target in [*links.targets, *filter(None, [location])]]
        found = [(target, fragment) for target, fragment in found if urlsplit(target).netloc == host]
        seen[here] = (status, links.places, found)
        for target, _ in found:
            parts = urlsplit(target)
            if target in seen or parts.path.startswith("/admin/"):
                continue
            if language := re.match("/(?:es|fr)/", parts.path):
                translated[language[0]] += 1
                if translated[language[0]] > PAGES_PER_LANGUAGE:
                    continue
            if ending := re.search(r"\.[a-z.]+$", parts.path):
                files[ending[0]] += 1
                if files[ending[0]] > FILES_PER_ENDING:
                    continue
            queries[parts.path] += bool(parts.query)
            if not parts.query or queries[parts.path] <= QUERIES_PER_PATH:
                waiting.append(target)
    return seen


def _get(connection, address):
    parts = urlsplit(address)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = connection.getresponse()
    body = answer.read()
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status, answer.headers.get("Location"), body.decode() if is_page else ""


@pytest.mark.long
@pytest.mark.apart
def test_it_has_no_dead_link_no_failing_page_and_no_page_that_none_links_to(running_site):
    seen = walk(running_site)
    leading = {target: here for here, (_, _, found) in seen.items() for target, _ in found}
    dead = [
        f"{here}: {status}, linked from {leading.get(here)}" for here, (status, *_) in seen.items() if status >= 400
    ]
    assert dead == []
    lost = {
        f"{target}#{fragment}, linked from {here}"
        for here, (_, _, found) in seen.items()
        for target, fragment in found
        if fragment and not fragment.startswith(":~:") and target in seen and fragment not in seen[target][1]
    }
    assert sorted(lost) == []
    connection = HTTPConnection(urlsplit(running_site).netloc, timeout=60)
    connection.request("GET", "/sitemap.xml")
    listed = re.findall(r"<loc>([^<]+)</loc>", connection.getresponse().read().decode())
    assert len(listed) > 222
    assert sorted(set(listed) - set(seen) - set(leading)) == []
