"""Addresses as the world outside writes them."""

from django import template

from sections.citing import whole_address

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, path=None):
    """The whole address of a path (of this page when none is given), at the site's own name where it has one."""
    request = context["request"]
    return whole_address(request, request.path if path is None else path)
