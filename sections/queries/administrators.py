"""Who manages the logins of the desk: there must always be somebody who can."""

from collections.abc import Iterable

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.models import Q

MANAGES = {"content_type__app_label": "auth", "codename": "change_user"}


def administrators() -> set[int]:
    """The keys of those who can log in and manage logins; within a transaction nobody changes that meanwhile."""
    right = Permission.objects.filter(**MANAGES)
    may = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    users = User.objects.filter(is_active=True, is_staff=True)
    if connection.in_atomic_block:
        list(users.select_for_update().order_by("pk").values_list("pk", flat=True))
    able = users.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).filter(may)
    return set(able.values_list("pk", flat=True))


def is_last_administrator(keys: Iterable[int]) -> bool:
    """Whether nobody could manage logins without these users; False where nobody can anyhow."""
    now = administrators()
    return bool(now) and now <= set(keys)


def gives_management(groups: Iterable[Group], permissions: Iterable[Permission] = ()) -> bool:
    """Whether these groups or rights let somebody manage logins."""
    right = Permission.objects.filter(**MANAGES)
    by_group = right.filter(group__in=[group.pk for group in groups]).exists()
    return by_group or right.filter(pk__in=[permission.pk for permission in permissions]).exists()
