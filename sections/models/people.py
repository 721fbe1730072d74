"""Who made a change: the names stay with it when the login is deleted; decisions in one go belong together."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.db.models.signals import pre_delete

PAUSE = timedelta(hours=1)  # longer ones end a reviewer's session
LONGEST = timedelta(hours=8)  # of a session


def names_of_person(user: AbstractBaseUser | None) -> dict[str, str]:
    """The names to be stored with a change: empty for nobody."""
    if user is None:
        return {"user_name": "", "full_name": ""}
    return {"user_name": user.get_username(), "full_name": user.get_full_name()}


def join_session(change: Model) -> None:
    """Puts a decision of a reviewer together with those that the same person made just before it.

    An action of another kind ends a session; taking a decision back does not.
    """
    changes, kinds = type(change)._default_manager, type(change).Kind
    own = changes.filter(user=change.user_id, pk__lt=change.pk).exclude(kind=kinds.REVERT)
    last = own.select_related("session").order_by("-pk").first()
    if last is None or last.kind != kinds.REVIEW or change.when - last.when > PAUSE:
        return
    first = last.session or last
    if change.when - first.when <= LONGEST:
        change.session = first
        change.save(update_fields=["session"])


def connect_signals() -> None:
    """Before a login is deleted, its changes get the names as they are then."""
    pre_delete.connect(_keep_names, sender=get_user_model())


def _keep_names(instance: AbstractBaseUser, **kwargs: Any) -> None:
    apps.get_model("sections", "Change").objects.filter(user=instance.pk).update(**names_of_person(instance))
