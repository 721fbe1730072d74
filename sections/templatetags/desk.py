"""What the templates of the desk need: moments in the editor's time zone."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

register = template.Library()


@register.filter
def moment(when: datetime | None) -> str:
    """Day, time and zone: "30 November 2026, 14:30 CET"; "" for none."""
    if when is None:
        return ""
    local = localtime(when)
    return f"{date_format(local, gettext('j F Y'))}, {time_with_zone(local)}"


@register.filter
def time_of_day(when: datetime) -> str:
    """The time of day with the zone."""
    return time_with_zone(localtime(when))


def time_with_zone(local: datetime) -> str:
    """The time with the name of the zone, or the difference from UTC where the zone has no letters."""
    zone = local.tzname() or ""
    return f"{local:%H:%M} {f'UTC{zone}' if zone[:1] in '+-' else zone}"
