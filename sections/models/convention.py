"""The Convention's own structure: nine parts and ninety-three articles."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from .translations import Translated, TranslationsField


class ConventionPart(Translated):
    """A part of the Convention; titles are the Convention's own."""

    number = models.PositiveSmallIntegerField(unique=True)
    roman = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=300)
    first_article = models.PositiveSmallIntegerField()
    last_article = models.PositiveSmallIntegerField()
    translations = TranslationsField()

    TRANSLATED = ("title",)
    NATURAL_KEY = ("number",)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return gettext("Part %(roman)s") % {"roman": self.roman}

    def get_absolute_url(self) -> str:
        return reverse("convention-part", kwargs={"number": self.number})


class ConventionArticle(Translated):
    """An article of the Convention; most have no official title, so the subject is a short caption of ours."""

    number = models.PositiveSmallIntegerField(unique=True)
    part = models.ForeignKey(ConventionPart, models.PROTECT, related_name="articles")
    subject = models.CharField(max_length=200)
    translations = TranslationsField()

    TRANSLATED = ("subject",)
    NATURAL_KEY = ("number",)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return gettext("Article %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("convention-article", kwargs={"number": self.number})
