"""What a person decided at the desk survives extraction, loading and importing; --take-decisions lets files decide."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from sections.exports.fixtures import write_fixtures
from sections.figures.sync import add_figures
from sections.models import (
    Change,
    ConventionArticle,
    ConventionPart,
    DatedEvent,
    Entry,
    Figure,
    Place,
    PlaceMention,
    Report,
    Review,
    changing,
)
from sections.tests.support.examplia import CONTENTS, EXAMPLIA
from sections.tests.support.world import block, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """A folder with the fixtures of the world, its figures, dates and places as a program found them."""
    make_world()
    here = block(4, 1)
    start = here.text.index("2015")
    span = {"block": here, "start": start, "end": start + 4, "surface": "2015", "basis": "text"}
    Figure.objects.create(**span, value=2015, kind="people", unit="persons", what="counted")
    day = {"first": date(2015, 1, 1), "last": date(2015, 12, 31), "precision": "year", "sense": "on", "what": "count"}
    DatedEvent.objects.create(**span, **day)
    place = Place.objects.create(slug="may", name="May", kind="city", names=["May"])
    PlaceMention.objects.create(**span, place=place)
    write_fixtures(tmp_path)
    return tmp_path


def by_hand(row, **values):
    """Changes a row as an editor does."""
    with changing(Change.Kind.EDIT, "As printed."):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def load(files, *options):
    call_command("load_report", "--yes", *options, directory=files, verbosity=0)


DECIDED = [
    (Figure, {"review": Review.REJECTED}),
    (Figure, {"unit": "women", "review": Review.CONFIRMED}),
    (Figure, {"value": 12, "what": "counted again"}),
    (DatedEvent, {"sense": "since", "review": Review.CONFIRMED}),
    (PlaceMention, {"review": Review.REJECTED}),
    (Report, {"title": "Another title", "due_year": 2015}),
    (ConventionArticle, {"subject": "Another caption"}),
    (Place, {"name": "Month of May"}),
]


@pytest.mark.parametrize(("model", "values"), DECIDED)
def test_what_a_person_decided_survives_a_load_and_other_columns_follow_the_files(files, model, values):
    row = model.objects.order_by("pk").first()
    by_hand(row, **values)
    load(files)
    row = model.objects.order_by("pk").first()
    assert {name: getattr(row, name) for name in values} == values


def test_files_decide_where_they_are_told_to(files):
    report, figure = Report.objects.get(), Figure.objects.get()
    by_hand(report, title="Another title")
    by_hand(figure, review=Review.REJECTED)
    load(files, "--take-decisions")
    report.refresh_from_db()
    figure.refresh_from_db()
    assert report.title == "Third periodic report of Examplia"
    assert figure.review == Review.REJECTED  # the file has no decision on it


def test_a_column_that_nobody_changed_follows_the_files(files):
    by_hand(Report.objects.get(), title="Another title")
    Report.objects.update(procedure="written past the history")
    load(files)
    assert Report.objects.values_list("title", "procedure").get() == ("Another title", "simplified reporting procedure")


def test_what_a_person_deleted_is_not_found_again_and_comes_back_from_files_as_rejected(files):
    report = Report.objects.get()
    add_figures(report)
    event = DatedEvent.objects.get(what="count")
    with changing(Change.Kind.EDIT, "No date."):
        event.delete()
    counted = DatedEvent.objects.count()
    add_figures(report)
    assert DatedEvent.objects.count() == counted
    load(files)
    assert DatedEvent.objects.get(block=event.block, start=event.start).review == Review.REJECTED


def test_what_a_person_decided_survives_an_import_of_another_text(tmp_path):
    source = tmp_path / "examplia.txt"
    source.write_bytes(EXAMPLIA.encode())
    (tmp_path / "examplia.contents.json").write_text(json.dumps(CONTENTS))
    call_command("import_report", source, symbol="CMW/C/EXA/1", verbosity=0)
    call_command("find_figures", verbosity=0)
    figure = Figure.objects.first()
    by_hand(figure, unit="lamps", review=Review.CONFIRMED)
    by_hand(Report.objects.get(), title="Another title")
    source.write_bytes(f"{EXAMPLIA.rstrip()} And one word more.\n".encode())
    call_command("import_report", source, symbol="CMW/C/EXA/1", replace=True, verbosity=0)
    report, kept = Report.objects.get(), Figure.objects.get(pk=figure.pk)
    assert (report.title, report.state_party) == ("Another title", "Examplia")
    assert (kept.unit, kept.review, kept.surface) == ("lamps", Review.CONFIRMED, figure.surface)
    assert kept.block.text[kept.start : kept.end] == kept.surface


def test_decisions_go_round_through_the_fixtures_byte_for_byte(files, tmp_path_factory):
    by_hand(Figure.objects.get(), unit="women", review=Review.CONFIRMED)
    by_hand(ConventionArticle.objects.get(number=4), subject="Another caption", terms={"en": ["exit"]})
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    write_fixtures(first)
    for model in (Report, Entry, PlaceMention, Place, ConventionArticle, ConventionPart):
        model.objects.all().delete()
    call_command("load_report", "--yes", directory=first, verbosity=0)
    write_fixtures(second)
    assert Figure.objects.get().unit == "women"
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name
