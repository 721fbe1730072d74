"""The log-in page of a locked user name: the same words whether or not an account has that name."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def locked(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answers 429 with the log-in form, the name as it was typed, and how long to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = admin.site.each_context(request) | {
        "title": "Log in",
        "subtitle": None,
        "form": AdminAuthenticationForm(request, initial={"username": request.POST.get("username", "")}),
        "next": request.POST.get("next", reverse("admin:index")),
        "app_path": request.get_full_path(),
        "username": "",
        "failures": settings.AXES_FAILURE_LIMIT,
        "minutes": minutes,
    }
    response = render(request, "admin/locked.html", context, status=429)
    response.headers["Retry-After"] = str(60 * minutes)
    return response
