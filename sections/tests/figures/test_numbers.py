"""The finder of numbers: what counts something is found, what cites, orders or names is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.figures import numbers


def found(text):
    """(as printed, value, bound, kind, unit) of each number found."""
    return [(row.surface, row.value, row.bound, row.kind, row.unit) for row in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It issued 9,355 visas.", [("9,355", 9355, "", "papers", "visas")]),
        ("It cost 1,606,581.68 Examplian pesos.", [("1,606,581.68", Decimal("1606581.68"), "", "money", "pesos")]),
        ("It helped 24.1 million workers.", [("24.1 million", 24_100_000, "", "people", "workers")]),
        ("Granted: 1\u00a0767\u00a0588 pesos", [("1\u00a0767\u00a0588", 1_767_588, "", "money", "pesos")]),
        ("Some 57 victims, more than 700 officials.", [
            ("57", 57, "about", "people", "victims"), ("700", 700, "over", "people", "officials"),
        ]),
        ("Up to 180 days; at least three times a week.", [
            ("180", 180, "most", "time", "days"), ("three", 3, "least", "time", "times"),
        ]),
        ("Women were 74 per cent.", [("74", 74, "", "share", "per cent")]),
        ("Four offices and one woman", [("Four", 4, "", "bodies", "offices"), ("one", 1, "", "people", "woman")]),
        ("The 18-to-24 age group", [("18", 18, "", "age", "age group"), ("24", 24, "", "age", "age group")]),
        ("A 24-hour service", [("24", 24, "", "time", "hour")]),
    ],
)  # fmt: skip
def test_it_finds_what_counts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Articles 92, 96 and 97 of the Act; article 4, paragraph 22; article 123A; (art. 57).",
        "Articles 112 to 125 of the Act. Annexes 3 and 4. Annexes 4, 9a and 9b.",
        "The Workers Convention, 2011 (No. 189); strategy 4.6; objective No. 4; communiqué No. 092.",
        "Standard EX-R-025-SCFI-2015 and an H2 visa at the 161st session.",
        "On 24 April 2017, from 1 January to 30 November 2016, between 2013 and 2016, since 2012, July 2016 (2014).",
        "The 2013–2018 Plan and the PTRM 2008.",
        "See http://dof.example/nota.php?codigo=5276965&fecha=08/11/2012.",
        "1. The first; (2) the second two-tier thing.",
        "One of them, one with France, the one signed; no one, everyone.",
    ],
)
def test_it_leaves_out_what_cites_orders_or_names(text):
    assert found(text) == []


def test_it_takes_the_period_of_the_sentence():
    text = "Since 2012 it gave 5 talks. It gave 6 more. Between 2013 and 2016, 7 courses and 8 forums were held."
    assert [(row.surface, row.period) for row in numbers(text)] == [
        ("5", "2012"),
        ("6", ""),
        ("7", "Between 2013 and 2016"),
        ("8", "Between 2013 and 2016"),
    ]


@given(st.text(alphabet=" 0123456789.,-–()/ \u00a0abcdefghonetwMayJ", max_size=60))
def test_it_finds_spans_that_stand_in_the_text_and_apart(text):
    rows = numbers(text)
    assert all(text[row.start : row.end] == row.surface for row in rows)
    assert all(before.end <= after.start for before, after in zip(rows, rows[1:], strict=False))


@given(st.integers(min_value=0, max_value=10**12))
def test_it_reads_back_a_number_that_is_written_with_commas(number):
    assert [row.value for row in numbers(f"They saw {number:,} lamps.")] == [number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It counted 123456789012345 lamps.", 1),
        ("It counted 1,000,000,000,000,000 lamps.", 1),
        ("It counted 1234567890123456 lamps.", 0),
        ("It counted 12345678901.23456 lamps.", 0),
        ("It counted 123456789.123456 million lamps.", 1),
        ("It counted 10,000,000,000,000,000,000,000,000,000,000,000,000 lamps.", 0),
    ],
)
def test_it_leaves_out_numbers_of_more_digits_than_can_be_stored_exactly(text, found):
    assert len(numbers(text)) == found
