"""Names within longer names in the database: stored, kept, counted apart, and shown once."""

from io import StringIO

import pytest
from django.core.management import call_command

from sections.editing.delete import delete_entry
from sections.editing.merge_entries import merge
from sections.editing.relink import apply_plans
from sections.editing.revert import undo
from sections.editing.review import set_review
from sections.linking.sync import plan_links
from sections.models import Basis, Change, Entry, Mention, Name, Review
from sections.search.service import SearchRequest, rebuild, search
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_other_report, make_world

pytestmark = pytest.mark.django_db

COUNCIL = "NOT Council for safe roads"


def build_world():
    made = make_world()
    made.council = Entry.objects.create(type="institution", slug="council", name=COUNCIL, kind="council")
    made.other = make_other_report(texts=(f"The {COUNCIL} meets.", "By NOT.", f"By NOT and its {COUNCIL}."))
    rebuild()
    relink(made)
    return made


built_world, world = shared_world(build_world)


def relink(world):
    """Finds the links of the other report again, and gives them."""
    apply_plans([plan_links(world.other)])
    return links(world)


def links(world):
    rows = Mention.objects.of(world.other).shown().with_longer().order_by("block__paragraph__number", "start", "-end")
    return [(row.block.paragraph.number, row.surface, str(row.entry.slug), row.longer) for row in rows]


OFFICE = "office-for-travellers"
ALL = [
    (1, COUNCIL, "council", ""),
    (1, "NOT", OFFICE, COUNCIL),
    (2, "NOT", OFFICE, ""),
    (3, "NOT", OFFICE, ""),
    (3, COUNCIL, "council", ""),
    (3, "NOT", OFFICE, COUNCIL),
]


def test_linking_stores_both_and_has_nothing_to_do_afterwards(world):
    assert links(world) == ALL
    assert plan_links(world.other).is_empty


def test_rejecting_the_longer_name_leaves_the_one_within_it_which_then_stands_by_itself(world):
    set_review(Mention, Mention.objects.filter(entry=world.council).values_list("pk", flat=True), Review.REJECTED)
    assert relink(world) == [(number, "NOT", OFFICE, "") for number in (1, 2, 3, 3)]


def test_rejecting_the_name_within_leaves_the_longer_one(world):
    nested = Mention.objects.of(world.other).nested()
    set_review(Mention, list(nested.values_list("pk", flat=True)), Review.REJECTED)
    assert relink(world) == [row for row in ALL if not row[3]]


def test_what_a_person_linked_around_a_name_or_within_it_stays_and_so_does_the_name(world):
    block = Mention.objects.of(world.other).filter(entry=world.council).first().block
    start = block.text.index("safe roads")
    by_hand = {"block": block, "basis": Basis.EDITOR}
    Mention.objects.create(start=start, end=start + 10, surface="safe roads", entry=world.plan, **by_hand)
    Mention.objects.create(start=0, end=len(block.text), surface=block.text, entry=world.act, **by_hand)
    found = relink(world)
    assert [row[1:] for row in found if row[0] == 1] == [
        (block.text, "travellers-act", ""),
        (COUNCIL, "council", block.text),
        ("NOT", OFFICE, COUNCIL),
        ("safe roads", "open-roads-plan", COUNCIL),
    ]


def test_a_name_that_overlaps_what_a_person_linked_only_in_part_is_not_linked(world):
    block = Mention.objects.of(world.other).filter(entry=world.council).first().block
    Mention.objects.filter(block=block).delete()
    surface = block.text[: block.text.index("safe")]
    Mention.objects.create(block=block, start=0, end=len(surface), surface=surface, entry=world.act, basis=Basis.EDITOR)
    found = [row[1:] for row in relink(world) if row[0] == 1]
    assert found == [(surface, "travellers-act", ""), ("NOT", OFFICE, surface)]


def test_merging_the_two_entries_leaves_the_longer_link_and_undo_brings_all_back(world):
    change = merge(world.office, world.council)
    assert links(world) == [(n, s, OFFICE, "") for n, s, _, longer in ALL if not longer]
    assert plan_links(world.other).is_empty
    undo(change)
    assert links(world) == ALL


def test_deleting_the_longer_name_lets_the_other_stand_by_itself_and_undo_brings_it_back(world):
    delete_entry(world.council)
    assert links(world) == [(number, "NOT", OFFICE, "") for number in (1, 2, 3, 3)]
    undo(Change.objects.first())
    assert links(world) == ALL


def test_a_search_for_the_entry_finds_the_paragraph_that_names_it_only_within_a_longer_name(world):
    request = SearchRequest(f"institution:{OFFICE}", report=world.other.symbol)
    assert sorted(hit.number for hit in search(request).hits) == [1, 2, 3]


def test_counts_tell_the_own_names_from_those_within_longer_ones(world):
    office = Entry.objects.with_counts(world.other).get(pk=world.office.pk)
    assert (office.paragraph_count, office.nested_count) == (2, 1)


def test_pages_underline_the_longer_name_only_and_name_both_beside_the_text(client, world):
    page = client.get(f"/{world.other.symbol}/paragraphs/1/").content.decode()
    text = page[page.index('<div class="text"') :] if '<div class="text"' in page else page
    assert page.count(f">{COUNCIL}</a>") == 2  # in the text, and beside it
    assert f'within: “<span lang="{world.other.language}">{COUNCIL}</span>”' in page
    assert ">NOT</a>" not in text


def test_fixtures_hold_both_and_load_again_as_they_were(world, tmp_path):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    nested = Mention.objects.of(world.other).nested()
    kept = nested.first()
    kept.review = Review.CONFIRMED
    kept.save()
    nested.exclude(pk=kept.pk).delete()
    call_command("loaddata", *sorted(map(str, tmp_path.glob("mentions-*.json"))), verbosity=0)
    assert links(world) == ALL
    kept.refresh_from_db()
    assert kept.review == Review.CONFIRMED
    kept.review = Review.UNREVIEWED
    kept.save()
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_a_fixture_gives_way_to_a_link_that_a_person_led_elsewhere_or_made_longer(world, tmp_path):
    call_command("export_fixtures", directory=tmp_path, stdout=StringIO())
    first, second = Mention.objects.of(world.other).own().filter(entry=world.office).order_by("block")
    first.entry, first.basis, first.review = world.act, Basis.EDITOR, Review.CONFIRMED
    first.save()
    second.start, second.surface, second.basis = second.start - 3, "By NOT", Basis.EDITOR
    second.save()
    before = links(world)
    call_command("loaddata", *sorted(map(str, tmp_path.glob("mentions-*.json"))), verbosity=0)
    assert links(world) == before


def test_a_new_name_of_the_same_entry_around_an_old_one_takes_its_place(world):
    Name.objects.create(entry=world.office, text="By NOT")
    assert [row[1] for row in relink(world) if row[2] == OFFICE and not row[3]] == ["By NOT", "By NOT"]
