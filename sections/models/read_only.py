"""The switch that makes the site read-only: a row, so that all processes on all servers see it at once."""

from django.db import models

from .fields import CleanCharField


class ReadOnlySwitch(models.Model):
    """There is one row while the site is read-only, and none otherwise."""

    since = models.DateTimeField(auto_now_add=True)
    reason = CleanCharField(max_length=300, blank=True, help_text="Editors read it.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.reason or "read-only"
