"""The dated things that the invented report says of its entries."""

from datetime import date

import pytest

from sections.models import Block, DatedEvent
from sections.queries.dates import dates_of_entry
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def event(paragraph, text, year, what, position=0):
    """A year in a block whose text is set for the test."""
    block = Block.objects.get(paragraph__number=paragraph, position=position)
    block.text = text
    block.save()
    start = text.index(str(year))
    return DatedEvent.objects.create(
        block=block, start=start, end=start + 4, surface=str(year), first=date(year, 1, 1), last=date(year, 12, 31),
        precision="year", sense="on", what=what,
    )  # fmt: skip


def said(world, entry):
    return [(words, what, paragraph.number) for words, what, paragraph in dates_of_entry(world.report, entry)]


def test_it_takes_the_dates_of_the_sentences_that_name_the_entry_in_the_order_of_time(client, world):
    event(
        7, "The National Office for Travellers runs the Open Roads Plan from 2013. All began in 2001.", 2013, "Plan run"
    )
    event(5, "The Office keeps no one from leaving since 2012.", 2012, "Nobody kept")
    assert said(world, world.office) == [("2012", "Nobody kept", 5), ("2013", "Plan run", 7)]
    event(7, "The National Office for Travellers runs the Open Roads Plan. All began in 2001.", 2001, "Begun")
    assert ("2001", "Begun", 7) not in said(world, world.office)
    words = read(client.get("/institutions/office-for-travellers/")).words
    assert "Dates Dates in the sentences that name it." in words


def test_it_takes_the_date_in_the_words_over_a_list_for_its_items(world):
    event(2, "Told in 2014:", 2014, "Told")
    item = Block.objects.get(paragraph__number=2, position=1)
    assert said(world, world.plan) == []
    world.plan.mentions.create(block=item, start=0, end=5, surface="Where")
    assert said(world, world.plan) == [("2014", "Told", 2)]


def test_it_says_many_dates_of_one_thing_as_the_first_and_the_last(world):
    for year in (2013, 2014, 2015):
        block = Block.objects.get(paragraph__number=3, position=1)
        event(3, block.text, 2014, "Budget", position=1).delete()
        DatedEvent.objects.create(
            block=block, start=year, end=year + 4, surface=str(year), first=date(year, 1, 1), last=date(year, 12, 31),
            precision="year", sense="on", what="Budget",
        )  # fmt: skip
    assert said(world, world.office) == [("2013 … 2015", "Budget", 3)]
