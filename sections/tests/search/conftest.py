"""What the tests of the search share."""

from types import SimpleNamespace

import pytest

from sections.search.indexer import rebuild
from sections.tests.support.world import make_world


@pytest.fixture
def world(db) -> SimpleNamespace:
    """The small invented world, indexed."""
    made = make_world()
    rebuild()
    return made
