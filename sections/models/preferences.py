"""How each person sees the desk: in which language, and in which time zone."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

UTC = "UTC"
# The zones of regions, as people know them. The rest are abbreviations, former names and fixed offsets.
REGIONS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
}  # fmt: skip


class Preferences(models.Model):
    """What one person has chosen for the desk; nothing of it is seen by others."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    language = models.CharField(_("language of the desk"), max_length=10, blank=True, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    seen = models.BigIntegerField(default=0, help_text="The last change when the watched records were read.")
    feed_token = models.CharField(max_length=43, unique=True, null=True, blank=True, help_text="Secret.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.language}, {self.time_zone}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; UTC for none, and for one that this machine does not know."""
        return ZoneInfo(self.time_zone if self.time_zone in zone_names() else UTC)


@cache
def zone_names() -> tuple[str, ...]:
    """The names of the time zones that one may choose, UTC first."""
    return (UTC, *sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS))
