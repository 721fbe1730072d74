"""Addresses as the world outside writes them."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, path=None):
    """The whole address of a path (of this page when none is given), at the site's own name where it has one."""
    request = context["request"]
    path = request.path if path is None else path
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
