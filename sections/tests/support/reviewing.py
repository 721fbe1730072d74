"""The review desk as a test uses it: a reviewer, and a decision on a link as the page posts it."""

from django.contrib.auth.models import Group, User
from django.core.management import call_command

from sections.editing.review import state_of
from sections.models import Mention

from .world import block, make_world


def reviewed_world():
    """The small world with its search index, and with links as files hold them."""
    made = make_world()
    call_command("rebuild_search", verbosity=0)
    return made


def reviewer(client, name="rita"):
    """The client, logged in as somebody who may use the review desk only."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name="reviewers"))
    client.force_login(user)
    return client


def mention(number, surface, position=0):
    """The link of these words in a block of a paragraph."""
    return Mention.objects.get(block=block(number, position), surface=surface)


def decide(desk, link, decision, **more):
    """What the desk answers to a decision on a link that is still as it is stored."""
    key = f"{'m' if isinstance(link, Mention) else 'a'}{link.pk}"
    told = {"decision": decision, "seen": state_of(link), "reason": "", "same": "", "scope": "one"}
    return desk.post(f"/admin/review/{key}/", told | more, follow=True)
