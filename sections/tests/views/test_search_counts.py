"""A results page, the API and the page of an entry give the same numbers for the same thing, or say what differs."""

import pytest

from sections.editing.relink import apply_plans
from sections.linking.sync import plan_links
from sections.models import Entry, Subjects
from sections.search.service import rebuild
from sections.tests.support.pages import read
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_other_report, make_world

pytestmark = pytest.mark.django_db
OFFICE = "office-for-travellers"


def build_world():
    made = make_world()
    made.council = Entry.objects.create(
        type="institution", slug="council", name="NOT Council for roads", kind="council"
    )
    texts = (f"The {made.council.name} meets.", "By NOT.", "The Office for Travellers runs.", "It counts huts.")
    made.other = make_other_report(texts=texts)
    paragraph = made.other.paragraphs.get(number=4)
    Subjects.objects.update_or_create(paragraph=paragraph, defaults={"phrases": ["National Office for Travellers"]})
    rebuild()
    apply_plans([plan_links(made.other)])
    return made


built_world, world = shared_world(build_world)


def test_the_numbers_of_a_search_for_an_entry_add_up_to_those_of_its_page(client, world):
    found = read(client.get("/search/", {"q": "National Office for Travellers", "report": world.other.symbol}))
    assert (
        "mentioned in 2 paragraphs; in 1 more only within a longer name; 1 more found by a related term" in found.words
    )
    assert "1 more found" not in read(client.get("/search/", {"q": "NOT runs", "report": world.other.symbol})).words
    (entry,) = client.get("/api/v1/search/", {"q": "NOT", "report": world.other.symbol}).json()["entries"]
    assert (entry["paragraphs"], entry["nested_count"]) == (2, 1)
    own = client.get(f"/api/v1/institutions/{OFFICE}/", {"report": world.other.symbol}).json()
    assert (own["paragraph_count"], own["nested_count"]) == (2, 1)


def test_the_help_of_the_search_counts_as_the_pages_of_the_entries_do(client, world):
    words = read(client.get("/search/", {"report": world.other.symbol})).words
    assert "National Office for Travellers, 2 paragraphs" in words
