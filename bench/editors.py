"""Eight editors save at once, beside readers at full load: `python bench/editors.py`, on SQLite and on PostgreSQL.

Each editor in turn gives a name to an entry of their own, and adds a word to the description of an entry that all
share. Every save must be in the history and in the search at once, and none may be lost: who comes second at a shared
entry is shown what the first changed, and starts again. The script fails where an answer is 5xx or a save is missing.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from urllib.parse import quote

from support import site
from support.editor_client import Editor, filled_in
from support.load_client import load
from support.servers import gunicorn, serving

PASSWORD = "blue harbour 71"
PAGES = ("/", "/CMW/C/MEX/3/paragraphs/103/", "/search/?q=migration", "/institutions/", "/convention/articles/22/")


def main():
    options = read_options()
    if options.read:
        read(options)
    elif options.database is not None:
        with site.site(options.database) as folder:
            sys.exit(measure(options, folder))
    else:
        sys.exit(max(each_database(options)))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="How long they save (60).")
    parser.add_argument("--alone", type=float, default=5.0, help="How long the readers read alone before (5).")
    parser.add_argument("--editors", type=int, default=8, help="How many editors (8).")
    parser.add_argument("--readers", type=int, default=8, help="Connections that read all the time (8).")
    parser.add_argument("--workers", type=int, default=2, help="Server processes, as make run has them (2).")
    parser.add_argument("--database", help="Only this one: '' is SQLite, else an empty PostgreSQL database.")
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def each_database(options):
    """Runs the measurement on each database, in a process of its own."""
    from sections.tests.support.postgres import NotHere, running

    for name, start in (("SQLite", lambda: nullcontext("")), ("PostgreSQL", running)):
        print(f"{name}:", flush=True)
        try:
            with start() as address:
                yield subprocess.call([sys.executable, __file__, *sys.argv[1:], f"--database={address}"])
        except NotHere as reason:
            print(f"  left out: {reason}")


def read(options):
    """Reads pages all the time from a process of its own, and prints what came of it."""

    def pages():
        while True:
            yield from PAGES

    made = load(options.read, pages(), options.seconds, options.readers)
    print(json.dumps([sorted(made.statuses.items()), made.rate]))


def measure(options, folder: Path) -> int:
    """Lets editors and readers work, and tells what came of it; 0 when nothing was lost."""
    own, shared = prepare(options.editors)
    with serving(gunicorn("reportsite.wsgi", options.workers), "/healthz") as port:
        _, alone = json.loads(reader(port, options, options.alone).communicate()[0])
        reading = reader(port, options, options.seconds)
        works = [Work(port, number, own[number], shared, options.seconds) for number in range(options.editors)]
        for work in works:
            work.start()
        for work in works:
            work.join()
        statuses, rate = json.loads(reading.communicate()[0])
    return tell(works, dict(statuses), (rate, alone), shared, options.seconds)


def reader(port, options, seconds) -> subprocess.Popen:
    """A process that reads for so many seconds."""
    command = [sys.executable, __file__, f"--read={port}", f"--seconds={seconds}", f"--readers={options.readers}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def prepare(editors):
    """Makes the editors, and names the entries that they edit."""
    from django.contrib.auth.models import User

    from sections.models import Entry

    for number in range(editors):
        User.objects.create_superuser(f"editor{number}", password=PASSWORD)
    entries = list(Entry.objects.filter(type="institution").order_by("pk")[: editors + 1])
    Entry.objects.filter(pk=entries[0].pk).update(description="")
    return [(entry.pk, entry.slug) for entry in entries[1:]], entries[0].pk


class Work(threading.Thread):
    """One editor's work: saves until the time is over, and looks for each save at once."""

    def __init__(self, port, number, own, shared, seconds):
        super().__init__()
        self.number, self.own, self.shared = number, own, shared
        self.end = time.monotonic() + seconds
        self.editor = Editor(port)
        self.names, self.words, self.times = [], [], []
        self.conflicts, self.faults = 0, []

    def run(self):
        try:
            self.editor.log_in(f"editor{self.number}", PASSWORD)
            count = 0
            while time.monotonic() < self.end:
                count += 1
                self.give_name(f"Qx{self.number}z{count}")
                if time.monotonic() < self.end:
                    self.add_word(f"w{self.number}x{count}")
        except Exception as fault:  # told at the end, with the others'
            self.faults.append(f"{type(fault).__name__}: {fault}")

    def save(self, entry, change):
        """Opens the entry's form, changes it and saves; again from the beginning while somebody else was quicker."""
        path = f"/admin/sections/institution/{entry}/change/"
        while True:
            fields = filled_in(self.editor.ask(path).page)
            change(fields)
            start = time.monotonic()
            answer = self.editor.ask(path, fields | {"_continue": "1"})
            if answer.status == 200 and "_seen" in answer.page:  # what the save would do, shown first
                answer = self.editor.ask(path, filled_in(answer.page))
            if answer.status == 302:
                self.times.append(time.monotonic() - start)
                return
            if answer.status != 409:
                raise RuntimeError(f"not saved: {answer.status} {answer.page[:300]}")
            self.conflicts += 1

    def give_name(self, name):
        def change(fields):
            row = f"names-{int(fields['names-TOTAL_FORMS']) - 1}-"
            used = [key for key in fields if key.startswith("names-") and fields[key].startswith("Qx")]
            fields[used[0] if used else f"{row}text"] = name
            fields[f"{used[0].rpartition('-')[0]}-language" if used else f"{row}language"] = "en"

        self.save(self.own[0], change)
        self.names.append(name)
        answer = self.editor.ask(f"/api/v1/search/?q={quote(name)}")
        if self.own[1] not in answer.page:
            self.faults.append(f"{name} is not found at once")

    def add_word(self, word):
        def change(fields):
            fields["description"] = f"{fields['description'][-300:]} {word}".strip()

        self.save(self.shared, change)
        self.words.append(word)


