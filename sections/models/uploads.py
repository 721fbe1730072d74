"""Permissions of the editors’ desk that belong to no single table, and uploads that await confirmation."""

from django.conf import settings
from django.db import models

from .fields import CleanCharField


class Rights(models.Model):
    """Permissions of the desk as a whole; has no table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("review_links", "Can confirm and reject links at the review desk"),
            ("edit_by_csv", "Can edit many records at once by CSV"),
        ]

    def __str__(self) -> str:
        return "rights of the desk"


class Upload(models.Model):
    """A list that an editor uploaded and has not confirmed yet."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    when = models.DateTimeField(auto_now_add=True, db_index=True)
    sheet = models.CharField(max_length=40, help_text="The key of the list, see editing.spreadsheets.register.")
    name = models.CharField(max_length=200, help_text="Of the file.")
    text = models.TextField(help_text="The rows of the file, see editing.spreadsheets.cells.")
    reason = CleanCharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-when"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
