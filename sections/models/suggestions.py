"""What editors took off the desk's list of suggestions, so that it gets empty."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CleanCharField


class Dismissal(models.Model):
    """A suggestion that an editor found wrong: who, and when. The suggestion is not made again."""

    class Kind(models.TextChoices):
        NAME = "name", _("not a name")
        SHORT_FORM = "short_form", _("needs no link")
        PAIR = "pair", _("two different entries")

    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=300, help_text="What tells the suggestion from others of its kind.")
    words = CleanCharField(max_length=900, help_text="As the list showed it.")
    when = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    user_name = models.CharField(max_length=150, help_text="Stays when the login is deleted.")

    class Meta:
        ordering = ["-when", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="unique_dismissal")]

    def __str__(self) -> str:
        return self.words
