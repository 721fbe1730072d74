"""The desk of the editors: who may come in, for how long, and with how many steps."""

import time
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.urls import reverse

TOUCH = 300  # seconds after which a session that is in use is stored again
TOUCHED = "touched"
DESKS = [
    ("review", "Review desk", "sections.review_links"),
    ("lists", "Lists as CSV", "sections.edit_by_csv"),
]


class Desk(AdminSite):
    """Django's admin; a session in use doesn't end, and TWO_FACTOR asks for a second step."""

    site_title = "Editors’ desk"
    site_header = "Editors’ desk"
    index_title = "What you can edit"

    def has_permission(self, request):
        return super().has_permission(request) and not self.wants_second_step(request)

    def wants_second_step(self, request):
        """Whether the reader has given a password and has yet to give the code."""
        return settings.TWO_FACTOR and super().has_permission(request) and not request.user.is_verified()

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            if self.wants_second_step(request) and request.path != reverse("admin:logout"):
                return redirect(f"{reverse('second-step')}?{urlencode({'next': request.get_full_path()})}")
            if super(Desk, self).has_permission(request):
                stay(request.session)
            return inner(request, *args, **kwargs)

        return guarded

    def get_app_list(self, request, app_label=None):
        """The tables that one may see, below the desks that are no tables."""
        tables = super().get_app_list(request, app_label)
        desks = [
            {"name": words, "object_name": words, "admin_url": reverse(name), "add_url": None, "view_only": True}
            | {"perms": {"view": True}}
            for name, words, right in DESKS
            if app_label is None and request.user.has_perm(right)
        ]
        if not desks:
            return tables
        own = {"name": "Links and lists", "app_label": "desks", "app_url": reverse("admin:index"), "models": desks}
        return [own | {"has_module_perms": True}, *tables]

    def login(self, request, extra_context=None):
        if self.wants_second_step(request):
            return redirect(reverse("second-step"))
        return super().login(request, extra_context)


def stay(session):
    """Lets the session's time begin anew, at most every few minutes."""
    now = int(time.time())
    if now - session.get(TOUCHED, 0) > TOUCH:
        session[TOUCHED] = now
