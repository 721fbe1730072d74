"""What people decided at the review desk survives every automatic run, and gives way to files only when told so."""

import pytest
from django.core.management import call_command

from sections.models import ArticleLink, Entry, Mention, Report
from sections.tests.support.reviewing import decide, mention, reviewed_world, reviewer
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import ACT, OFFICE, PLAN, SYMBOL

pytestmark = pytest.mark.django_db

built_world, world = shared_world(reviewed_world)


@pytest.fixture
def desk(client, world):
    return reviewer(client)


def decided():
    """All that people decided in the world, as it is stored."""
    rows = Mention.objects.exclude(review="unreviewed").in_order()
    articles = ArticleLink.objects.exclude(review="unreviewed")
    return [
        *rows.values_list("block__paragraph__number", "start", "end", "entry__slug", "basis", "rule", "review"),
        *articles.values_list("paragraph__number", "article__number", "basis", "review"),
    ]


@pytest.fixture
def decisions(desk, world, tmp_path):
    """Fixtures written before people decided, and what they then decided."""
    call_command("export_fixtures", "--directory", str(tmp_path), verbosity=0)
    decide(desk, mention(7, PLAN), "other", other=ACT)
    decide(desk, mention(3, OFFICE, 1), "reject")
    decide(desk, mention(9, "NOT", 1), "confirm")
    decide(desk, ArticleLink.objects.get(article__number=6), "other", other="3", reason="It says so.")
    decide(desk, ArticleLink.objects.get(paragraph__number=7, article__number=4), "confirm")
    return decided()


def test_a_decision_survives_linking_anew(decisions):
    call_command("link_report", SYMBOL, verbosity=0)
    assert decided() == decisions


def test_a_decision_survives_loading_older_files(decisions, tmp_path):
    call_command("load_report", "--yes", "--directory", str(tmp_path), verbosity=0)
    assert decided() == decisions
    call_command("loaddata", str(tmp_path / "links.json"), *map(str, tmp_path.glob("mentions-*.json")), verbosity=0)
    assert decided() == decisions


def test_a_decision_gives_way_to_one_in_the_files_only_when_told_so(decisions, tmp_path):
    call_command("export_fixtures", "--directory", str(tmp_path), verbosity=0)
    Mention.objects.filter(surface="NOT", review="confirmed").update(review="rejected")
    call_command("load_report", "--yes", "--directory", str(tmp_path), verbosity=0)
    assert decided() != decisions
    call_command("load_report", "--yes", "--take-decisions", "--directory", str(tmp_path), verbosity=0)
    assert decided() == decisions


def test_a_decision_comes_with_files_to_where_nobody_decided(decisions, tmp_path):
    call_command("export_fixtures", "--directory", str(tmp_path), verbosity=0)
    Report.objects.all().delete()
    Entry.objects.all().delete()
    call_command("load_report", "--yes", "--directory", str(tmp_path), verbosity=0)
    assert decided() == decisions
