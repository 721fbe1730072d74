"""What tests of the desk share; a file whose world differs has a fixture of its own."""

from django.core.management import call_command

from sections.tests.support.shared_world import shared_world
from sections.tests.support.world import make_world


def build_world():
    """The made-up report with its links and its search index."""
    made = make_world()
    call_command("link_report", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    return made


built_world, world = shared_world(build_world)
