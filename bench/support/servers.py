"""Servers for a measurement: one process each, on a free port of this machine, ended with the block."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportsite.start import MEMORY
from sections.tests.support.site import ROOT, free_port

from .load_client import HOST

PATIENCE = 60  # seconds until a server must answer
COLUMNS = ("part", "article", "institution", "law")


@contextmanager
def on_processor(place: int) -> Iterator[None]:
    """Keeps this process, and those that it starts within, to one processor, so that a server and its load do
    not share it; 0 is the first, -1 the last. Does nothing where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(processors)[place]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, processors)


@contextmanager
def serving(command: list, ready: str, environment: dict[str, str] | None = None) -> Iterator[int]:
    """The port at which the command serves; `{port}` in it is replaced. Ready once it answers that path."""
    port = free_port()
    command = [str(piece).replace("{port}", str(port)) for piece in command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, cwd=ROOT, **quiet)
    try:
        wait_for(process, f"http://{HOST}:{port}{ready}", command)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process, address, command):
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError as fault:
            sys.exit(f"{address} answered {fault.code}.")
        except OSError:
            time.sleep(0.1)
    sys.exit(f"No answer from {address}. Started was: {' '.join(command)}")


def gunicorn(application: str, workers: int = 1) -> list:
    """The command that serves an application as `make run` serves the site."""
    command = [sys.executable, "-m", "gunicorn", application, "--config", "python:reportsite.gunicorn"]
    command = ["env", *(f"{name}={value}" for name, value in MEMORY.items()), *command]
    return [*command, "--bind", f"{HOST}:{{port}}", "--workers", str(workers), "--log-level", "error"]


def datasette(program: str, database: Path) -> list:
    """The command that serves a database with Datasette, which may take it for unchanging."""
    return [program, "serve", "--immutable", database, "--host", HOST, "--port", "{port}"]


def write_database(path: Path, paragraphs: dict[int, str]) -> None:
    """The paragraphs as Datasette takes them: a table with a full-text index, and a column for each of four facets.

    Where a paragraph has several of a kind, its column holds the first: plain facets are the faster ones there.
    """
    values = facet_values()
    database = sqlite3.connect(path)
    database.execute(f"CREATE TABLE paragraphs (number INTEGER PRIMARY KEY, text TEXT, {', '.join(COLUMNS)})")
    database.execute(
        "CREATE VIRTUAL TABLE paragraphs_fts USING fts5(text, content = 'paragraphs', content_rowid = 'number',"
        " tokenize = 'porter unicode61')"
    )
    rows = [(number, text, *(values[name].get(number) for name in COLUMNS)) for number, text in paragraphs.items()]
    database.executemany(f"INSERT INTO paragraphs VALUES (?, ?{', ?' * len(COLUMNS)})", rows)
    database.execute("INSERT INTO paragraphs_fts(paragraphs_fts) VALUES ('rebuild')")
    database.commit()
    database.close()


def facet_values() -> dict[str, dict[int, str]]:
    """For each facet the value of each paragraph of the default report that has one."""
    from sections.models import ArticleLink, Mention, Paragraph, Report

    report = Report.objects.default()
    values = {name: {} for name in COLUMNS}
    for paragraph in Paragraph.objects.filter(report=report).select_related("section__convention_part"):
        above = paragraph.section
        while above and not above.convention_part:
            above = above.parent
        if above:
            values["part"][paragraph.number] = f"Part {above.convention_part.roman}"
    links = ArticleLink.objects.filter(paragraph__report=report).order_by("article__number")
    for number, article in links.values_list("paragraph__number", "article__number"):
        values["article"].setdefault(number, f"Article {article}")
    mentions = Mention.objects.filter(block__paragraph__report=report).in_order()
    for number, type, name in mentions.values_list("block__paragraph__number", "entry__type", "entry__name"):
        if type in values:
            values[type].setdefault(number, name)
    return values
