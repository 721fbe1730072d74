"""The migration that brings captions, terms, subjects and related documents into a database that holds a report."""

from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from sections.models import Convention, ConventionArticle, RelatedDocument, ReplySubject, Report, Section

migration = import_module("sections.migrations.0018_fill_context")
SYMBOL = "CMW/C/MEX/3"


@pytest.fixture
def content(db):
    call_command("loaddata", "convention", verbosity=0)
    Convention.objects.all().delete()
    ConventionArticle.objects.update(subject="Former", terms={}, translations={})
    report = Report.objects.create(symbol=SYMBOL, state_party="Mexico", title="A report", language="en")
    for number in (1, 14):
        Section.objects.create(
            report=report, key=f"reply-{number}", position=number, kind="reply", level=1, number=number
        )
    return report


def fill():
    migration.fill(apps, SimpleNamespace(connection=connection))


def test_it_fills_a_database_that_holds_a_report(content, monkeypatch):
    monkeypatch.setattr(migration, "FORMER_CAPTIONS", sha256("\n".join(["Former"] * 93).encode()).hexdigest())
    kept = ReplySubject.objects.create(section=Section.objects.get(number=1), text="An editor’s words")
    for _ in range(2):
        fill()
    assert (
        ConventionArticle.objects.get(number=22).subject == "Prohibition of collective expulsion; procedural guarantees"
    )
    assert "collective expulsion" in ConventionArticle.objects.get(number=22).terms["en"]
    assert [subject.text for subject in ReplySubject.objects.order_by("section__number")] == [
        kept.text, "Unaccompanied children: best interests and detention",
    ]  # fmt: skip
    assert "CMW/C/MEX/QPR/3" in RelatedDocument.objects.values_list("symbol", flat=True)
    assert Convention.objects.get().symbol == "A/RES/45/158"


def test_it_leaves_captions_that_are_a_sites_own(content):
    fill()
    article = ConventionArticle.objects.get(number=22)
    assert (article.subject, "collective expulsion" in article.terms["en"]) == ("Former", True)


def test_it_leaves_other_reports_and_an_empty_database_alone(content):
    Report.objects.update(symbol="XXX/C/EXA/1")
    fill()
    assert not ReplySubject.objects.exists() and not RelatedDocument.objects.exists()
    Convention.objects.all().delete()
    Report.objects.all().delete()
    fill()
    assert not Convention.objects.exists()
