"""Processes that read while one writes: `python -m sections.tests.support.beside_writer` prints what they saw, as JSON.

The database is the one that DATABASE_URL names; it is empty before. With `--read` it is a process that reads once for
every line that it is given.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sections.tests.support.killing_settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from sections.editing.review import Decision, decide_links, state_of  # noqa: E402
from sections.models import Mention, Review, content_changed  # noqa: E402
from sections.search.indexer import rebuild  # noqa: E402

from .world import make_world  # noqa: E402

PAGES = ("/", "/institutions/", "/changes/", "/XXX/C/EXA/1/paragraphs/1/", "/search/?q=travellers")
SEARCH = "/api/v1/search/?q=institution:NOT"


def read() -> dict:
    """The status of some pages, and the number of paragraphs that name the Office."""
    client = Client()
    statuses = {page: client.get(page).status_code for page in PAGES}
    answer = client.get(SEARCH)
    return {"failed": [page for page in statuses if statuses[page] != 200], "count": answer.json().get("count")}


@contextmanager
def reader():
    """A function that lets another process read, and gives what it saw."""
    command = [sys.executable, "-m", __spec__.name, "--read"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask():
        process.stdin.write("\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.wait()


@contextmanager
def open_write():
    """Within, another connection holds a write transaction in which it has changed something readers see."""
    holds, let_go = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            content_changed(names=True)
            Mention.objects.update(review=Review.REJECTED)
            holds.set()
            let_go.wait()
            transaction.set_rollback(True)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    holds.wait()
    try:
        yield
    finally:
        let_go.set()
        writer.join()


def reject():
    """Rejects one of the links to the Office, as the review desk does."""
    mention = Mention.objects.shown().filter(surface="NOT", block__paragraph__number=9).get()
    decide_links(Mention, [mention.pk], Decision.REJECT, state_of(mention))


def observe() -> dict:
    """What the processes saw, in order."""
    call_command("migrate", verbosity=0)
    make_world()
    rebuild()
    seen = {}
    with reader() as other:
        seen["here before"], seen["elsewhere before"] = read(), other()
        reject()
        with open_write(), reader() as newcomer:
            seen["here"], seen["elsewhere"], seen["started meanwhile"] = read(), other(), newcomer()
        seen["here after"], seen["elsewhere after"] = read(), other()
    return seen


if __name__ == "__main__":
    if "--read" in sys.argv:
        for _ in sys.stdin:
            print(json.dumps(read()), flush=True)
    else:
        print(json.dumps(observe()))
