"""The admin site of the editors: who may enter, for how long, and with how many steps."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, is_valid_path, reverse
from django.utils.translation import gettext, gettext_lazy

RENEWAL = 300  # seconds after which a session in use is stored again
RENEWED = "renewed"
# Pages that belong to no model: URL name, words, and the permission that opens them.
PAGES = [
    ("review", gettext_lazy("Review desk"), "sections.review_links"),
    ("desk-suggestions", gettext_lazy("Suggestions"), "sections.add_mention"),
    ("coverage", gettext_lazy("Coverage of the articles"), "sections.add_silence"),
    ("samples", gettext_lazy("Check a random sample"), "sections.review_links"),
    ("lists", gettext_lazy("Lists as spreadsheets"), "sections.edit_by_csv"),
    ("admin:activity", gettext_lazy("What everybody did"), "sections.view_change"),
    ("admin:my_actions", gettext_lazy("My recent actions"), "sections.review_links"),
    ("admin:watched", gettext_lazy("Watched records"), "sections.view_paragraph"),
    ("admin:locked_names", gettext_lazy("Locked names"), "auth.change_user"),
    ("convention-text", gettext_lazy("Text of the Convention"), "sections.add_conventiontext"),
]


class ChoiceView(AutocompleteJsonView):
    """The records for a field that searches for one, in the words in which their ModelAdmin offers them as choices."""

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return self.model_admin.choices(rows, self.term) if hasattr(self.model_admin, "choices") else rows

    def process_request(self, request: HttpRequest) -> tuple[str, ModelAdmin, Field, str]:
        """What is asked for; refuses the other side of a relation, at which Django fails."""
        found = super().process_request(request)
        if found[2].auto_created:
            raise PermissionDenied
        return found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "choice_words"):
            result["text"] = self.model_admin.choice_words(obj, self.term)
        return result


class EditorsSite(AdminSite):
    """Django's admin, where a session in use does not end, and TWO_FACTOR asks for a second step."""

    site_title = gettext_lazy("Editors’ desk")
    site_header = gettext_lazy("Editors’ desk")
    index_title = gettext_lazy("Today at the desk")
    groups: list[tuple[str, list[str]]] = []  # words, with the labels of models and the names of pages
    home: Callable[[HttpRequest], dict[str, Any]] = staticmethod(lambda request: {})
    pages: list[URLPattern] = []  # that belong to no model; who writes such a page adds it

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
                raise BadRequest(gettext("This address contains a NUL character. Remove “%00” from it."))
            now = int(time.time())
            if super(EditorsSite, self).has_permission(request) and now - request.session.get(RENEWED, 0) > RENEWAL:
                request.session[RENEWED] = now
            return inner(request, *args, **kwargs)

        return guarded

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the pages that belong to no model, before Django's."""
        return [*self.pages, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The lists and pages that the user may see, by group; those of one app where its label is given.

        On the first page a model whose admin knows what is `waiting` says how much that is.
        """
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        rows = {row["model"]._meta.label: row for app in apps for row in app["models"]}
        if request.path == reverse("admin:index"):
            for row in rows.values():
                if waiting := getattr(self._registry[row["model"]], "waiting", None):
                    row["name"] = f"{row['name']} ({waiting()})"
        for name, words, permission in PAGES:
            if request.user.has_perm(permission):
                rows[name] = {"name": words, "object_name": name, "admin_url": reverse(name), "view_only": True}
        grouped = {name for _, names in self.groups for name in names}
        groups = [*self.groups, (gettext("More"), [name for name in rows if name not in grouped])]
        return [
            {"name": words, "app_label": f"group-{place}", "app_url": "", "models": listed}
            for place, (words, names) in enumerate(groups)
            if (listed := [rows[name] for name in names if name in rows])
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What all pages of the desk show: whether the site is read-only, and the way to the pages of readers."""
        return super().each_context(request) | {
            "read_only": getattr(request, "read_only", None),
            "site_url": reverse("home"),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The first page, with what `home` knows of the work that waits."""
        return super().index(request, {**self.home(request), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """The records that fit what was typed into a field."""
        return ChoiceView.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The log-in page, or the second step for a user who has given the password.

        It leads to the first page of the desk where the page that it shall lead to is not one of this site.
        """
        for name in ("GET", "POST"):
            given = getattr(request, name)
            if "next" in given and not _is_page(given["next"]):
                given = given.copy()
                given["next"] = reverse("admin:index")
                setattr(request, name, given)
        if self.needs_second_step(request):
            return redirect(reverse("second-step"))
        return super().login(request, extra_context)


def _is_page(address):
    """Whether an address without a host is that of a page of the site."""
    path = urlsplit(address).path
    return address.startswith("/") and not address.startswith("//") and is_valid_path(path)
