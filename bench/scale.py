"""How the search grows: p50 and p95 of rare, common, phrase and OR queries over generated paragraphs.

`python bench/scale.py --engines sqlite,postgresql --paragraphs 10000,100000`; `--help` names the parts that can be run.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles

from corpus import generate, phrases, vocabulary
from support import site

ENGINES = ("sqlite", "postgresql")
KINDS = ("rare", "common", "phrase", "OR")


def main():
    options = read_options()
    if options.one:
        measure(options)
        return
    for paragraphs in options.paragraphs:
        for engine in options.engines:
            run_apart(engine, paragraphs, options)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", type=listed(ENGINES), default=ENGINES, help="sqlite, postgresql or both.")
    parser.add_argument("--paragraphs", type=listed(), default=[10_000], help="How many: 10000,100000,1000000.")
    parser.add_argument("--kinds", type=listed(KINDS), default=KINDS, help="Which queries: rare,common,phrase,OR.")
    parser.add_argument("--queries", type=int, default=30, help="Different queries of each kind (30).")
    parser.add_argument("--part", choices=("all", "raw", "site"), default="all", help="Only one side (all).")
    parser.add_argument("--one", metavar="ENGINE", help=argparse.SUPPRESS)
    return parser.parse_args()


def listed(allowed=()):
    """Reads a list that commas separate: of these words, or of numbers."""

    def read(text):
        found = [piece.strip() for piece in text.split(",") if piece.strip()]
        wrong = [piece for piece in found if (piece not in allowed if allowed else not piece.isdigit())]
        if wrong or not found:
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: {', '.join(allowed) or 'whole numbers'}")
        return found if allowed else [int(piece) for piece in found]

    return read


def run_apart(engine, paragraphs, options):
    """Measures one engine at one size in a process of its own, so that none warms another's memory."""
    from sections.tests.support.postgres import NotHere, running

    command = [sys.executable, __file__, "--one", engine, "--paragraphs", str(paragraphs), "--part", options.part]
    command += ["--queries", str(options.queries), "--kinds", ",".join(options.kinds)]
    try:
        with running() if engine == "postgresql" else nullcontext("") as url:
            subprocess.run(command, env={**os.environ, "BENCH_DATABASE": url}, check=True)
    except NotHere as reason:
        print(f"\nWithout PostgreSQL: {reason}.")


def measure(options):
    """Makes everything that is measured, asks, and prints a table."""
    (paragraphs,) = options.paragraphs
    url = os.environ.get("BENCH_DATABASE", "")
    queries = {kind: list(queries_of(kind, paragraphs, options.queries)) for kind in options.kinds}
    print(f"\n{paragraphs:,} paragraphs on {'PostgreSQL' if url else 'SQLite'}")
    with site.site(url, load=False) as folder:
        columns = {}
        if options.part != "site":
            index = timed("the raw index", lambda: raw_index(folder, url, paragraphs))
            columns |= {"raw, all ids": index.count, "raw, 20 best": index.best}
        if options.part != "raw":
            columns |= site_of(paragraphs)
        print_table(queries, columns)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  The process took {peak:,.0f} MB of memory at most.", flush=True)


def raw_index(folder, url, paragraphs):
    from support.fill_database import texts
    from support.raw_index import RawPostgres, RawSqlite

    return RawPostgres(url, texts(paragraphs)) if url else RawSqlite(folder, texts(paragraphs))


def site_of(paragraphs):
    """Two ways to ask the site, inside this process: for its results page, and for the answer that the page shows.

    The answer is asked for second, so it finds in memory the words that the page had to read from the database.
    """
    from django.core.management import call_command
    from django.test import Client
    from support.fill_database import fill

    from sections.search.service import SearchRequest, search

    call_command("loaddata", site.ROOT / "fixtures" / "convention.json", verbosity=0)
    timed("the paragraphs", lambda: fill(paragraphs))
    timed("the site's index", lambda: call_command("rebuild_search", verbosity=0))
    client = Client(SERVER_NAME="localhost")

    def page(query):
        got = client.get("/search/", {"q": query})
        if got.status_code != 200:
            sys.exit(f"The search answered {got.status_code} to {query!r}.")

    def answer(query):
        search(SearchRequest(q=query, names=False))  # another request than the page's, or it would be remembered

    # A site that has served nothing yet pays for its imports, and for reading what it keeps in memory.
    timed("the first page", lambda: page(vocabulary()[2000]))
    return {"results page": page, "its answer, warm": answer}


def queries_of(kind, paragraphs, count):
    """Different queries of a kind, every word of which occurs."""
    words, pairs = vocabulary(), phrases()
    ranks = {word: rank for rank, word in enumerate(words)}
    for place in range(count):
        if kind == "rare":
            yield rarest(1 + place * (paragraphs // count), ranks)
        elif kind == "common":
            yield words[3 + place]
        elif kind == "phrase":
            yield f'"{" ".join(pairs[place])}"'
        else:
            yield f"{words[200 + 17 * place]} OR {words[1500 + 31 * place]}"


def rarest(number, ranks):
    """The rarest word of a paragraph."""
    (paragraph,) = generate(1, first=number)
    found = re.findall(r"[a-z]+", " ".join(paragraph.blocks).lower())
    return max(found, key=lambda word: (ranks.get(word, 0), word))


def timed(what, make):
    """What `make` returns, after saying how long that took."""
    start = time.perf_counter()
    made = make()
    print(f"  making {what} took {time.perf_counter() - start:,.1f} s", flush=True)
    return made


def print_table(queries, columns):
    heads = "".join(f"{name:>22}" for name in columns)
    print(
        f"  {'milliseconds':14}{heads}\n  {'':14}{'p50':>13}{'p95':>9}" + f"{'p50':>13}{'p95':>9}" * (len(columns) - 1)
    )
    for kind, asked in queries.items():
        cells = "".join("{:13.2f}{:9.2f}".format(*spread(ask, asked)) for ask in columns.values())
        print(f"  {kind:14}{cells}", flush=True)
    if "raw, all ids" in columns:
        found = {kind: median(columns["raw, all ids"](query) for query in asked) for kind, asked in queries.items()}
        print("  paragraphs that match (median): " + ", ".join(f"{kind} {count:,.0f}" for kind, count in found.items()))


def spread(ask, queries):
    """The 50th and the 95th percentile of the milliseconds that the queries take, each asked once."""
    took = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        took.append(1000 * (time.perf_counter() - start))
    if len(took) == 1:
        return took[0], took[0]
    return median(took), quantiles(took, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
