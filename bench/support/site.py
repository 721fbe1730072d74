"""A site of the benchmark's own: a database that is made for it and ends with it."""

import hashlib
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "bench" / "queries.json"
DATABASE = "bench.sqlite3"


@contextmanager
def site(database: str = "", load: bool = True) -> Iterator[Path]:
    """The data folder of a fresh site, on SQLite in that folder or at the address of an empty database.

    Django is ready inside the block; with `load` the database holds the fixtures. One block a process. Where
    BENCH_PREPARED names an SQLite file that holds them, it is copied instead of loading them again.
    """
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        data = Path(folder)
        os.environ |= environment(data, database)
        prepared = os.environ.get("BENCH_PREPARED")
        if load and prepared and not database:
            shutil.copy(prepared, data / DATABASE)
        make_ready(load)
        try:
            yield data
        finally:
            close()


def environment(data: Path, database: str = "") -> dict[str, str]:
    """The environment in which the site keeps its things in a folder, or its rows in a database."""
    return {
        "DJANGO_SETTINGS_MODULE": "reportsite.settings",
        "DATA_DIR": str(data),
        "DATABASE_URL": database or f"sqlite:///{data / DATABASE}",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "LOG_LEVEL": "ERROR",
        "DEBUG": "0",
        "SECURE": "0",
        "REQUESTS_PER_SECOND": "0",  # one client asks more than all people do
        "SEARCHES_PER_SECOND": "0",
    }


def make_ready(load):
    """Sets Django up, collects what pages refer to, and makes the tables, with the fixtures in them if wanted."""
    import django  # only now do the settings find the environment

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    if load:
        with open(os.devnull, "w") as nowhere:
            call_command("load_report", initial=True, stdout=nowhere)


def close():
    from django.db import connections

    connections.close_all()


def paragraphs() -> dict[int, str]:
    """The text of each paragraph of the default report by its number, the footnotes' at its end."""
    from sections.models import Block, Report

    report = Report.objects.default()
    if report is None:
        sys.exit("The database holds no report. Load one first: python manage.py load_report")
    rows = Block.objects.filter(paragraph__report=report).order_by("paragraph__number", "position")
    texts: dict[int, list[str]] = {}
    for number, text in rows.values_list("paragraph__number", "text"):
        texts.setdefault(number, []).append(text)
    return {number: "\n".join(pieces) for number, pieces in texts.items()}


def judged(split: str, path: Path = QUERIES, writer: str = "") -> list[dict]:
    """The judged queries of a split (dev, held_out or all), or of one writer, their grades by paragraph number."""
    queries = json.loads(path.read_text(encoding="utf-8"))
    return [
        one | {"relevant": {int(number): grade for number, grade in one.get("relevant", {}).items()}}
        for one in queries
        if split in (split_of(one["query"]), "all") and writer in (one.get("writer"), "")
    ]


def split_of(query: str) -> str:
    """The split of a query, which its words alone decide."""
    digest = hashlib.sha256(f"743 {query}".encode()).digest()
    return "dev" if int.from_bytes(digest[:4]) % 3 else "held_out"
