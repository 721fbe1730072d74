"""Sums that are checked, in the text and in tables, and the pictures made of numbers."""

from decimal import Decimal

import pytest

from sections.charts.bars import bars
from sections.charts.columns import columns
from sections.charts.tiles import tiles
from sections.citing import words_address
from sections.figures import Sum, check_sum, check_table
from sections.figures.tables import grid
from sections.models.kinds import SUM_KINDS
from sections.presenters.sums import SENTENCES, outcome_sentence


def checked(kind, addends, total=None, whole=None, counted=None):
    given = [Decimal(value) for value in addends]
    outcome = check_sum(kind, given, total and Decimal(total), whole and Decimal(whole), counted)
    return outcome.verdict, outcome.signs, outcome_sentence(outcome)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ((Sum.SUM, ["6011", "2943", "401"], "9355"), (
            "agrees", "6,011 + 2,943 + 401 = 9,355", "Matches the printed 9,355.",
        )),
        ((Sum.SUM, ["2", "3"], "6"), (
            "differs", "2 + 3 = 5", "Differs: the parts add up to 5; 6 is printed (1 more).",
        )),
        ((Sum.SHARE, ["439"], "34.64", "1267"), (
            "cut", "439 ÷ 1,267 = 34.6488 %",
            "Truncated, not rounded: 34.64% printed, 34.65% if rounded.",
        )),
        ((Sum.SHARE, ["1", "1"], "50", "3"), (
            "differs", "(1 + 1) ÷ 3 = 66.67 %",
            "Differs: 67% calculated, 50% printed (17 percentage points less).",
        )),
        ((Sum.SHARES, ["74", "7", "19"]), (
            "agrees", "74 % + 7 % + 19 % = 100 %", "Matches: together the shares make up the whole.",
        )),
        ((Sum.SHARES, ["91.79", "5.6", "2.5"]), (
            "differs", "91.79 % + 5.6 % + 2.5 % = 99.89 %",
            "Differs: together the shares are 0.11 percentage points less than the whole.",
        )),
        ((Sum.COUNT, [], "4", None, 5), (
            "differs", "5 listed", "Differs: the list has 5 items; 4 is printed (1 less).",
        )),
        ((Sum.SAME, ["58"], "58"), ("agrees", "58", "Matches the printed 58.")),
    ],
)  # fmt: skip
def test_it_says_whether_numbers_agree_and_by_how_much_they_do_not(question, answer):
    assert checked(*question) == answer


@pytest.mark.parametrize(
    "question",
    [
        (Sum.SUM, ["2", "3"]),
        (Sum.SHARE, [], "34", "100"),
        (Sum.SHARE, ["3"], "34"),
        (Sum.SHARE, ["3"], "34", "0"),
        (Sum.SHARES, []),
        (Sum.COUNT, [], "4"),
        (Sum.COUNT, [], None, None, 4),
        (Sum.SAME, [], "4"),
    ],
)
def test_it_says_what_cannot_be_checked(question):
    outcome = ("differs", "", "Cannot be checked: a number is missing, or the whole is zero.")
    assert checked(*question) == outcome


def test_the_largest_and_the_smallest_figure_have_a_share():
    verdict, signs, _sentence = checked(Sum.SHARE, ["9999999999999999.9999"], "0.0001", "0.0001")
    assert (verdict, signs.endswith("999900.000000 %")) == ("differs", True)


HEADER = ["Ruling", "2015", "2016", "Total"]
ROWS = [
    ["Dropped ", "1", "8", "9"],
    ["Denied", "6", "1\u00a0010", "1\u00a0016"],
    ["Total", "7", "1\u00a0018", "1\u00a0024"],
]


def test_it_checks_each_total_of_a_table():
    checks = [(check.side, check.label, outcome_sentence(check.outcome)) for check in check_table(HEADER, ROWS)]
    assert checks == [
        ("row", "Dropped", "Matches the printed 9."),
        ("row", "Denied", "Matches the printed 1,016."),
        ("row", "Total", "Differs: the parts add up to 1,025; 1,024 is printed (1 less)."),
        ("column", "2015", "Matches the printed 7."),
        ("column", "2016", "Matches the printed 1,018."),
        ("column", "Total", "Differs: the parts add up to 1,025; 1,024 is printed (1 less)."),
    ]
    assert check_table(["", "2015"], [["Lit", "5"]]) == []


def test_it_has_a_sentence_and_a_name_for_every_kind_of_sum():
    differing = {f"{kind}-{way}" for kind in Sum for way in ("more", "less")}
    assert differing <= SENTENCES.keys()
    assert list(SUM_KINDS) == [kind.value for kind in Sum]


def test_it_reads_a_table_without_its_totals():
    read = grid(HEADER, ROWS).without_totals()
    assert (read.columns, read.labels, read.by_year) == (("2015", "2016"), ("Dropped", "Denied"), True)
    assert read.rows == ((1, 8), (6, 1010))


def test_it_draws_bars_as_wide_as_their_numbers():
    made = bars(["2014", "2015"], [("Lit", [Decimal(50), Decimal(100)]), ("Dark", [None, Decimal(0)])], str)
    drawn = [(label, [(bar.width, bar.fill, bar.printed) for bar in drawn]) for label, _, drawn in made.groups]
    assert drawn == [
        ("2014", [("36.00%", "solid", "50")]),
        ("2015", [("72.00%", "solid", "100"), ("0.00%", "hatched", "0")]),
    ]
    assert made.words == "Bars for 2014 and 2015. Lit: from 50 (2014) to 100 (2015); Dark: 0 throughout."
    assert bars(["2014"], [("Lit", [Decimal(0)])], str) is None


def test_it_draws_a_column_for_every_year_between():
    made = columns({2009: 1, 2011: 4})
    assert [(column.year, column.height, column.labelled) for column in made.columns] == [
        (2009, 24, False),
        (2010, 0, True),
        (2011, 96, False),
    ]
    assert made.words == "5 dates from 2009 to 2011; most in 2011: 4."
    assert columns({}) is None


def test_it_draws_a_tile_for_each_place():
    made = tiles([(0, 1, "LOW", "Low", 9, "low"), (0, 0, "HIG", "High", 0, "high")])
    assert [(tile.code, tile.x, tile.count, tile.shade) for tile in made.tiles] == [("HIG", 0, 0, 0), ("LOW", 47, 9, 3)]
    assert (made.width, made.height) == (91, 44)


def test_it_points_to_words_within_a_page():
    text = "From then on it gave 9,355 well-made visas to all."
    start = text.index("9,355")
    address = words_address("/p/1/", text, start, start + 5)
    assert address == "/p/1/#:~:text=on%20it%20gave-,9%2C355,-well%2Dmade%20visas%20to"
