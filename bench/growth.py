"""How the site grows with the number of reports: `python bench/growth.py --paragraphs 10000,50000`, on PostgreSQL.

Makes a database for each size, of reports of 250 paragraphs with entries, mentions and article links, and then measures
each of them in turn, in several rounds: pages, new queries in one report and in all, facets, the API, the import of one
more report, edits, the start, and memory. The table gives medians over the rounds, and in brackets the ratio to the
first size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from corpus import REPLY, generate, phrases, vocabulary
from support import site
from support.fill_database import SYMBOL, fill, symbol
from support.one_reader import asking, memory
from support.servers import serving

PER_REPORT = 250
NEW_TEXT = 1_000_000_000  # the first generated paragraph of the reports that are imported
PAGES = {
    "home": "/",
    "report": f"/{SYMBOL}/",
    "paragraph": f"/{SYMBOL}/paragraphs/103/",
    "reply": f"/{SYMBOL}/replies/14/",
    "entry": "/institutions/institution-0/",
    "register": "/institutions/",
    "Convention": "/convention/",
    "article": "/convention/articles/2/",
    "API, paragraphs": "/api/v1/paragraphs/?limit=20&offset=",
    "API, register": "/api/v1/institutions/?limit=100&offset=",
    "sitemap": "/sitemap.xml",
}


def main():
    options = read_options()
    if options.build:
        build(options)
    elif options.measure:
        measure(options)
    else:
        run(options)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", default="10000,50000", help="Sizes with commas between them (10000,50000).")
    parser.add_argument("--per-report", type=int, default=PER_REPORT, help=f"Paragraphs of a report ({PER_REPORT}).")
    parser.add_argument("--rounds", type=int, default=3, help="How often each size is measured (3).")
    parser.add_argument("--queries", type=int, default=40, help="New queries of each kind of search in a round (40).")
    parser.add_argument("--sqlite", action="store_true", help="On SQLite instead of PostgreSQL.")
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(options):
    """Builds all sizes, measures them in turn, and prints the table."""
    from sections.tests.support.postgres import NotHere, running

    sizes = [int(size) for size in options.paragraphs.split(",")]
    try:
        with (
            tempfile.TemporaryDirectory(prefix="growth") as folder,
            nullcontext("") if options.sqlite else running() as url,
        ):
            databases = {size: database(url, Path(folder), size) for size in sizes}
            for size in sizes:
                apart("--build", size, options, databases[size], folder)
            rounds = {size: [] for size in sizes}
            for number in range(options.rounds):
                for size in sizes:
                    told = apart("--measure", size, options, databases[size], folder, BENCH_ROUND=str(number))
                    rounds[size].append(json.loads(told))
            print_table(rounds)
    except NotHere as reason:
        print(f"Without PostgreSQL: {reason}.")


def database(url, folder, size):
    """The address of a new database for a size."""
    if not url:
        return f"sqlite:///{folder}/growth-{size}.sqlite3"
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE growth_{size}")
    return f"{url.rpartition('/')[0]}/growth_{size}"


def apart(what, size, options, database, folder, **more):
    """Runs a part of the work in a process of its own; the last line of what it prints."""
    command = [sys.executable, __file__, what, str(size), "--per-report", str(options.per_report)]
    command += ["--queries", str(options.queries)]
    told = {**os.environ, **site.environment(Path(folder), database), **more, "SECRET_KEY": "kept from nobody " * 3}
    done = subprocess.run(command, env=told, stdout=subprocess.PIPE, text=True, check=True)
    *lines, last = done.stdout.splitlines() or [""]
    for line in lines if what == "--measure" else [*lines, last]:
        print(line, flush=True)
    return last


def build(options):
    """Fills the database and builds the index."""
    site.make_ready(load=False)
    from django.core.management import call_command
    from django.db import connection

    call_command("loaddata", site.ROOT / "fixtures" / "convention.json", verbosity=0)
    took = timed(lambda: fill(options.build, options.per_report))
    index = timed(lambda: call_command("rebuild_search", verbosity=0))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "VACUUM")
        size = os.path.getsize(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
        if size is None:
            cursor.execute("SELECT pg_database_size(current_database())")
            (size,) = cursor.fetchone()
    print(
        f"{options.build:,} paragraphs in {-(-options.build // options.per_report):,} reports: "
        f"written in {took:,.0f} s, indexed in {index:,.0f} s, {size / 1e6:,.0f} MB"
    )


def measure(options):
    """Measures the site once, and prints what it took as JSON, in milliseconds and megabytes."""
    import django

    django.setup()
    number, reports = int(os.environ["BENCH_ROUND"]), -(-options.measure // options.per_report)
    found = {}
    # One reader asks for more than people do, and no other is kept waiting by that.
    os.environ |= {"REQUESTS_PER_SECOND": "100000", "SEARCHES_PER_SECOND": "100000"}
    start = time.perf_counter()
    command = [sys.executable, "-m", "gunicorn", "reportsite.wsgi", "--bind", "127.0.0.1:{port}", "--workers", "1"]
    with serving([*command, "--threads", "4", "--no-control-socket"], f"/search/?q={word(0)}") as port:
        found["first answer after the start"] = 1000 * (time.perf_counter() - start)
        ask = asking(port)
        for name, path in PAGES.items():
            # Each time at another address, so that no finished page answers; the API refuses what it does not know.
            turns = [3 * number + again for again in range(3)]
            found[name] = median(ask(f"{path}{turn}" if path.endswith("=") else f"{path}?n={turn}") for turn in turns)
        found["memory, one report read"] = memory(port)
        one = [f"/search/?q={quote(query)}" for query in queries(number, options.queries)]
        found |= spread("results page, one report", [ask(path) for path in one])
        symbols = [symbol(1 + (7 * place + number) % reports) for place in range(options.queries)]
        others = [f"{path}&report={symbol}" for path, symbol in zip(one, symbols, strict=True)]
        found |= spread("results page, any report", [ask(path) for path in others])
        found["all reports, the first"] = ask(f"/search/?report=all&q={word(1)}")
        found |= spread("results page, all reports", [ask(f"{path}&report=all") for path in one])
        filters = "&report=all&institution=institution-0&part=2"
        found |= spread("with two filters, all reports", [ask(f"{path}{filters}") for path in one])
        found |= spread("API, all reports", [ask(f"/api/v1{path}&report=all") for path in one])
        found["memory, all reports searched"] = memory(port)
        found |= edits(number, ask)
        found["import one more report"] = import_report(number)
        found["search after an import"] = ask(f"/search/?q={word(900 + number)}")
    print(json.dumps(found))


def word(number):
    return vocabulary()[100 + number]


def queries(number, count):
    """New queries for each round: common and rare words, two words, phrases, alternatives."""
    words, pairs = vocabulary(), phrases()
    for place in range(number * count, (number + 1) * count):
        yield (
            words[60 + place],
            words[8_000 + 13 * place],
            f"{words[400 + place]} {words[900 + 3 * place]}",
            f'"{" ".join(pairs[place % len(pairs)])}"',
            f"{words[1_200 + 7 * place]} OR {words[3_000 + 11 * place]}",
        )[place % 5]


def edits(number, ask):
    """The decision on a mention, a new name for an entry, and the first search of a server process after each."""
    from django.contrib.auth.models import User
    from django.test import Client
    from support.editor_client import filled_in

    from sections.editing.review import set_review
    from sections.models import Entry, Mention

    user, _ = User.objects.get_or_create(username="ana", is_staff=True, is_superuser=True)
    took = {"decide on a mention": [], "give an entry a name": [], "search after an edit": [], "all after an edit": []}
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    entry = Entry.objects.get(type="institution", slug="institution-50")
    mentions = list(Mention.objects.filter(block__paragraph__report__is_default=True, review="unreviewed")[:5])
    for place, mention in enumerate(mentions):
        took["decide on a mention"].append(
            1000 * timed(lambda key=mention.pk: set_review(Mention, [key], "confirmed", user=user))
        )
        took["search after an edit"].append(ask(f"/search/?q={word(300 + 10 * number + place)}"))
        took["all after an edit"].append(ask(f"/search/?report=all&q={word(500 + 10 * number + place)}"))
        fields = filled_in(client.get(path := f"/admin/sections/institution/{entry.pk}/change/").content.decode())
        last = max((key for key in fields if key.startswith("names-") and key.endswith("-text")), key=_place)
        fields |= {
            last: f"Zq {time.time_ns()}",
            last.replace("-text", "-language"): "en",
            last.replace("-text", "-form"): "name",
        }
        took["give an entry a name"].append(
            1000 * timed(lambda fields=fields, path=path: saved(client, path, fields, filled_in))
        )
    return {name: median(times) for name, times in took.items()}


def _place(key):
    return int(key.split("-")[1])


def saved(client, path, fields, filled_in):
    """Saves by the desk, past the page that shows what the save will do."""
    answer = client.post(path, fields)
    if answer.status_code == 200:
        answer = client.post(path, filled_in(answer.content.decode()))
    if answer.status_code != 302:
        sys.exit("The desk did not save.")


def import_report(number):
    """The milliseconds in which one more report is imported and linked."""
    from django.core.management import call_command

    lines = []
    for made in generate(PER_REPORT, first=NEW_TEXT + number * PER_REPORT):
        place = (made.number - NEW_TEXT) % PER_REPORT
        if place % REPLY == 0:
            lines.append(f"\t\tReply to paragraph {place // REPLY + 1}")
        lines.append(f"{place + 1}.\t{' '.join(made.blocks)}")
    name = f"CMW/C/NEW/{number + 1}"
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        source = Path(folder) / "report.txt"
        source.write_text("\n".join([*lines, ""]), encoding="utf-8")

        def import_and_link():
            call_command("import_report", str(source), symbol=name, stdout=nowhere)
            call_command("link_report", name, stdout=nowhere)

        return 1000 * timed(import_and_link)


def timed(act):
    """The seconds that it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def spread(name, times):
    return {f"{name}, p50": median(times), f"{name}, p95": quantiles(times, n=20, method="inclusive")[-1]}


def print_table(rounds):
    first = next(iter(rounds))
    print(f"\n{'milliseconds, megabytes':36}" + "".join(f"{f'{size:,}':>22}" for size in rounds))
    for name in rounds[first][0]:
        medians = {size: median(each[name] for each in of_size) for size, of_size in rounds.items()}
        cells = "".join(f"{value:13,.1f} ({value / medians[first]:5.2f})" for value in medians.values())
        print(f"{name:36}{cells}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.path.insert(0, str(site.ROOT))
    main()
