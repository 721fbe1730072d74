"""The registers of figures, dates and places as an answer key: the finders find just what they hold."""

import json
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from django.conf import settings

from sections.figures import Gazetteer, dates, numbers

FIXTURES = settings.FIXTURE_DIRS[0]
RECEIVED = 2017


@cache
def fields(name, model):
    """The fields of the records of a model in a fixture."""
    records = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return [record["fields"] for record in records if record["model"] == f"sections.{model}"]


@cache
def blocks():
    """(paragraph, position) → kind and text of each block of the report."""
    made = {}
    for block in fields("report-CMW-C-MEX-3.json", "block"):
        made[block["paragraph"][1], block["position"]] = (block["kind"], block["text"])
    return made


def place(row):
    return (*row["block"][1:], row["start"], row["end"])


FIGURES = ("figures-CMW-C-MEX-3.json", "figure")
DATES = ("dates-CMW-C-MEX-3.json", "datedevent")
PLACES = ("places-CMW-C-MEX-3.json", "placemention")


@pytest.mark.parametrize("register", [FIGURES, DATES, PLACES])
def test_it_holds_each_at_the_characters_that_it_quotes(register):
    for row in fields(*register):
        _, text = blocks()[tuple(row["block"][1:])]
        assert text[row["start"] : row["end"]] == row["surface"]


def test_it_finds_every_number_of_the_text_that_the_register_holds_and_no_other():
    found = {
        (*at, row.start, row.end, row.value)
        for at, (kind, text) in blocks().items()
        if kind != "table"
        for row in numbers(text, RECEIVED)
    }
    held = fields(*FIGURES)
    kept = {(*place(row), Decimal(row["value"])) for row in held if blocks()[tuple(row["block"][1:])][0] != "table"}
    assert found == kept
    assert len(held) == len(kept) + 21 + 24  # and the cells of both tables


def test_it_finds_every_date_that_the_register_holds_and_no_other():
    found = {
        (*at, row.start, row.end, row.first, row.last, row.precision, str(row.sense))
        for at, (_, text) in blocks().items()
        for row in dates(text, RECEIVED)
    }
    assert found == {
        (*place(row), *(date.fromisoformat(row[end]) for end in ("first", "last")), row["precision"], sense(row))
        for row in fields(*DATES)
    }


def sense(row):
    """How the finder takes the date: that it only is part of a name an editor says."""
    return "on" if row["sense"] == "name" else row["sense"]


def test_it_finds_every_place_that_the_register_holds_and_no_other():
    gazetteer = Gazetteer({row["slug"]: row["names"] for row in fields("places.json", "place")})
    found = {(*at, row.start, row.end, row.place) for at, (_, text) in blocks().items() for row in gazetteer.find(text)}
    assert found == {(*place(row), row["place"][0]) for row in fields(*PLACES)}


def test_it_gives_each_federative_entity_a_tile_of_its_own():
    entities = [row for row in fields("places.json", "place") if row["kind"] == "entity"]
    assert len(entities) == len({(row["row"], row["column"]) for row in entities}) == 32
    assert {row["code"] for row in entities} == {row["code"] for row in entities if len(row["code"]) == 3}


def test_it_says_what_of_and_of_which_kind_for_each_figure():
    held = fields(*FIGURES)
    assert [row["surface"] for row in held if not (row["unit"] and row["what"] and row["kind"])] == []
    assert [row["surface"] for row in held if row["period"] and not row["first_year"]] == []


def test_it_says_for_each_date_without_its_year_where_the_year_is_from():
    silent = [row for row in fields(*DATES) if not any(part.isdigit() and len(part) == 4 for part in _parts(row))]
    assert [row["surface"].replace("\u00a0", " ") for row in silent] == [
        "24 March",
        "11 July",
        "From 24 February to 3 March",
        "1 February",
        "2 February",
        "13 March",
        "21 March",
    ]
    assert all(row["understood"] for row in silent)


def test_it_counts_in_a_list_of_places_what_the_report_says_it_counts():
    named = {}
    for row in fields(*PLACES):
        named.setdefault(tuple(row["block"][1:3]), []).append((row["start"], row["place"][0]))
    _, note = blocks()[64, 1]
    first, second = (note.index(words) for words in ("The following 31", "The following federative"))
    assert len([at for at, _ in named[64, 1] if first < at < second]) == 31
    assert len([at for at, _ in named[64, 1] if at > second]) == 26


def _parts(row):
    return row["surface"].replace("\u00a0", " ").replace("–", " ").split()
