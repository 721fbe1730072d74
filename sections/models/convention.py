"""The Convention: its parts and articles, and its official text where the operator of the site has loaded one."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.text.official import NAMES, official_address

from .content import ContentModel
from .fields import CleanCharField, CleanNameField
from .history import History
from .translations import Translated, TranslationsField


class Convention(Translated):
    """The treaty itself: what it is called, and which document of the United Nations holds its text."""

    acronym = models.CharField(max_length=20, unique=True)
    title = CleanNameField(max_length=300)
    symbol = models.CharField(max_length=60, help_text=_("Of the document that holds the official text: A/RES/45/158."))
    translations = TranslationsField()

    TRANSLATED = ("title",)
    NATURAL_KEY = ("acronym",)
    history = History()

    class Meta:
        ordering = ["acronym"]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("convention")

    def official_address(self, language: str) -> str:
        """Where the United Nations publishes the text in a language."""
        return official_address(self.symbol, language)


class ConventionPart(Translated):
    """A part of the Convention; titles are the Convention's own."""

    number = models.PositiveSmallIntegerField(unique=True)
    roman = models.CharField(max_length=8, unique=True)
    title = CleanNameField(max_length=300)
    first_article = models.PositiveSmallIntegerField()
    last_article = models.PositiveSmallIntegerField()
    translations = TranslationsField()

    TRANSLATED = ("title",)
    NATURAL_KEY = ("number",)
    history = History()

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
    subject = CleanCharField(max_length=200)
    terms = models.JSONField(
        default=dict, blank=True, help_text='The treaty’s own words, by language: {"en": ["collective expulsion"]}.'
    )
    translations = TranslationsField()

    TRANSLATED = ("subject",)
    NATURAL_KEY = ("number",)
    history = History()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return gettext("Article %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("convention-article", kwargs={"number": self.number})


def article_key(number: int) -> str:
    """The key of an article among the articles of a text; no mere number, which a query would take for a place."""
    return f"article-{number}"


def article_number(key: str) -> int:
    """The number of the article under a key."""
    return int(key.removeprefix("article-"))


class ConventionText(ContentModel):
    """The official text in one language, as the operator of the site loaded it. No fixture holds it."""

    language = models.CharField(max_length=10, unique=True, choices=list(NAMES.items()))
    source_name = models.CharField(max_length=200)
    source_sha256 = models.CharField(max_length=64)
    loaded = models.DateField()
    articles = models.JSONField(default=dict, help_text="Title and provisions of each, see importing.parse.treaty.")

    NATURAL_KEY = ("language",)
    history = History()

    class Meta:
        ordering = ["language"]
        verbose_name = _("text of the Convention")
        verbose_name_plural = _("texts of the Convention")

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.source_name}"

    def get_absolute_url(self) -> str:
        return reverse("convention")
