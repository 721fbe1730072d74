"""What the tests of the search share."""

from sections.search.indexer import rebuild
from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world


def build_world():
    """The small invented world, indexed."""
    made = make_world()
    rebuild()
    return made


built_world, world = shared_world(build_world)
