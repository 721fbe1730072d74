"""What one process of the site takes of the memory once every page was read in all languages, beside a bare Django.

Both are served by the same server. The bare project is what `django-admin startproject` writes, with its login page
read once. The site is measured at its start, and after all pages and files to which its pages link, without and with
the page cache.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

from support import site
from support.one_reader import memory
from support.servers import gunicorn, serving

LANGUAGES = ("/", "/es/", "/fr/")
LINK = re.compile(r'href="([^"]+)"')
NOT_READ = re.compile(r"/(admin|static|api)/")
BARE = "bare.wsgi"


def main():
    options = read_options()
    bare = bare_project()
    print(f"a bare Django project: {bare:.0f} MB")
    with site.site():
        for megabytes in options.caches:
            with serving(gunicorn("reportsite.wsgi"), "/healthz", {"PAGE_CACHE_MB": str(megabytes)}) as port:
                tell(f"at the start, page cache of {megabytes} MB", memory(port), bare)
                count = sum(1 for _ in pages(port, options.readers))
                tell(f"after {count} pages and files, page cache of {megabytes} MB", memory(port), bare)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=4, help="Readers at once (4).")
    parser.add_argument("--caches", type=int, nargs="*", default=[0, 32], help="Page caches, in MB (0 32).")
    return parser.parse_args()


def bare_project() -> float:
    """The megabytes of a process that serves a new Django project."""
    with tempfile.TemporaryDirectory(prefix="bare") as folder:
        subprocess.run([sys.executable, "-m", "django", "startproject", "bare", folder], check=True)
        path = os.pathsep.join([folder, str(site.ROOT)])
        told = {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "bare.settings"}
        with serving(gunicorn(BARE), "/", told) as port:
            ask(port, "/admin/login/")
            return memory(port)


def pages(port, readers) -> Iterator[str]:
    """Reads everything that can be reached from the home pages by links without a query, and yields its address."""
    known, waiting = set(LANGUAGES), list(LANGUAGES)
    with ThreadPoolExecutor(readers) as pool:
        while waiting:
            found = pool.map(lambda path: links(ask(port, path), path), waiting)
            yield from waiting
            waiting = sorted({each for linked in found for each in linked} - known)
            known.update(waiting)


def ask(port, path) -> str:
    """What the server answers, if it is a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status >= 500:
        sys.exit(f"{path} answered {answer.status}.")
    return body.decode() if answer.getheader("Content-Type", "").startswith("text/html") else ""


def links(page, path):
    """The addresses without a query to which a page of this site links."""
    for link in LINK.findall(page):
        target = urlsplit(urldefrag(urljoin(f"http://localhost{path}", link)).url)
        if target.netloc == "localhost" and not target.query and not NOT_READ.match(target.path):
            yield target.path


def tell(words, megabytes, bare):
    print(f"{words}: {megabytes:.0f} MB, {megabytes / bare:.2f} times", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(site.ROOT))
    main()
