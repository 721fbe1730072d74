"""Addresses as the world outside writes them."""

from django.conf import settings


def whole_address(request, path):
    """The whole address of a path, at the site's own name where it has one, else at the host that was asked."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
