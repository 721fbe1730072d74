"""Two threads that search while a third edits; prints the errors and the answers that lacked a hit, as JSON."""

import json
import os
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from sections.models import Mention  # noqa: E402
from sections.search.service import SearchRequest, marks, neighbours, rebuild, search, suggest  # noqa: E402
from sections.tests.support.world import make_world  # noqa: E402

EDITS = 40
# The edit rejects and confirms mentions of the Office, so no answer but that for its name changes.
QUERIES = ("budget", "travellers", "the", "reply 3", "part III", "leaving OR counted")


def main():
    call_command("migrate", verbosity=0)
    world = make_world()
    rebuild()
    expected = {query: numbers(query) for query in QUERIES}
    done, problems = threading.Event(), []
    threads = [threading.Thread(target=read, args=(expected, done, problems)) for _ in range(2)]
    threads.append(threading.Thread(target=edit, args=(world, done, problems)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"problems": problems[:5], "last": numbers("NOT")}))


def numbers(query):
    return sorted(hit.number for hit in search(SearchRequest(query)).hits)


def read(expected, done, problems):
    """Searches until the edits are done, and at least once."""
    try:
        while True:
            last = done.is_set()
            for query in QUERIES:
                results = search(SearchRequest(query))
                if len(results.hits) != results.count or numbers(query) != expected[query]:
                    problems.append(f"{query}: {results.count} hits, shown {len(results.hits)}")
                neighbours(SearchRequest(query), 3)
                marks(SearchRequest(query), 3)
                suggest(query)
            if last:
                return
    except Exception as error:
        problems.append(repr(error))
    finally:
        connection.close()


def edit(world, done, problems):
    try:
        mention = Mention.objects.get(block__paragraph__number=3, entry=world.office)
        for number in range(EDITS):
            mention.review = "confirmed" if number % 2 else "rejected"
            mention.save()
    except Exception as error:
        problems.append(repr(error))
    finally:
        done.set()
        connection.close()


if __name__ == "__main__":
    main()
