"""What the desk of the editors keeps: the rights that are not those of one table, and uploads yet to be confirmed."""

from django.conf import settings
from django.db import models


class Rights(models.Model):
    """No table: the rights that belong to the desk as a whole."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("review_links", "Can confirm and reject links at the review desk"),
            ("edit_by_csv", "Can edit many records at once by CSV"),
        ]

    def __str__(self):
        return "rights of the desk"


class Upload(models.Model):
    """A CSV file that an editor sent and has not confirmed yet."""

    class Sheet(models.TextChoices):
        ENTRIES = "entries", "entries"
        NAMES = "names", "names"
        ARTICLES = "articles", "article links"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    when = models.DateTimeField(auto_now_add=True, db_index=True)
    sheet = models.CharField(max_length=10, choices=Sheet)
    name = models.CharField(max_length=200, help_text="Of the file.")
    text = models.TextField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-when"]
        default_permissions = ()

    def __str__(self):
        return self.name
