"""An address of an entry that people have cited leads on for good, in every form and language."""

import pytest

from sections.editing.delete import delete_entry
from sections.editing.merge_entries import merge
from sections.editing.revert import revert, undo
from sections.exports.fixtures import write_fixtures
from sections.models import Change, Entry, FormerAddress
from sections.queries.changes import OF_ENTRY
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def build_world():
    world = make_world()
    world.bureau = Entry.objects.create(type="institution", slug="bureau", name="Bureau", kind="agency")
    return world


built_world, world = shared_world(build_world)


def now_at(client, address):
    answer = client.get(address)
    return (answer.status_code, answer.headers.get("Location"))


@pytest.mark.parametrize(
    "address",
    [
        "/institutions/{}/", "/es/institutions/{}/", "/fr/institutions/{}/", "/institutions/{}/card/",
        "/institutions/{}/paragraphs.csv", "/es/institutions/{}/paragraphs.xlsx", "/institutions/{}.bib",
        "/fr/institutions/{}.ris", "/api/v1/institutions/{}/", "/institutions/{}/?law=travellers-act",
        "/api/v1/institutions/{}/?report=XXX/C/EXA/1",
    ],
)  # fmt: skip
def test_after_a_merge_every_former_address_leads_to_the_same_page_of_the_entry_that_stays(client, world, address):
    merge(world.office, world.bureau)
    assert now_at(client, address.format("bureau")) == (301, address.format("office-for-travellers"))
    assert client.get(address.format("bureau"), follow=True).status_code == 200


def test_a_chain_of_merges_is_one_step(client, world):
    cabinet = Entry.objects.create(type="institution", slug="cabinet", name="Cabinet", kind="agency")
    merge(world.bureau, cabinet)
    merge(world.office, world.bureau)
    for slug in ("cabinet", "bureau", "CABINET"):
        assert now_at(client, f"/institutions/{slug}/") == (301, "/institutions/office-for-travellers/")


def test_undoing_the_merge_gives_the_entry_its_address_back(client, world):
    undo(merge(world.office, world.bureau))
    assert now_at(client, "/institutions/bureau/") == (200, None)
    assert not FormerAddress.objects.exists()


def test_an_entry_that_is_made_anew_at_the_address_is_found_there(client, world):
    merge(world.office, world.bureau)
    anew = Entry.objects.create(type="institution", slug="bureau", name="Bureau of others", kind="agency")
    assert now_at(client, "/institutions/bureau/") == (200, None)
    merge(world.office, anew)
    assert now_at(client, "/institutions/bureau/") == (301, "/institutions/office-for-travellers/")


def test_a_former_address_of_a_deleted_entry_is_none_until_the_entry_is_restored(client, world):
    merge(world.office, world.bureau)
    key = world.office.pk
    deletion = delete_entry(world.office)
    assert now_at(client, "/institutions/bureau/") == (404, None)
    revert(OF_ENTRY, key, deletion.pk - 1)
    assert now_at(client, "/institutions/bureau/") == (301, "/institutions/office-for-travellers/")


def test_a_filter_by_the_former_address_means_the_entry_that_stays(client, world):
    merge(world.office, world.bureau)
    asked = [
        client.get(f"/api/v1/paragraphs/?institution={slug}").json() for slug in ("bureau", "office-for-travellers")
    ]
    assert asked[0]["results"] == asked[1]["results"] != []


def test_former_addresses_travel_with_the_fixtures(world, tmp_path):
    merge(world.office, world.bureau)
    write_fixtures(tmp_path)
    assert '"sections.formeraddress"' in (tmp_path / "institutions.json").read_text()
    assert FormerAddress.objects.get_by_natural_key("institution", "bureau").entry == world.office
    assert Change.objects.get().kind == "merge"
