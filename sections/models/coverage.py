"""What is known of a report and an article: linked, read and found silent, or not yet read for it.

Only people find a report silent: a row of `Silence` says who read it for the article, and when. Whether paragraphs are
linked to the article the links say; so the three cannot contradict each other in what readers see.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .content import ContentModel
from .convention import ConventionArticle
from .fields import CleanCharField, CleanNameField
from .history import History
from .report import Report


class Coverage(models.TextChoices):
    """What is known of a report and an article."""

    LINKED = "linked", _("paragraphs linked")
    SILENT = "found_silent", _("read and found silent")
    UNREAD = "not_yet_read", _("not yet read for this article")


UNLINKED = "unlinked"  # found silent or not yet read
# The articles that a list may show, with the words for them.
ARTICLE_STATES = {
    Coverage.LINKED.value: Coverage.LINKED.label,
    UNLINKED: _("no linked paragraph"),
    Coverage.SILENT.value: Coverage.SILENT.label,
    Coverage.UNREAD.value: Coverage.UNREAD.label,
}


class Silence(ContentModel):
    """That a person read a report for an article and found no paragraph that relates to it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="silences")
    article = models.ForeignKey(ConventionArticle, models.PROTECT, related_name="silences")
    read_by = CleanNameField(max_length=150, help_text=_("The name of the person who read the report. Readers see it."))
    read_on = models.DateField(default=timezone.localdate, help_text=_("The day on which the reading was finished."))
    note = CleanCharField(max_length=300, blank=True, help_text=_("One sentence, if there is more to say."))

    NATURAL_KEY = ("report", "article")
    history = History()

    class Meta:
        ordering = ["report_id", "article_id"]
        verbose_name = _("article found silent")
        verbose_name_plural = _("articles found silent")
        constraints = [
            models.UniqueConstraint(fields=["report", "article"], name="unique_silence"),
            models.CheckConstraint(condition=~Q(read_by=""), name="silence_has_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.article}"

    def clean(self) -> None:
        if self.read_on and self.read_on > timezone.localdate():
            raise ValidationError({"read_on": gettext("This day is yet to come.")})

    def get_absolute_url(self) -> str:
        return self.article.get_absolute_url()
