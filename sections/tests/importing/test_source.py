"""The report of Mexico as received, read with its published contents."""

from pathlib import Path

import pytest

from sections.importing import as_json, parse_report, read_contents

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "source"
PARTS_OF_CONVENTION = {"II": [8], "III": range(9, 28), "IV": [28], "V": [29], "VI": range(30, 34)}


@pytest.fixture(scope="module")
def source():
    return (FOLDER / "CMW-C-MEX-3.txt").read_bytes()


@pytest.fixture(scope="module")
def read(source):
    contents = read_contents((FOLDER / "CMW-C-MEX-3.contents.json").read_text(encoding="utf-8"))
    return as_json(parse_report(source, contents))


def test_it_gives_the_source_back(source):
    assert parse_report(source).source_text.encode() == source


def test_it_recovers_every_lost_reply(read):
    recovered = {r["number"]: r["first_paragraph"] for r in read["replies"] if r["recovered"]}
    firsts = [140, 146, 150, 154, 155, 158, 161, 167, 173, 174, 189, 195, 205, 208]
    assert recovered == dict(zip(range(23, 37), firsts, strict=True))
    assert [r["number"] for r in read["replies"]] == list(range(1, 38))
    assert [s["title"] for s in read["sections"] if s["recovered"] and s["kind"] != "reply"] == [
        "Part VI of the Convention",
        "Part II",
        "Part III",
    ]


def test_it_knows_the_parts_that_replies_stand_under(read):
    expected = dict.fromkeys(range(1, 38))
    for part, numbers in PARTS_OF_CONVENTION.items():
        expected.update(dict.fromkeys(numbers, part))
    assert {r["number"]: r["convention_part"] for r in read["replies"]} == expected
    assert [r["part"] for r in read["replies"]] == ["I"] * 33 + ["II"] + ["III"] * 3


def test_it_reads_every_paragraph_footnote_table_and_abbreviation(read):
    assert [p["number"] for p in read["paragraphs"]] == list(range(1, 223))
    assert [note["number"] for note in read["footnotes"]] == list(range(4, 21))
    assert [(t["paragraph"], len(t["header"]), len(t["rows"])) for t in read["tables"]] == [(7, 8, 3), (214, 5, 6)]
    assert len(read["abbreviations"]) == 9
    assert sorted(
        {label for p in read["paragraphs"] for label in p["annexes"]}, key=lambda a: (int(a.rstrip("ab")), a)
    ) == [
        *map(str, range(1, 9)),
        "9a",
        "9b",
        *map(str, range(10, 13)),
    ]


def test_it_reads_the_hard_lists(read):
    levels = {p["number"]: [(b["level"], b["label"]) for b in p["blocks"]] for p in read["paragraphs"]}
    assert levels[98] == [(0, "")] + [(1, "")] * 8
    assert levels[100] == [(0, ""), (1, "1."), *[(2, "")] * 4, (1, "2."), *[(2, "")] * 3]
    assert levels[141] == [(0, ""), (1, "(a)"), *[(2, "")] * 3, (1, "(b)")]
    assert levels[179] == [(0, "")]
    assert levels[208] == [(0, ""), (1, "(a)"), (1, "(b)"), (1, "c)"), (1, "d)"), (1, "(e)")]
