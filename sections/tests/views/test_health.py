"""The two answers for machines."""

import shutil
import threading
import time
from collections import namedtuple

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.migrations.recorder import MigrationRecorder

from sections.models import Paragraph, Report, Section
from sections.ops import readiness
from sections.tests.support.faults import failing

Applied = MigrationRecorder.Migration
Usage = namedtuple("Usage", "total used free")


def test_it_is_up_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_not_ready_before_a_report_is_loaded(client):
    assert reason(client) == "The database holds no report yet: run manage.py load_report."


@pytest.fixture
def some_paragraph():
    report = Report.objects.create(symbol="CRC/C/ZUB/1", title="First report of Zubrowka")
    part = Section.objects.create(report=report, key="part-1", position=1, kind="part", level=1, title="General")
    return Paragraph.objects.create(
        report=report, number=1, section=part, position=2, source_text="1. Zubrowka has no sea.\n", source_line=2
    )


def reason(client):
    """Why the site says that it is not ready."""
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    return answer.json()["reason"]


@pytest.mark.django_db
def test_it_is_ready_with_a_report(client, some_paragraph, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("database is locked", "The database is busy: it is locked by another program, or has too many connections."),
        ("no such table: sections_paragraph", "Tables or columns are missing: run manage.py migrate."),
        ("no such table: django_migrations", "Tables or columns are missing: run manage.py migrate."),
        ("connection refused", "The database does not answer."),
    ],
)
def test_it_says_why_it_cannot_ask_the_database(client, message, words):
    with failing(OperationalError(message)):
        assert reason(client) == words


@pytest.mark.django_db
def test_it_says_that_a_connection_is_closed(client):
    with failing(InterfaceError("connection already closed")):
        assert reason(client) == "The database does not answer."


@pytest.mark.parametrize("error", [DatabaseError("gone"), RuntimeError("wrong")])
def test_it_is_not_ready_when_the_question_fails(client, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setattr(readiness, "_database_reason", fail)
    assert reason(client) == "The database does not answer."


def test_a_database_that_hangs_does_not_hang_the_probe(client, monkeypatch):
    go_on, asked = threading.Event(), []

    def hang():
        asked.append(1)
        go_on.wait(30)
        return ""

    monkeypatch.setattr(readiness, "_database_reason", hang)
    monkeypatch.setattr(readiness.why_not_ready, "__defaults__", (0.2,))
    start = time.monotonic()
    assert [reason(client) for _ in range(5)] == ["The database does not answer."] * 5
    assert time.monotonic() - start < 5
    assert len(asked) == 1  # one thread hangs, however many probes come
    go_on.set()
    end = time.monotonic() + 10
    while client.get("/readyz").status_code != 200 and time.monotonic() < end:
        time.sleep(0.05)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_while_migrations_are_missing(client, some_paragraph):
    Applied.objects.filter(app="sections", name="0007_back_references").delete()
    assert reason(client) == "Migrations have not run, such as sections.0007_back_references: run manage.py migrate."


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["sections.0999_of_a_later_version", "sections.0002_of_a_branch", "auth.0999_later"])
def test_it_is_not_ready_with_the_database_of_another_version(client, some_paragraph, key):
    app, name = key.split(".")
    Applied.objects.create(app=app, name=name)
    assert reason(client) == (
        f"The database is from another version of the site, which has {key}: install that version, or restore "
        "a backup of this one."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("app", "name"), [("auth", "0001_of_old"), ("an_app_of_old", "0002_more")])
def test_old_migrations_of_libraries_do_not_matter(client, some_paragraph, app, name):
    Applied.objects.create(app=app, name=name)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_migration_that_stands_for_others_needs_either(client, some_paragraph, monkeypatch):
    squashed = ("sections", "0001_squashed_0002_search")
    known = dict(readiness._migrations()) | {squashed: [("sections", "0001_initial"), ("sections", "0002_search")]}
    monkeypatch.setattr(readiness, "_migrations", lambda: known)
    assert client.get("/readyz").status_code == 200
    Applied.objects.filter(app="sections", name__in=["0001_initial", "0002_search"]).delete()
    assert reason(client).startswith("Migrations have not run, such as sections.0001_")
    Applied.objects.create(app=squashed[0], name=squashed[1])
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("free", "is_ready"), [(0, False), (49 << 20, False), (50 << 20, True)])
def test_it_is_not_ready_while_the_disk_is_nearly_full(
    client, some_paragraph, settings, monkeypatch, tmp_path, free, is_ready
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(1 << 40, (1 << 40) - free, free))
    if is_ready:
        assert client.get("/readyz").status_code == 200
    else:
        folder, words = reason(client).split(" is full or nearly so, ")
        assert folder.startswith("The disk of /")
        assert words == f"with {free >> 20} MB left: make space."


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.2.3.4:8000", "reports.internal", "[fe80::1]", "no such host", ""])
def test_it_answers_by_whatever_name_it_is_asked(client, some_paragraph, settings, address, host):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["reports.example"], True
    for method in (client.get, client.head):
        answer = method(address, headers={"Host": host})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert client.get("/", headers={"Host": host}, secure=True).status_code == 400


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_takes_no_post(client, address):
    answer = client.post(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
