"""What the tests of the search share."""

from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_indexed_world

built_world, world = shared_world(make_indexed_world)
