"""The two answers for machines."""

import pytest
from django.db import DatabaseError

from sections.models import Paragraph, Report, Section


def test_it_is_up_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_not_ready_before_a_report_is_loaded(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "not ready", "reason": "The database holds no report yet: run manage.py load_report."},
    )


@pytest.fixture
def some_paragraph():
    report = Report.objects.create(symbol="CRC/C/ZUB/1", title="First report of Zubrowka")
    part = Section.objects.create(report=report, key="part-1", position=1, kind="part", level=1, title="General")
    return Paragraph.objects.create(
        report=report, number=1, section=part, position=2, source_text="1. Zubrowka has no sea.\n", source_line=2
    )


@pytest.mark.django_db
def test_it_is_ready_with_a_report(client, some_paragraph, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_not_ready_when_the_database_does_not_answer(client, monkeypatch):
    def fail(self):
        raise DatabaseError("gone")

    monkeypatch.setattr(type(Paragraph.objects.all()), "exists", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_takes_no_post(client, address):
    assert client.post(address).status_code == 405
