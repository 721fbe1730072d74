"""How many pages a second one process makes that are in no page cache, beside a constant Django view.

Both are behind the same middleware in the same server, on one processor, the load on another. "After an edit" is the
first answer after the content changed, one after the other. `python bench/first_views.py`
"""

import argparse
import sys
import time
import urllib.request
from contextlib import ExitStack
from itertools import cycle
from statistics import median

from support import site
from support.load_client import HOST, load
from support.servers import gunicorn, on_processor, serving

CONSTANT = "/constant/"
REPORT = "/CMW/C/MEX/3"
WITHOUT_LIMITS = {"PAGE_CACHE_MB": "0", "REQUESTS_PER_SECOND": "0"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="Rounds; the median of their ratios counts (5).")
    parser.add_argument("--seconds", type=float, default=1.0, help="How long each burst takes (1).")
    parser.add_argument("--connections", type=int, default=8, help="Connections at once (8).")
    parser.add_argument("--edits", type=int, default=5, help="Edits, each before one answer of each page (5).")
    options = parser.parse_args()
    with ExitStack() as open_:
        open_.enter_context(site.site())
        pages = {
            "paragraph": [f"{REPORT}/paragraphs/{number}/" for number in site.paragraphs()],
            "entry": ["/institutions/national-institute-for-migration/"],
            "home": ["/"],
            "reply": [f"{REPORT}/replies/14/"],
            "whole report": [f"{REPORT}/full/"],
            "fidelity": ["/about/fidelity/"],
            "Convention": ["/convention/"],
        }
        with on_processor(-1):
            port = open_.enter_context(serving(gunicorn("bench.support.with_constant"), "/healthz", WITHOUT_LIMITS))
        with on_processor(0):
            print(f"{'':16}{'pages a second':>16}{'constant':>12}{'ratio':>10}{'after an edit':>18}{'ratio':>10}")
            for name, paths in pages.items():
                for path in paths:  # as a server that runs has them all prepared
                    answer_time(port, path)
                rounds = [one_round(number, port, paths, options) for number in range(options.rounds)]
                ours, constant = (median(rates) for rates in zip(*rounds, strict=True))
                ratio = median(one / other for one, other in rounds)
                after = median(after_edit(port, paths[0]) for _ in range(options.edits))
                single = median(answer_time(port, CONSTANT) for _ in range(50))
                print(
                    f"{name:16}{ours:16.1f}{constant:12.1f}{ratio:10.4f}{after * 1000:15.1f} ms{single / after:10.4f}",
                    flush=True,
                )


def one_round(number, port, paths, options):
    """Pages a second of ours and of the constant view; which is asked first changes from round to round."""
    rates = {}
    for kind, targets in [("ours", paths), ("constant", [CONSTANT])][:: 1 if number % 2 == 0 else -1]:
        burst = load(port, cycle(targets), options.seconds, options.connections)
        if set(burst.statuses) != {200}:
            sys.exit(f"{targets[0]} answered {dict(burst.statuses)}; only pages can be compared.")
        rates[kind] = burst.rate
    return rates["ours"], rates["constant"]


def after_edit(port, path):
    """Seconds of the first answer after the content changed."""
    from sections.models import content_changed

    content_changed()
    return answer_time(port, path)


def answer_time(port, path):
    """Seconds until the whole answer is there."""
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=30) as answer:
        answer.read()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
