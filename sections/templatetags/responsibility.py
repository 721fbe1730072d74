"""Who answers for the site, under which licence its additions stand, how old its content is, how to report an error."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from sections.presenters.responsibility import operator
from sections.queries.changes import last_change, last_loads

register = template.Library()


@register.simple_tag
def report_error_address(place: str = "", fragment: str = "") -> str:
    """The address of the form for reporting an error, filled in with a place: a path, and what it holds."""
    form = reverse("report-an-error")
    return f"{form}?{urlencode({'about': f'{place}#{fragment}' if fragment else place}, safe='/')}" if place else form


@register.inclusion_tag("includes/report_error.html")
def report_error(place: str = "", fragment: str = "", what: str = "") -> dict[str, str]:
    """The link by which readers report an error in a place; `what` names the place for those who only hear the link."""
    return {"address": report_error_address(place, fragment), "what": what}


@register.inclusion_tag("includes/report_row.html")
def report_row(place: str, prefix: str, key: object, what: str) -> dict[str, str]:
    """The same for one row of a list, in few letters: the row's id is the prefix and the key."""
    return {"address": report_error_address(place, f"{prefix}{key}"), "what": what}


@register.inclusion_tag("includes/footer_responsibility.html", takes_context=True)
def footer_responsibility(context: template.Context) -> dict[str, object]:
    """The last lines of every page; those of an error page lead to the form without a place. Asks no database."""
    request = context["request"]
    is_page = request.resolver_match is not None and "exception" not in context
    return operator() | {"address": report_error_address(request.path if is_page else "")}


@register.inclusion_tag("includes/responsibility.html")
def responsibility() -> dict[str, object]:
    """The section of About that says who runs the site, how current it is, and whom to tell."""
    return operator() | {"version": settings.VERSION, "loads": last_loads(), "change": last_change()}
