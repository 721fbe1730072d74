"""Names that are locked after failed log-ins: an administrator sees them and unlocks them."""

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ..pages import desk_page

PERMISSION = "auth.change_user"


def locked_attempts() -> QuerySet[AccessAttempt]:
    """The failed attempts by which names are locked now, the latest first."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    failures = AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    return failures.filter(attempt_time__gt=since).order_by("-attempt_time")


@require_http_methods(["GET", "HEAD", "POST"])
def locked_names(request: HttpRequest) -> HttpResponse:
    """Lists the locked names, each with a button that unlocks it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if request.method == "POST":
        name = request.POST.get("name", "").replace("\0", "")
        if reset(username=name):
            messages.success(request, gettext("“%(name)s” can log in again.") % {"name": name})
        else:
            messages.warning(request, gettext("This name is not locked."))
        return redirect("admin:locked_names")
    rows = [(attempt, attempt.attempt_time + settings.AXES_COOLOFF_TIME) for attempt in locked_attempts()]
    context = {"title": gettext("Locked names"), "rows": rows, "failures": settings.AXES_FAILURE_LIMIT}
    return desk_page(request, "admin/sections/locked_names.html", **context)


admin.site.pages.append(path("locked-names/", admin.site.admin_view(locked_names), name="locked_names"))
