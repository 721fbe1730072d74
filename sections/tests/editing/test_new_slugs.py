"""The address of an entry: free, in small letters, however it comes in."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from sections.editing.addresses import keep_address
from sections.editing.new_slugs import free_slug
from sections.models import Entry
from sections.tests.support.world import make_world

pytestmark = pytest.mark.django_db


def entry(slug, **more):
    return Entry.objects.create(**{"type": "law", "slug": slug, "name": slug, "kind": "act"} | more)


def test_a_taken_address_gets_a_number():
    entry("road-act")
    assert free_slug("law", "Road Act") == "road-act-2"
    assert free_slug("programme", "Road Act") == "road-act"
    entry("road-act-2")
    assert free_slug("law", "Road Act") == "road-act-3"
    assert free_slug("law", "★") == "law-1"
    assert len(free_slug("law", "long " * 40)) <= 80


def test_an_address_that_leads_to_another_entry_is_taken_too():
    stays, goes = entry("stays"), entry("goes")
    keep_address(goes, stays)
    goes.delete()
    assert free_slug("law", "Goes") == "goes-2"
    assert free_slug("law", "Goes", own=stays.pk) == "goes"


def test_addresses_are_stored_and_found_in_small_letters():
    make_world()
    made = entry("Road-ACT")
    assert made.slug == "road-act" and Entry.objects.get(slug="ROAD-act") == made
    with pytest.raises(ValidationError):
        Entry(type="law", slug="ROAD-ACT", name="x", kind="act").full_clean()
    answer = Client().get("/laws/Road-ACT/")
    assert (answer.status_code, answer["Location"]) == (301, "/laws/road-act/")


def test_the_migration_lowers_addresses_and_keeps_them_apart():
    first, second, third = entry("one"), entry("two"), entry("three")
    with connection.cursor() as cursor:
        for key, slug in ((first.pk, "act"), (second.pk, "ACT"), (third.pk, "Plan")):
            cursor.execute("UPDATE sections_entry SET slug = %s WHERE id = %s", [slug, key])
    migration = import_module("sections.migrations.0027_spreadsheets")
    migration.lower_slugs(apps, SimpleNamespace(connection=connection))
    slugs = dict(Entry.objects.values_list("pk", "slug"))
    assert slugs == {first.pk: "act", second.pk: "act-2", third.pk: "plan"}
