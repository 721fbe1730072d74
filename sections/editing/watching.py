"""What a person watches, how far they have read its changes, and the secret of their feed."""

import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from sections.models import Change, Preferences, Watch

MOST_WATCHED = 300  # records of one person


class TooMany(Exception):
    """The person watches as many records as one may."""


def watch(user: AbstractBaseUser, kind: str, key: int) -> None:
    """Begins to watch a record. Raises TooMany."""
    with transaction.atomic():
        count = Watch.objects.filter(user=user).count()
        if count >= MOST_WATCHED:
            raise TooMany
        if count == 0:  # what was before is no news
            mark_seen(user)
        Watch.objects.get_or_create(user=user, kind=kind, key=key)


def end_watch(user: AbstractBaseUser, kind: str, key: int) -> None:
    """Ends to watch a record."""
    Watch.objects.filter(user=user, kind=kind, key=key).delete()


def mark_seen(user: AbstractBaseUser) -> None:
    """Remembers that the person has seen all changes until now."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    Preferences.objects.update_or_create({"seen": last}, user=user)


def set_feed(user: AbstractBaseUser, is_wanted: bool) -> None:
    """Gives the person's feed a new secret address, or none; the former one leads nowhere."""
    token = secrets.token_urlsafe(32) if is_wanted else None
    Preferences.objects.update_or_create({"feed_token": token}, user=user)