def tell(works, readers, rates, shared, seconds):
    """Prints the outcome; 1 where anything was lost or failed."""
    from sections.models import Entry, Name

    faults = [fault for work in works for fault in work.faults]
    written = Counter(Name.history.values_list("text", flat=True))
    faults += [
        f"{name} is {written[name]} times in the history" for work in works for name in work.names if written[name] != 1
    ]
    words = " ".join(Entry.history.filter(id=shared).order_by("history_id").values_list("description", flat=True))
    lost = [word for work in works for word in work.words if word not in words.split()]
    rows = list(Entry.history.filter(id=shared).order_by("history_id").values_list("description", flat=True))
    steps = zip(rows, rows[1:], strict=False)
    lost += [after for before, after in steps if after.rpartition(" ")[0] != before[-300:].strip() and before != after]
    statuses = Counter(status for work in works for status in work.editor.statuses) + Counter(readers)
    failed = sum(count for status, count in statuses.items() if status >= 500)
    times = sorted(took for work in works for took in work.times)
    saves = sum(len(work.names) + len(work.words) for work in works)
    late = times[int(len(times) * 0.95)] if times else 0
    print(f"  {saves} saves in {seconds:.0f} s, {sum(work.conflicts for work in works)} times second at a shared entry")
    print(f"  a save took {1000 * median(times or [0]):.0f} ms (median), {1000 * late:.0f} ms (95 of 100)")
    rate, alone = rates
    print(f"  readers: {rate:.0f} pages a second beside them, {alone:.0f} alone, {rate / alone:.2f} of it")
    print(f"  answers by status: {dict(sorted(statuses.items()))}")
    print(f"  answers 5xx: {failed}; lost updates: {len(lost)}; other faults: {len(faults)}")
    for fault in [*lost, *faults][:10]:
        print(f"    {fault}")
    return 1 if failed or lost or faults or not saves else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(site.ROOT))
    main()
