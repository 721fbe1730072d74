"""What tests of the API share."""

import pytest

from sections.tests.support.world import make_world


@pytest.fixture
def world(db):
    """The made-up report."""
    return make_world()
