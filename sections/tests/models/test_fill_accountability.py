"""The migration that keeps names with changes, and knows sessions, deletions and merges of before."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from sections.editing.delete import delete_entry
from sections.editing.merge_entries import merge
from sections.models import Change, Entry, FormerAddress
from sections.tests.support.world import make_world

migration = import_module("sections.migrations.0023_accountability")
pytestmark = pytest.mark.django_db


def run(step):
    step(apps, SimpleNamespace(connection=connection))


def test_it_fills_what_was_not_kept_before():
    world = make_world()
    ana = User.objects.create(username="ana", first_name="Ana", last_name="Luna")
    bureau, cabinet = [
        Entry.objects.create(type="institution", slug=name.lower(), name=name, kind="agency")
        for name in ("Bureau", "Cabinet")
    ]
    merge(bureau, cabinet, user=ana)
    merge(world.office, bureau, user=ana)
    gone = delete_entry(world.plan, user=ana)
    Change.objects.update(user_name="", full_name="")
    Change.objects.filter(pk=gone.pk).update(kind="edit")
    FormerAddress.objects.all().delete()
    now = timezone.now()
    reviews = [Change.objects.create(user=ana, kind="review") for _ in range(4)]
    for change, minutes in zip(reviews, (0, 30, 60, 200), strict=True):
        Change.objects.filter(pk=change.pk).update(when=now + timedelta(minutes=minutes))
    for step in (
        migration.keep_names,
        migration.join_sessions,
        migration.call_deletions_deletions,
        migration.lead_on_from_merged,
    ):
        run(step)
    assert set(Change.objects.values_list("user_name", "full_name")) == {("ana", "Ana Luna")}
    first = reviews[0].pk
    assert [Change.objects.get(pk=change.pk).session_id for change in reviews] == [None, first, first, None]
    assert Change.objects.get(pk=gone.pk).kind == "delete"
    assert dict(FormerAddress.objects.values_list("slug", "entry__name")) == {
        "bureau": world.office.name,
        "cabinet": world.office.name,
    }
