"""What the pages of the desk share: the frame of the admin, and who may open those that belong to no model."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def desk_page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the frame of the admin, with what its template needs."""
    return render(request, template, admin.site.each_context(request) | context, status=status)


def desk_view(permission: str) -> Callable[[View], View]:
    """Decorator of a view: for users of the desk who have the permission; 403 for others."""

    def decorator(view: View) -> View:
        return admin.site.admin_view(permission_required(permission, raise_exception=True)(view))

    return decorator
