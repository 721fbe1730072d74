"""A report and its outline: the document, its sections and its list of abbreviations.

Sections, paragraphs and abbreviations share one numbering, `position`. Each holds the exact
slice of the source that it came from; in order of position the slices give the source back.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sections.text.official import language_code, official_address
from sections.text.whole_numbers import whole_number

from .content import ContentModel, ContentQuerySet
from .convention import ConventionPart
from .fields import CleanCharField, CleanNameField, CleanTextField
from .history import History
from .translations import Translated, TranslationsField


class ReportQuerySet(ContentQuerySet):
    def default(self) -> "Report | None":
        """The report that addresses without a symbol speak of, or None when there is none."""
        return self.with_others().order_by("-is_default", "pk").first()

    def with_others(self) -> Self:
        """Adds `has_others`, whether there is any other report, so that a search may be in all."""
        return self.annotate(has_others=Exists(Report.objects.exclude(pk=OuterRef("pk"))))


class Report(Translated):
    """One document that a State party submitted to a treaty body."""

    symbol = models.CharField(max_length=60, unique=True, help_text=_("As on the document: CMW/C/MEX/3."))
    title = CleanNameField(max_length=200)
    state_party = CleanNameField(_("State party"), max_length=100)
    treaty_body = CleanNameField(max_length=200)
    treaty_body_acronym = CleanCharField(max_length=20, blank=True)
    procedure = CleanCharField(max_length=200, blank=True)
    due_year = models.PositiveSmallIntegerField(null=True, blank=True)
    date_received = models.DateField(null=True, blank=True)
    date_distributed = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en", help_text=_("Language of the text held here."))
    original_language = CleanCharField(max_length=40, blank=True)
    list_of_issues = CleanCharField(max_length=60, blank=True, help_text=_("Symbol of the list that it replies to."))
    list_of_issues_date = models.DateField(null=True, blank=True)
    considered = CleanCharField(max_length=300, blank=True, help_text=_("Session, meeting and summary record."))
    source_name = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    source_document = CleanCharField(
        max_length=300,
        blank=True,
        help_text=_("The official document that the file was made from: version, GE number."),
    )
    source_obtained = CleanCharField(
        max_length=300, blank=True, help_text=_("Where, when and by whom it was obtained.")
    )
    source_conversion = CleanCharField(max_length=500, blank=True, help_text=_("How it became text, and by whom."))
    source_compared = CleanCharField(
        max_length=300, blank=True, help_text=_("Who compared the text with the official document, and when.")
    )
    source_limits = CleanTextField(
        max_length=2000,
        blank=True,
        help_text=_("What else the text lacks than the site finds; one sentence a line."),
    )
    is_default = models.BooleanField(default=False, help_text=_("Addresses without a symbol speak of this report."))
    translations = TranslationsField()

    content_version: int | None = None  # set by `kept_report`

    TRANSLATED = (
        "title", "state_party", "treaty_body", "procedure", "original_language", "considered",
        "source_document", "source_obtained", "source_conversion", "source_compared", "source_limits",
    )  # fmt: skip
    SHORT_FORMS = {"short_treaty_body": 80}
    NATURAL_KEY = ("symbol",)
    history = History()
    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["symbol"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_report")
        ]

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        return reverse("report", kwargs={"symbol": self.symbol})

    @property
    def short_treaty_body(self) -> str:
        """What headings call the treaty body where no short name is recorded; `translated` gives the short name."""
        return self.translated("treaty_body")

    @property
    def original_code(self) -> str:
        """The code of the original language; "" where none of the official languages is recorded."""
        return language_code(self.original_language)

    @property
    def official_address(self) -> str:
        """Where the United Nations publishes the document in the language of the text held here."""
        return official_address(self.symbol, self.language)

    @property
    def original_address(self) -> str:
        """Where the United Nations publishes the original; "" where the text held here is the original."""
        code = self.original_code
        return official_address(self.symbol, code) if code and code != self.language else ""


class SectionQuerySet(ContentQuerySet):
    def replies(self) -> Self:
        return self.filter(kind=Section.Kind.REPLY)

    def in_order(self) -> Self:
        return self.order_by("report", "position")


class Section(ContentModel):
    """A heading of the outline: a part, a heading, or a reply to one paragraph of the list of issues."""

    class Kind(models.TextChoices):
        PART = "part", _("part")
        HEADING = "heading", _("heading")
        REPLY = "reply", _("reply")

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=80, help_text="Names the section within its report: part-1, part-1/b, reply-14.")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField(help_text="Depth in the outline; 1 is the top.")
    label = models.CharField(max_length=20, blank=True, help_text=_("As printed: A., 1."))
    title = models.CharField(max_length=500)
    number = models.PositiveIntegerField(null=True, blank=True, help_text=_("Paragraph of the list of issues."))
    last_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Last one, where a reply answers several."
    )
    convention_part = models.ForeignKey(ConventionPart, models.PROTECT, null=True, blank=True, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    recovered = models.BooleanField(default=False, help_text="The conversion lost this heading; see the evidence.")
    evidence = models.TextField(blank=True, help_text="What a recovered heading was recovered from.")
    bookmark = models.CharField(max_length=40, blank=True)
    source_text = models.TextField(blank=True, editable=False)
    source_line = models.PositiveIntegerField(null=True, editable=False)

    NATURAL_KEY = ("report", "key")
    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["report_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="unique_section_key"),
            models.UniqueConstraint(fields=["report", "number"], condition=Q(kind="reply"), name="unique_reply_number"),
            models.CheckConstraint(
                condition=Q(kind="reply", number__isnull=False) | ~Q(kind="reply"), name="reply_has_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    @property
    def is_reply(self) -> bool:
        return self.kind == self.Kind.REPLY

    def get_absolute_url(self) -> str:
        symbol = self.report.symbol
        if self.is_reply:
            return reverse("reply", kwargs={"symbol": symbol, "number": self.number})
        if self.part_number:
            return reverse("report-part", kwargs={"symbol": symbol, "number": self.part_number})
        return f"{reverse('report', kwargs={'symbol': symbol})}#{self.anchor}"

    @property
    def subject(self) -> str:
        """What a reply is about, in the reader's language and the editors' words; "" where they have not said it.

        Select `reply_subject` together with many sections.
        """
        own = getattr(self, "reply_subject", None) if self.is_reply else None
        return own.translated("text") if own else ""

    @property
    def part_number(self) -> int | None:
        """The part's number among the parts of the report, or None for what is no part."""
        head, _, number = self.key.partition("-")
        return whole_number(number) if self.kind == self.Kind.PART and head == "part" else None

    @property
    def anchor(self) -> str:
        """The id of this section's heading on a page that shows the outline."""
        return self.key.replace("/", "-")


class Abbreviation(ContentModel):
    """A line of the report's own list of abbreviations; the list's heading has an empty acronym."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="abbreviations")
    position = models.PositiveIntegerField()
    acronym = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=300)
    source_text = models.TextField(editable=False)
    source_line = models.PositiveIntegerField(editable=False)

    NATURAL_KEY = ("report", "position")

    class Meta:
        ordering = ["report_id", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="unique_abbreviation_position")]

    def __str__(self) -> str:
        return f"{self.acronym} {self.name}".strip()
