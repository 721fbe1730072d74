"""A world that the tests of a module share: it is built once, and each test's changes of it are rolled back."""

from collections.abc import Callable
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import transaction

from sections.models.content_version import content_changed


def shared_world(build: Callable[[], SimpleNamespace]) -> tuple[Callable, Callable]:
    """The fixtures `built_world` and `world` of a module: `built_world, world = shared_world(make_world)`.

    `world` gives each test the rows that `build` made, in objects of the test's own and under a content version of its
    own, so that nothing is in memory yet. A test that needs an empty database empties it with `remove_all`.
    """

    @pytest.fixture(scope="module")
    def built_world(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    @pytest.fixture
    def world(built_world, db) -> SimpleNamespace:
        content_changed(names=True)
        return deepcopy(built_world)

    return built_world, world


def remove_all() -> None:
    """Empties the tables of the site for the rest of a test."""
    for model in apps.get_app_config("sections").get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)
