"""Fifty crawlers on facet links, beside readers: `python bench/crawlers.py`.

Each request of a crawler comes from another address, with the headers of a browser. The crawlers follow every link that
filters a list, whatever robots.txt and `nofollow` say, and after a refusal go on at once with the next. Readers read
pages and make new plain queries. Rounds alternate: readers alone, then beside the crawlers. What counts is the ratio of
the times within which 95 of 100 answers came. The script fails where a reader was refused or saw an error.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from statistics import median

from support import site
from support.servers import on_processor, serving
from support.walkers import Crawler, Reader, walk

WALKERS = {"readers": Reader, "crawlers": Crawler}
KINDS = {"pages": "a page", "queries": "a new query"}


def main():
    options = read_options()
    if options.walk:
        walker, port, count = options.walk.split(":")
        print(json.dumps(walk(WALKERS[walker], int(port), int(count), options.seconds)))
        return
    with site.site():
        command = ["env", "PORT={port}", sys.executable, "-m", "reportsite.start"]
        # The limits are those of a site for which none is set.
        environment = {"TRUSTED_PROXIES": "1", "REQUESTS_PER_SECOND": "", "SEARCHES_PER_SECOND": ""}
        with on_processor(-1), serving(command, "/healthz", environment) as port, on_processor(0):
            outcome(start("readers", port, options.readers, options))  # who comes later finds the pages cached
            rounds = [one_round(number, port, options) for number in range(options.rounds)]
    sys.exit(tell(rounds))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="Rounds; the ratios' median counts (5).")
    parser.add_argument("--seconds", type=float, default=8.0, help="How long each half of a round takes (8).")
    parser.add_argument("--crawlers", type=int, default=50, help="Crawlers at once (50).")
    parser.add_argument("--readers", type=int, default=8, help="Readers at once (8).")
    parser.add_argument("--walk", help=argparse.SUPPRESS)
    return parser.parse_args()


def start(walkers, port, count, options):
    """Lets walkers go in a process of their own."""
    command = [sys.executable, __file__, f"--walk={walkers}:{port}:{count}", f"--seconds={options.seconds}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def outcome(process):
    return json.loads(process.communicate()[0])


def one_round(number, port, options) -> dict:
    """What readers met alone and beside crawlers, and what the crawlers met."""
    alone = outcome(start("readers", port, options.readers, options))
    crawlers = start("crawlers", port, options.crawlers, options)
    beside = outcome(start("readers", port, options.readers, options))
    crawled = outcome(crawlers)["links"]
    for words, made in (("alone", alone), ("beside crawlers", beside)):
        times = ", ".join(f"{KINDS[kind]} {1000 * late(made[kind]):.1f} ms" for kind in KINDS if kind in made)
        print(f"  round {number + 1}, readers {words}: 95 of 100 within: {times}")
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(crawled["statuses"].items()))
    print(f"  round {number + 1}, crawlers: {statuses}", flush=True)
    return {"alone": alone, "beside": beside}


def late(made):
    """The seconds within which 95 of 100 answers came."""
    return made["times"][int(len(made["times"]) * 0.95)]


def tell(rounds) -> int:
    """Prints the medians of the times and of the ratios within each round; 1 where a reader was not served."""
    statuses = Counter()
    for kind, words in KINDS.items():
        if not all(kind in one[when] for one in rounds for when in ("alone", "beside")):
            print(f"{words}: too few answers; use longer rounds")
            continue
        alone, beside = ([late(one[when][kind]) for one in rounds] for when in ("alone", "beside"))
        ratio = median(after / before for before, after in zip(alone, beside, strict=True))
        print(f"{words:12} 95 of 100 within {1000 * median(alone):.1f} ms alone, {1000 * median(beside):.1f} ms beside"
              f" crawlers; ratio (median of rounds) {ratio:.2f}")  # fmt: skip
        for one in rounds:
            statuses.update(one["alone"][kind]["statuses"])
            statuses.update(one["beside"][kind]["statuses"])
    print(f"readers’ answers by status: {dict(statuses)}")
    return 0 if set(statuses) == {"200"} else 1


if __name__ == "__main__":
    main()
