"""What readers report as an error, for the editors. No content: it is neither published nor in fixtures."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import CleanCharField, CleanTextField
from .history import Change

LONGEST_TEXT = 5000
LONGEST_CONTACT = 200
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another; five bits each


def new_reference() -> str:
    """A reference that nobody can guess, such as "K7QF-3M9T-XW2H"."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join(letters[place : place + 4] for place in (0, 4, 8))


class ErrorReport(models.Model):
    """One report of an error: the place, what is wrong there, and what the editors did about it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    reference = models.CharField(max_length=14, unique=True, default=new_reference, editable=False)
    when = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    address = CleanCharField(max_length=500, blank=True, editable=False, help_text="The page, as a path of this site.")
    kind = models.CharField(_("kind of place"), max_length=40, blank=True, editable=False, db_index=True)
    place = CleanCharField(max_length=300, blank=True, editable=False, help_text="The page in words, when it was sent.")
    text = CleanTextField(_("what is wrong"), editable=False)
    contact = CleanCharField(
        max_length=LONGEST_CONTACT, blank=True, help_text=_("Given by the reader, for an answer. Deleted on closing.")
    )
    language = models.CharField(max_length=10, editable=False, help_text=_("In which the reader used the site."))
    form = models.CharField(max_length=64, unique=True, editable=False)  # digest of the form that was sent
    content = models.CharField(max_length=64, db_index=True, editable=False)  # digest, to know a repeated report

    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_index=True)
    answer = CleanTextField(blank=True, help_text=_("What was done, or answered. The site sends no mail."))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    mended_by = models.ForeignKey(Change, models.SET_NULL, null=True, blank=True, related_name="error_reports")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    handled = models.DateTimeField(_("last handled"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("error report")
        default_permissions = ("view", "change", "delete")

    def __str__(self) -> str:
        return self.reference
