"""A rejected link bars its place for that entry alone: other entries and longer names are linked there."""

import pytest
from django.core.management import call_command

from sections.editing.relink import names_of, relink
from sections.editing.review import Outdated, decide_links, decided, set_review, state_of
from sections.linking.sync import plan_links
from sections.models import Entry, Mention, Name, Review, changing
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import OFFICE, PLAN, block, make_world

pytestmark = pytest.mark.django_db


def build_world():
    made = make_world()
    call_command("link_report", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    return made


built_world, world = shared_world(build_world)


def links(number, position=0):
    """The links of a block that readers see, as (words, entry)."""
    rows = Mention.objects.shown().filter(block=block(number, position)).in_order()
    return [(row.surface, row.entry.name) for row in rows]


def named(entry, *names):
    """Gives names to the entry, as a save at the desk does."""
    with changing():
        before = names_of([entry.pk])
        for name in names:
            Name.objects.create(entry=entry, text=name)
        relink(before, [entry.pk])


def reject(number, surface):
    link = Mention.objects.get(block=block(number), surface=surface)
    set_review(Mention, [link.pk], Review.REJECTED)
    return link


def make(name, type="institution"):
    return Entry.objects.create(type=type, slug=name.lower().replace(" ", "-"), name=name, kind="agency")


def test_another_entry_of_the_rejected_words_is_linked_there(world):
    reject(7, PLAN)
    assert (PLAN, PLAN) not in links(7)
    Entry.objects.filter(pk=world.plan.pk).update(name="Closed Roads Plan")
    other = make("Roads Bureau")
    named(other, PLAN)
    assert (PLAN, "Roads Bureau") in links(7)
    assert Mention.objects.get(block=block(7), entry=world.plan).review == "rejected"


@pytest.mark.parametrize("own", [True, False])
def test_a_longer_name_over_the_rejected_words_is_linked_whoever_has_it(world, own):
    reject(7, PLAN)
    entry = world.plan if own else make("Roads Bureau")
    named(entry, f"runs the {PLAN}")
    assert (f"runs the {PLAN}", entry.name) in links(7)


def test_what_the_rejected_words_crossed_is_linked(world):
    longer = make("Long")
    named(longer, f"{OFFICE} runs")
    crossing = make("Crossing")
    named(crossing, "runs the")
    assert ("runs the", "Crossing") not in links(7)
    reject(7, f"{OFFICE} runs")
    assert {("runs the", "Crossing"), (OFFICE, OFFICE)} <= set(links(7))


def test_the_rejected_entry_is_not_linked_there_again(world):
    reject(7, PLAN)
    named(world.plan, "Open Roads")
    assert [name for words, name in links(7) if name == PLAN] == []
    assert plan_links(world.report).is_empty


def test_a_decision_is_reset_and_the_link_follows_the_names_again(world):
    link = reject(7, PLAN)
    change = decided(Mention, [link.pk], Review.UNREVIEWED)
    assert change.kind == "review"
    assert (PLAN, PLAN) in links(7)
    assert Mention.objects.get(pk=link.pk).review == "unreviewed"
    assert plan_links(world.report).is_empty


def test_words_that_no_name_holds_any_more_lose_their_link_when_the_decision_is_reset(world):
    link = Mention.objects.get(surface="No other")
    set_review(Mention, [link.pk], Review.UNREVIEWED)
    assert not Mention.objects.filter(pk=link.pk).exists()


def test_the_words_of_a_rejected_link_are_led_to_the_entry_that_was_rejected_before(world):
    rejected = reject(7, PLAN)
    other = make("Roads Bureau")
    Entry.objects.filter(pk=world.plan.pk).update(name="Closed Roads Plan")
    named(other, PLAN)
    link = Mention.objects.get(block=block(7), surface=PLAN, entry=other)
    decide_links(Mention, [link.pk], "other", state_of(link), other=world.plan)
    rows = Mention.objects.filter(block=block(7), surface=PLAN).values_list("pk", "entry", "review")
    assert list(rows) == [(link.pk, world.plan.pk, "confirmed")]
    assert rejected.pk != link.pk


def test_a_rejected_link_is_not_confirmed_over_another_decision(world):
    rejected = reject(7, OFFICE)
    crossing = make("Crossing")
    named(crossing, "Travellers runs")
    set_review(Mention, [Mention.objects.get(surface="Travellers runs").pk], Review.CONFIRMED)
    with pytest.raises(Outdated, match="overlaps “Travellers runs”, which an editor linked to Crossing"):
        decide_links(Mention, [rejected.pk], "confirm", state_of(Mention.objects.get(pk=rejected.pk)))
    assert Mention.objects.get(pk=rejected.pk).review == "rejected"
