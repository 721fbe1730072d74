"""The finder of dates and periods, and the gazetteer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sections.figures import Gazetteer, dates


def found(text, year=None):
    """(as printed, first day, last day, precision, sense) of each date found."""
    return [(row.surface, str(row.first), str(row.last), row.precision, str(row.sense)) for row in dates(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 24 April 2017.", ("24 April 2017", "2017-04-24", "2017-04-24", "day", "on")),
        ("On 24\u00a0April 2017.", ("24\u00a0April 2017", "2017-04-24", "2017-04-24", "day", "on")),
        ("In February 2016.", ("February 2016", "2016-02-01", "2016-02-29", "month", "on")),
        ("The Act (2014).", ("2014", "2014-01-01", "2014-12-31", "year", "on")),
        ("Since 2012 it", ("2012", "2012-01-01", "2012-12-31", "year", "since")),
        ("prior to 1 January 2007", ("1 January 2007", "2007-01-01", "2007-01-01", "day", "before")),
        ("until 2012.", ("2012", "2012-01-01", "2012-12-31", "year", "until")),
        ("The 2013–2018 Plan", ("2013–2018", "2013-01-01", "2018-12-31", "year", "period")),
        ("From 2010 to May 2016", ("From 2010 to May 2016", "2010-01-01", "2016-05-31", "year", "period")),
        ("between 2013 and 2016", ("between 2013 and 2016", "2013-01-01", "2016-12-31", "year", "period")),
        ("From January to September 2016", (
            "From January to September 2016", "2016-01-01", "2016-09-30", "month", "period",
        )),
        ("From 1 January to 30 November 2016", (
            "From 1 January to 30 November 2016", "2016-01-01", "2016-11-30", "day", "period",
        )),
    ],
)  # fmt: skip
def test_it_finds_dates_and_periods(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["Standard EX-R-025-SCFI-2015.", "http://a.example/2016/08/11/2012.pdf", "It saw 2,016 lamps.", "On 31 April."],
)
def test_it_finds_no_date_in_symbols_addresses_numbers_and_impossible_days(text):
    assert found(text, 2017) == []


def test_it_takes_a_missing_year_from_what_was_said_before():
    rows = dates("On 6 February 2014 it agreed; on 24 March it printed.", 2017)
    assert [(row.surface, str(row.first), row.year_printed) for row in rows] == [
        ("6 February 2014", "2014-02-06", True),
        ("24 March", "2014-03-24", False),
    ]
    assert found("From 24 February to 3 March", 2017) == [
        ("From 24 February to 3 March", "2017-02-24", "2017-03-03", "day", "period")
    ]
    assert found("On 24 March.") == []


@given(st.text(alphabet="0123456789 –-MarchJunetofdbw,.", max_size=50))
def test_it_finds_spans_that_stand_in_the_text_in_order(text):
    rows = dates(text, 2017)
    assert all(text[row.start : row.end] == row.surface and row.first.year > 0 for row in rows)
    assert all(before.end <= after.start for before, after in zip(rows, rows[1:], strict=False))


def test_it_finds_places_by_their_longest_names():
    gazetteer = Gazetteer({"low": ["Low"], "low-south": ["Low South"], "twin-a": ["Twin"], "twin-b": ["Twin"]})
    rows = gazetteer.find("Low, Low\u00a0South, Lowland and Twin.")
    assert [(row.surface, row.place) for row in rows] == [("Low", "low"), ("Low\u00a0South", "low-south")]
    assert Gazetteer({}).find("Low") == []
