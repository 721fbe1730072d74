"""The dated things that the invented report says of its entries."""

from datetime import date

import pytest

from sections.models import Block, DatedEvent, Entry
from sections.queries.dates import dates_of_entry
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


built_world, world = shared_world(make_world)


def event(paragraph, text, year, what, position=0, sense="on"):
    """A year in a block whose text is set for the test."""
    block = Block.objects.get(paragraph__number=paragraph, position=position)
    block.text = text
    block.save()
    start = text.index(str(year))
    return DatedEvent.objects.create(
        block=block, start=start, end=start + 4, surface=str(year), first=date(year, 1, 1), last=date(year, 12, 31),
        precision="year", sense=sense, what=what,
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
    assert "Dates From the sentences that mention it." in words


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


@pytest.mark.parametrize("sense", ["since", "until", "before"])
def test_it_says_how_a_date_is_meant_wherever_the_date_is_shown(client, world, sense):
    event(5, f"The Office keeps no one from leaving {sense} 2012.", 2012, "Nobody kept", sense=sense)
    assert said(world, world.office) == [(f"{sense} 2012", "Nobody kept", 5)]
    address = f"/{world.report.symbol}/timeline"
    assert f"{sense} 2012 Nobody kept" in read(client.get("/institutions/office-for-travellers/")).words
    assert f"{sense} 2012 Nobody kept" in read(client.get(f"{address}/")).words
    (row,) = client.get(f"{address}.json").json()["dates"]
    assert (row["sense"], row["words"], row["printed"]) == (sense, f"{sense} 2012", "2012")
    assert f",{sense},{sense} 2012,2012,Nobody kept," in client.get(f"{address}.csv").content.decode()
    (of_entry,) = client.get("/api/v1/institutions/office-for-travellers/").json()["dates"]
    assert (of_entry["words"], of_entry["what"], of_entry["paragraph"]) == (f"{sense} 2012", "Nobody kept", 5)
    (in_api,) = client.get("/api/v1/dates/").json()["results"]
    assert in_api["words"] == f"{sense} 2012"


def test_it_gives_each_programme_its_own_dates_of_a_sentence(client, world):
    other = Entry.objects.create(type="programme", slug="closed-roads-plan", name="Closed Roads Plan", kind="plan")
    text = "The first ended in 2011 (Open Roads Plan); the second ran until 2015 (Closed Roads Plan)."
    event(6, text, 2011, "First plan ended")
    event(6, text, 2015, "Second plan ended", sense="until")
    for entry in (world.plan, other):
        start = text.index(entry.name)
        block = Block.objects.get(paragraph__number=6, position=0)
        block.mentions.create(start=start, end=start + len(entry.name), surface=entry.name, entry=entry)
    assert said(world, world.plan) == [("2011", "First plan ended", 6)]
    assert said(world, other) == [("until 2015", "Second plan ended", 6)]


def test_it_leaves_a_date_to_the_law_that_its_own_words_name(world):
    text = "The National Office for Travellers runs the Open Roads Plan under the Travellers Act of 2013."
    event(7, text, 2013, "Travellers Act adopted")
    assert said(world, world.act) == [("2013", "Travellers Act adopted", 7)]
    assert said(world, world.plan) == []


def test_it_leaves_out_a_year_that_is_part_of_a_name(client, world):
    event(5, "The Office 2012 keeps no one from leaving.", 2012, "The Office 2012", sense="name")
    assert said(world, world.office) == []
    page = read(client.get(f"/{world.report.symbol}/timeline/"))
    assert "1 year that is only part of a name or a title is left out here" in page.words
    assert len(client.get(f"/{world.report.symbol}/timeline.json").json()["dates"]) == 1
