"""Fills the database that DATABASE_URL names with the small world: `python -m sections.tests.support.small_site`.

It prints the address of the Act's form at the desk. The editor is EDITOR with PASSWORD.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportsite.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from sections.search.service import rebuild  # noqa: E402

from .cluster import EDITOR, PASSWORD  # noqa: E402
from .world import make_world  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    world = make_world()
    rebuild()
    User.objects.create_superuser(EDITOR, password=PASSWORD)
    print(f"/admin/sections/law/{world.act.pk}/change/")
