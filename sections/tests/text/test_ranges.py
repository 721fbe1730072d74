"""Numbers written as ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.text.ranges import format_ranges, parse_ranges, runs


def test_it_joins_neighbours():
    assert runs([7, 3, 4, 3]) == [(3, 4), (7, 7)]
    assert [format_ranges(numbers) for numbers in ([], [5], [16, 15, 12, 14])] == ["", "5", "12, 14–16"]


MANY = ", ".join(f"{first}–{first + 1999}" for first in range(1, 30_000, 2000))


@pytest.mark.parametrize("text", ["12, 14–16", "12; 14 - 16", " 16 15,14 12", "12,14—15,16"])
def test_it_reads_ranges_however_they_are_written(text):
    assert parse_ranges(text) == [12, 14, 15, 16]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12, ²", "“²” is not a number or a range of numbers."),
        ("1–2–3", "“1–2–3” is not a number or a range of numbers."),
        ("-3", "“-3” is not a number or a range of numbers."),
        ("16–14", "“16–14” is not a range: the smaller number comes first."),
        ("1–999999", "“1–999999” has too many numbers."),
        (MANY, "“22001–24000” has too many numbers."),
    ],
)
def test_it_says_which_part_is_wrong_and_why(text, message):
    with pytest.raises(ValueError, match="“") as refusal:
        parse_ranges(text)
    assert str(refusal.value) == message


@given(st.sets(st.integers(0, 300)))
def test_it_reads_what_it_writes(numbers):
    assert parse_ranges(format_ranges(numbers)) == sorted(numbers)
