"""Words and the text that they are said to stand in."""

import pytest

from sections.text.as_printed import nearest, stands_in

TEXT = "The Advisory\u00a0Council met; its so-called “Office” wrote that Ciudad Ju\u00e1rez is far."


@pytest.mark.parametrize(
    "words",
    ["Advisory Council", "Advisory  Council", "so\u2011called", "Ciudad Jua\u0301rez", "Cou\u00adncil", "“Office”"],
)
def test_it_finds_words_however_they_are_spaced_and_composed(words):
    assert stands_in(words, ["Nothing.", TEXT])


@pytest.mark.parametrize("words", ["advisory council", "Council Advisory", "Ciudad Juarez", "Offices", "", "  "])
def test_it_finds_no_words_that_are_not_printed(words):
    assert not stands_in(words, [TEXT])


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("advisory council", "Advisory Council"),
        ("the Advisory Counsel", "The Advisory Council"),
        ("Ciudad Juarez", "Ciudad Ju\u00e1rez"),
        ("Office", "Office"),
        ("national holiday", ""),
    ],
)
def test_it_offers_the_nearest_words_as_printed(words, printed):
    assert nearest(words, ["Nothing.", TEXT]) == printed


def test_it_reads_a_long_paragraph_in_no_time():
    assert (
        nearest("the quick brown fax", [("the lazy dog sleeps " * 2000) + "the quick brown fox"])
        == "the quick brown fox"
    )
