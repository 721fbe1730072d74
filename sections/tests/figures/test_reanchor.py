"""Figures, dates and sums stay at their words when a changed text is stored over a report."""

import pytest
from django.core.management import CommandError, call_command

from sections.models import Basis, CheckedSum, DatedEvent, Figure, Paragraph, Review
from sections.tests.importing.test_replace import SYMBOL, load

TEXT = """\
\t\tReply to paragraph 1
1.\tIn 2014 it lit 11 lamps: 1 lamp of oil and 10 lamps of gas.
2.\tNothing more.
"""


@pytest.fixture
def lamps(db, tmp_path):
    """A stored report with its figures, of which the last two are the parts of the first."""
    source = tmp_path / "lamps.txt"
    source.write_text(TEXT)
    load(source)
    call_command("find_figures", SYMBOL, verbosity=0)
    total, *parts = Figure.objects.in_order()
    made = CheckedSum.objects.create(
        paragraph=Paragraph.objects.get(number=1), position=1, kind="sum", what="lamps", total=total
    )
    made.addends.set(parts)
    return source


def test_it_moves_them_with_their_words(lamps):
    keys = list(Figure.objects.in_order().values_list("pk", flat=True))
    lamps.write_text(TEXT.replace("In 2014", "As 12 people saw, in the year 2014"))
    load(lamps, "--replace")
    rows = list(Figure.objects.in_order().select_related("block"))
    assert [row.pk for row in rows] == keys
    assert [(row.surface, row.block.text[row.start : row.end + 5]) for row in rows] == [
        ("11", "11 lamp"),
        ("1", "1 lamp"),
        ("10", "10 lamp"),
    ]
    assert DatedEvent.objects.get().start == 30
    assert CheckedSum.objects.get().outcome.agrees


def test_it_removes_those_whose_words_are_gone_with_their_sum(lamps):
    lamps.write_text(TEXT.replace(" and 10 lamps of gas", ""))
    load(lamps, "--replace")
    assert [row.surface for row in Figure.objects.in_order()] == ["11", "1"]
    assert not CheckedSum.objects.exists()


def test_it_stops_before_one_is_lost_that_an_editor_keeps(lamps):
    Figure.objects.update(basis=Basis.EDITOR)
    lamps.write_text(TEXT.replace(" and 10 lamps of gas", ""))
    with pytest.raises(CommandError, match="would be lost"):
        load(lamps, "--replace")
    assert Figure.objects.count() == 3
    load(lamps, "--replace", "--drop-links")
    assert Figure.objects.count() == 2


def test_it_stops_before_a_sum_is_lost_that_an_editor_confirmed(lamps):
    CheckedSum.objects.update(review=Review.CONFIRMED)
    lamps.write_text(TEXT.replace(" and 10 lamps of gas", ""))
    with pytest.raises(CommandError, match="would be lost"):
        load(lamps, "--replace")
    assert CheckedSum.objects.get().outcome.agrees
