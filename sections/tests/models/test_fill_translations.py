"""The migration that fills translations into a database that held its content before they became data."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from sections.models import ConventionArticle, Report

fill = import_module("sections.migrations.0011_fill_translations").fill


@pytest.fixture
def content(db):
    call_command("loaddata", "convention", verbosity=0)
    Report.objects.create(symbol="XXX/C/EXA/9", state_party="Examplia", title="A report", language="en")
    loaded = dict(ConventionArticle.objects.values_list("number", "translations"))
    ConventionArticle.objects.update(translations={})
    return loaded


def test_it_fills_the_translations_of_texts_that_are_those_of_the_fixtures(content):
    fill(apps, SimpleNamespace(connection=connection))
    assert dict(ConventionArticle.objects.values_list("number", "translations")) == content


def test_it_translates_no_text_that_an_editor_changed(content):
    ConventionArticle.objects.filter(number=22).update(subject="Another caption")
    ConventionArticle.objects.filter(number=23).update(translations={"es": {"subject": "Otra"}})
    fill(apps, SimpleNamespace(connection=connection))
    changed = ConventionArticle.objects.filter(number__in=(22, 23)).order_by("number")
    assert [article.translations for article in changed] == [{}, {"es": {"subject": "Otra"}}]


def test_it_leaves_an_empty_database_alone(db):
    call_command("loaddata", "convention", verbosity=0)
    ConventionArticle.objects.update(translations={})
    fill(apps, SimpleNamespace(connection=connection))
    assert not ConventionArticle.objects.exclude(translations={}).exists()
