"""What the templates of the desk need: moments in the editor's time zone."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

from sections.models import moments

register = template.Library()


@register.filter
def moment(when: datetime | None) -> str:
    """Day, time and zone: "30 November 2026, 14:30 CET"; "" for none."""
    return "" if when is None else moments.moment(when)


@register.filter
def time_of_day(when: datetime) -> str:
    """The time of day with the zone."""
    return moments.time_with_zone(localtime(when))
