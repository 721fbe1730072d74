"""What editors watch: entries and paragraphs whose changes the first page of the desk and a feed of their own list."""

from django.conf import settings
from django.db import models


class Watch(models.Model):
    """One record that one person watches. It outlives the record, which may be restored."""

    class Kind(models.TextChoices):
        ENTRY = "entry", "entry"
        PARAGRAPH = "paragraph", "paragraph"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.BigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "watches"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
