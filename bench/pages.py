"""How many results pages a second one process serves, beside Datasette's search page with four facets.

Both servers have one processor, the load has another.

`python bench/pages.py --datasette PATH`; the README says how to get that program. Nothing leaves this machine.
"""

import argparse
import os
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import permutations, repeat
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from support import site
from support.load_client import load
from support.servers import COLUMNS, datasette, gunicorn, on_processor, serving, write_database

PAGE = 20
KINDS = ("new", "repeated")


@dataclass(frozen=True)
class Side:
    """A server to be asked: where it is, and the address of its results page."""

    name: str
    port: int
    path: str
    parameter: str
    more: tuple[tuple[str, str], ...] = ()

    def target(self, query: str) -> str:
        return f"{self.path}?{urlencode([(self.parameter, query), *self.more])}"


def main():
    options = read_options()
    with ExitStack() as open_:
        folder = open_.enter_context(site.site())
        texts = site.paragraphs()
        with on_processor(-1):
            sides = list(start(options, folder, texts, open_))
        queries = new_queries(texts)
        with on_processor(0):
            rounds = [one_round(number, sides, queries, options) for number in range(options.rounds)]
    tell(sides, rounds)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    named = os.environ.get("DATASETTE") or shutil.which("datasette")
    parser.add_argument("--datasette", default=named, metavar="PATH", help="Datasette's program (DATASETTE, PATH).")
    parser.add_argument("--rounds", type=int, default=5, help="Rounds; the ratios' median counts (5).")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long each burst takes (2).")
    parser.add_argument("--connections", type=int, default=8, help="Connections at once (8).")
    return parser.parse_args()


def start(options, folder: Path, texts, open_):
    """The two sides, each in a process of its own; only the site where there is no Datasette."""
    port = open_.enter_context(serving(gunicorn("reportsite.wsgi"), "/healthz"))
    yield Side("the site", port, "/search/", "q")
    if not options.datasette:
        print("Without Datasette, since no such program was named or found; bench/README.md says how to get it.")
        return
    database = folder / "report.db"
    write_database(database, texts)
    port = open_.enter_context(serving(datasette(options.datasette, database), "/-/versions.json"))
    facets = tuple(("_facet", name) for name in COLUMNS)
    yield Side(
        "Datasette", port, "/report/paragraphs", "_search", (*facets, ("_size", str(PAGE)), ("_searchmode", "raw"))
    )


def new_queries(texts) -> Iterator[str]:
    """Queries of the form "one OR other" that fill a page, each another one, in an order that is always the same."""
    found = {number: set(re.findall(r"[a-z]{6,}", text.lower())) for number, text in texts.items()}
    often = Counter(word for words in found.values() for word in words)
    words = sorted(word for word, count in often.items() if PAGE / 2 <= count <= len(texts) / 2)
    holds = {word: {number for number, own in found.items() if word in own} for word in words}
    pairs = [(one, two) for one, two in permutations(words, 2) if len(holds[one] | holds[two]) >= PAGE]
    random.Random(1990).shuffle(pairs)
    return (f"{one} OR {two}" for one, two in pairs)


def one_round(number, sides, queries, options) -> dict[tuple[str, str], float]:
    """Answers a second by side and kind of query; who is asked first changes from round to round."""
    rates = {}
    order = sides if number % 2 == 0 else sides[::-1]
    again = next(queries)
    for kind in KINDS:
        for side in order:
            asked = (side.target(query) for query in (queries if kind == "new" else repeat(again)))
            made = load(side.port, asked, options.seconds, options.connections)
            if not made.statuses:
                sys.exit("No new query is left. Ask for fewer rounds, or for shorter ones.")
            if set(made.statuses) != {200}:
                sys.exit(f"{side.name} answered {dict(made.statuses)}; only pages can be compared.")
            rates[side.name, kind] = made.rate
            count = sum(made.statuses.values())
            print(f"  round {number + 1}: {side.name}, {kind} query: {made.rate:8.1f} a second"
                  f" ({count} pages of {made.size / count / 1024:.0f} KB)", flush=True)  # fmt: skip
    return rates


def tell(sides, rounds):
    """Prints the medians of the rates and of the ratios within each round."""
    print(f"\n{'pages a second (median)':26}{'new query':>12}{'repeated':>12}")
    for side in sides:
        print(f"{side.name:26}" + "".join(f"{median(one[side.name, kind] for one in rounds):12.1f}" for kind in KINDS))
    if len(sides) == 2:
        ours, theirs = (side.name for side in sides)
        ratios = [median(one[ours, kind] / one[theirs, kind] for one in rounds) for kind in KINDS]
        print(f"{'ratio (median of rounds)':26}" + "".join(f"{ratio:11.1f}x" for ratio in ratios))


if __name__ == "__main__":
    main()
