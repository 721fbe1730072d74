"""Every address of the desk as Django resolves it, with a value for each place in it; and people of each role."""

import re

from django.contrib.auth.models import Group, User
from django.urls import URLResolver, get_resolver

ROLES = ("nobody", "reader", "reviewer", "editor", "administrator")
MODEL = re.compile(r"admin/(?:auth|otp_totp|sections)/(?P<model>\w+)/(?P<page>.*)")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
SPECIAL = {
    "admin/^(?P<app_label>auth|otp_totp|sections)/$": "admin/sections/",
    "admin/(?P<url>.*)$": "admin/nowhere/",
    "admin/autocomplete/": "admin/autocomplete/?app_label=sections&model_name=articlelink&field_name=article",
}


APP_LABELS = re.compile(r"(?<=<app_label>)[\w|]+")


def routes():
    """The route of each address below /admin/, such as `admin/my-actions/<int:pk>/undo/`."""
    return sorted(_in_order(route) for route in _walk(get_resolver()) if route.startswith("admin/"))


def _in_order(route):
    """The route with the names of apps sorted: theirs is the order in which they were imported."""
    return APP_LABELS.sub(lambda labels: "|".join(sorted(labels[0].split("|"))), route)


def _walk(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


def model_and_page(route):
    """The name of the model whose pages a route belongs to, and the rest of the route; None where there is none."""
    match = MODEL.fullmatch(route)
    return (match["model"], match["page"]) if match else (None, route)


def address_of(route, keys):
    """The address with a value for each place: of `keys` that of the model, then that of the place's name."""
    model, _ = model_and_page(route)

    def value(place):
        own = keys.get(model) if place[1] in ("object_id", "key", "id", "pk") and model else None
        return str(own if own is not None else keys[place[1]])

    return "/" + PLACE.sub(value, SPECIAL.get(route, route))


def make_people():
    """A login for each role; `reader` has one without the desk."""
    people = {"reader": User.objects.create_user("reader")}
    for role in ROLES[2:]:
        people[role] = User.objects.create_user(role, is_staff=True)
        people[role].groups.add(Group.objects.get(name=f"{role}s"))
    return people
