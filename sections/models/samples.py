"""Random samples that people checked, from which error rates are worked out.

An item says by itself what was checked, so that the sample still speaks when links or headings have changed since.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .content import ContentModel
from .fields import CleanCharField, CleanNameField
from .report import Report


class Sample(ContentModel):
    """Items of one kind that were drawn at random from all of a report: how many of how many, when, and for whom."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text of paragraphs")
        STRUCTURE = "structure", _("headings and their places")
        ARTICLES = "articles", _("links to articles")
        NAMES = "names", _("links to institutions, laws and programmes")

    report = models.ForeignKey(Report, models.CASCADE, related_name="samples")
    number = models.PositiveIntegerField(help_text="Among the samples of the report, from 1.")
    kind = models.CharField(max_length=10, choices=Kind)
    population = models.PositiveIntegerField(help_text="Number of items from which it was drawn.")
    drawn_on = models.DateField(default=timezone.localdate)
    checked_by = CleanNameField(max_length=150, help_text="The name of the person who checks it. Readers see it.")

    NATURAL_KEY = ("report", "number")

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="unique_sample_number"),
            models.CheckConstraint(condition=~Q(checked_by=""), name="sample_has_a_checker"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.report}, {self.drawn_on:%d %B %Y}"


class SampleItem(ContentModel):
    """One item of a sample, as it was when it was drawn, and what the person said of it."""

    class Answer(models.TextChoices):
        OPEN = "", _("not yet checked")
        RIGHT = "right", _("right")
        WRONG = "wrong", _("wrong")
        UNSURE = "unsure", _("unsure")

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(help_text="Within the sample, from 1.")
    paragraph = models.PositiveIntegerField(null=True, help_text="Number of the paragraph that shows it.")
    item = models.CharField(max_length=1000, help_text="What is checked, in words.")
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default=Answer.OPEN)
    note = CleanCharField(max_length=500, blank=True)
    checked_on = models.DateField(null=True)

    NATURAL_KEY = ("sample", "position")

    class Meta:
        ordering = ["sample_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="unique_sample_item"),
            models.CheckConstraint(condition=Q(position__gt=0) & ~Q(item=""), name="sample_item_says_what"),
        ]

    def __str__(self) -> str:
        return self.item
