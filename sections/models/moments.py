"""Days and times of what people did, in the reader's language and time zone."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext


def moment(when: datetime) -> str:
    """Day, time and zone: "30 November 2026, 14:30 CET"."""
    local = localtime(when)
    return f"{date_format(local, gettext('j F Y'))}, {time_with_zone(local)}"


def time_with_zone(local: datetime) -> str:
    """The time with the name of the zone, or the difference from UTC where the zone has no letters."""
    zone = local.tzname() or ""
    return f"{local:%H:%M} {f'UTC{zone}' if zone[:1] in '+-' else zone}"
