"""The documents that belong to a report: what the Committee asked, what was said on it, and what came of it."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sections.text.official import NAMES, official_address

from .content import ContentQuerySet
from .fields import CleanCharField, CleanListField, CleanNameField
from .history import History
from .report import Report
from .translations import Translated, TranslationsField


def check_languages(codes: list[str]) -> None:
    """Refuses what is no list of codes of the official languages of the United Nations."""
    if not isinstance(codes, list) or not set(map(str, codes)) <= NAMES.keys():
        raise ValidationError(gettext("Give codes of official languages: %(codes)s.") % {"codes": ", ".join(NAMES)})


class RelatedDocumentQuerySet(ContentQuerySet):
    def lists_of_issues(self) -> "RelatedDocumentQuerySet":
        """The documents that put the questions to which the reports reply."""
        return self.filter(kind__in=RelatedDocument.LISTS_OF_ISSUES)

    def with_held(self) -> "RelatedDocumentQuerySet":
        """Adds `held`, whether the site itself holds the document of that symbol as a report."""
        return self.annotate(held=Exists(Report.objects.filter(symbol__iexact=OuterRef("symbol"))))


class RelatedDocument(Translated):
    """A document that belongs to a report, with its official address; editors keep the records."""

    class Kind(models.TextChoices):
        LANGUAGE_VERSION = "language-version", _("The report in its original or another language")
        LIST_OF_ISSUES_PRIOR = "list-of-issues-prior", _("List of issues prior to reporting")
        LIST_OF_ISSUES = "list-of-issues", _("List of issues")
        SUMMARY_RECORD = "summary-record", _("Summary record")
        CONCLUDING_OBSERVATIONS = "concluding-observations", _("Concluding observations")
        FOLLOW_UP = "follow-up", _("Follow-up to the concluding observations")
        NEXT_REPORT = "next-report", _("Next report")
        OTHER = "other", _("Other document")

    report = models.ForeignKey(Report, models.CASCADE, related_name="related_documents")
    symbol = CleanCharField(max_length=60, help_text=_("As on the document: CMW/C/MEX/QPR/3."))
    kind = models.CharField(max_length=30, choices=Kind)
    title = CleanNameField(max_length=300, help_text=_("In English: Summary record of the 366th meeting."))
    date = models.DateField(null=True, blank=True, help_text=_("Of the document, or of the meeting that it records."))
    languages = CleanListField(
        default=list,
        blank=True,
        validators=[check_languages],
        help_text=_("Codes of those it was issued in: en, es."),
    )
    address = models.URLField(
        _("official address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["https", "http"])],
        help_text=_("Only where it is not https://undocs.org/en/ and the symbol."),
    )
    verified = models.BooleanField(default=False, help_text=_("Somebody has compared the record with a source."))
    evidence = CleanCharField(
        max_length=300,
        blank=True,
        help_text=_("What confirms it, or what is not confirmed, in a sentence for readers."),
    )
    translations = TranslationsField()

    LISTS_OF_ISSUES = (Kind.LIST_OF_ISSUES_PRIOR, Kind.LIST_OF_ISSUES)
    TRANSLATED = ("title", "evidence")
    NATURAL_KEY = ("report", "kind", "symbol")
    history = History()
    objects = RelatedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["report_id", "kind", "date", "symbol"]
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "symbol"], name="unique_related_document"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol}, {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.report.get_absolute_url()}#documents"

    def official_address(self, language: str = "") -> str:
        """Where the United Nations publishes it: by default in the reader's language, or in one it was issued in."""
        return self.address or official_address(self.symbol, language or self.best_language)

    @property
    def official_addresses(self) -> list[tuple[str, str]]:
        """Each language that it was issued in, the reader's first where none is recorded, with its official address."""
        if self.address:
            return [(self.best_language, self.address)]
        return [(code, official_address(self.symbol, code)) for code in self.languages or [self.best_language]]

    @property
    def best_language(self) -> str:
        """The reader's language where the document was issued in it, or where nobody recorded in which it was."""
        own = (get_language() or "en")[:2]
        return own if own in self.languages or not self.languages else self.languages[0]

    @property
    def address_here(self) -> str:
        """The document's address on this site, "" where the site does not hold it; asks for `with_held`."""
        return reverse("report", kwargs={"symbol": self.symbol}) if getattr(self, "held", False) else ""

    def question_address(self, number: int) -> str:
        """The address on this site of the paragraph that puts a question, "" where the site does not hold it."""
        place = {"symbol": self.symbol, "number": number}
        return reverse("paragraph", kwargs=place) if self.address_here else ""
