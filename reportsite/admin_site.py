"""The admin site of the editors: who may enter, for how long, and with how many steps."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

RENEWAL = 300  # seconds after which a session in use is stored again
RENEWED = "renewed"
# Pages that belong to no model: URL name, words, and the permission that opens them.
PAGES = [
    ("review", "Review desk", "sections.review_links"),
    ("coverage", "Coverage of the articles", "sections.add_silence"),
    ("samples", "Check a random sample", "sections.review_links"),
    ("lists", "Lists as CSV", "sections.edit_by_csv"),
    ("convention-text", "Text of the Convention", "sections.add_conventiontext"),
]


class ChoiceView(AutocompleteJsonView):
    """The records for a field that searches for one, in the words in which their ModelAdmin offers them as choices."""

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return self.model_admin.choices(rows, self.term) if hasattr(self.model_admin, "choices") else rows

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "choice_words"):
            result["text"] = self.model_admin.choice_words(obj, self.term)
        return result


class EditorsSite(AdminSite):
    """Django's admin, where a session in use does not end, and TWO_FACTOR asks for a second step."""

    site_title = "Editors’ desk"
    site_header = "Editors’ desk"
    index_title = "What you can edit"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the user may enter: is staff, and has given the code where one is required."""
        return super().has_permission(request) and not self.needs_second_step(request)

    def needs_second_step(self, request: HttpRequest) -> bool:
        """Whether the user has given a password and has yet to give the code."""
        return settings.TWO_FACTOR and super().has_permission(request) and not request.user.is_verified()

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """The view behind the log-in; asks for the second step and renews the session."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            if self.needs_second_step(request) and request.path != reverse("admin:logout"):
                return redirect(f"{reverse('second-step')}?{urlencode({'next': request.get_full_path()})}")
            if any("\0" in value for _, values in request.GET.lists() for value in values):
                raise BadRequest("This address contains a NUL character. Remove %00 from it.")
            now = int(time.time())
            if super(EditorsSite, self).has_permission(request) and now - request.session.get(RENEWED, 0) > RENEWAL:
                request.session[RENEWED] = now
            return inner(request, *args, **kwargs)

        return guarded

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The models that the user may see, after the pages that belong to no model.

        On the first page a model whose admin knows what is `waiting` says how much that is.
        """
        models = super().get_app_list(request, app_label)
        if request.path == reverse("admin:index"):
            for row in (row for app in models for row in app["models"]):
                if waiting := getattr(self._registry[row["model"]], "waiting", None):
                    row["name"] = f"{row['name']} ({waiting()})"
        pages = [
            {"name": words, "object_name": words, "admin_url": reverse(name), "view_only": True}
            for name, words, permission in PAGES
            if app_label is None and request.user.has_perm(permission)
        ]
        group = {"name": "Links and lists", "app_label": "desks", "app_url": reverse("admin:index"), "models": pages}
        return [group, *models] if pages else models

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What all pages of the desk show, among it whether the site is read-only."""
        return super().each_context(request) | {"read_only": getattr(request, "read_only", None)}

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """The records that fit what was typed into a field."""
        return ChoiceView.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The log-in page, or the second step for a user who has given the password."""
        if self.needs_second_step(request):
            return redirect(reverse("second-step"))
        return super().login(request, extra_context)
