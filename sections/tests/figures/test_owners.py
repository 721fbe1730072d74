"""Of which of the things that a sentence names each of its dates is."""

import re

import pytest

from sections.figures import Named, named_in, owners


def dated(text):
    """For each year in the text the capitals, each of which names a thing, that it is of."""
    names = [Named(*match.span(), match.group()) for match in re.finditer(r"\b[A-D]\b", text)]
    years = [match.span() for match in re.finditer(r"\b\d{4}\b", text)]
    sentence = (0, len(text))
    return [(text[slice(*year)], "".join(sorted(owners(text, sentence, year, names, years)))) for year in years]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2012 A and B signed.", [("2012", "AB")]),
        ("The first ended in 2011 (A); the second began in 2015 (B).", [("2011", "A"), ("2015", "B")]),
        ("A (2011), B (2012) and C (2013) apply.", [("2011", "A"), ("2012", "B"), ("2013", "C")]),
        ("A began in 2011 and B in 2015.", [("2011", "A"), ("2015", "B")]),
        ("In 2011 A began, in 2015 B.", [("2011", "A"), ("2015", "B")]),
        ("A and B, of 2011 and 2013 respectively, apply.", [("2011", "A"), ("2013", "B")]),
        ("A, unlike B (which applied until 2012), applies.", [("2012", "B")]),
        ("A was made in 2012; it was renamed in 2014; B is of 2015.", [("2012", "A"), ("2014", "A"), ("2015", "B")]),
        ("Both (A and B, since 2009) go on.", [("2009", "AB")]),
        ("A, B and C met in 2012 and in 2013.", [("2012", "ABC"), ("2013", "ABC")]),
        ("A, made in 2012, became in 2014 what it is.", [("2012", "A"), ("2014", "A")]),
        ("In 2016 nobody came.", [("2016", "")]),
    ],
)
def test_it_tells_of_which_thing_a_date_is(text, expected):
    assert dated(text) == expected


def test_it_takes_what_stands_in_a_name_for_a_date_of_that_name():
    text = "Plan 2008 and Plan 2015"
    names = [Named(0, 9, "first"), Named(14, 23, "second")]
    assert owners(text, (0, len(text)), (5, 9), names, [(5, 9), (19, 23)]) == {"first"}


def test_it_finds_the_longest_of_the_names_in_the_words():
    names = [("Migration Act", 1), ("Regulations of the Migration Act", 2), ("regulations", 3), ("PTRM", 4), ("", 5)]
    assert named_in("Regulations of the Migration Act", names) == {2}
    assert named_in("Migration Act; Regulations of others", names) == {1, 3}
    assert named_in("PTRMs", names) == set()
