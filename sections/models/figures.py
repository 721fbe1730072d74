"""Figures as data: the numbers, dates and places that stand in a report's text, and the sums that can be checked.

Each row is a span of a block, as a mention is. What the words mean an editor keeps by hand; rows that were found
automatically say so by their basis.
"""

from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.figures import MOST_DIGITS, NEEDED, Outcome, Sum, check_sum

from .content import ContentModel, ContentQuerySet
from .fields import CleanCharField, CleanNameField
from .history import History
from .kinds import DATE_WORDS, FIGURE_KINDS, SENSES, SUM_KINDS
from .links import SpanQuerySet
from .report import Report
from .review import Basis, Review, Reviewed
from .text import Block, Paragraph
from .translations import Translated, TranslationsField

FIRST_YEAR, LAST_YEAR = 1000, 2999  # that a report may speak of


class Span(Reviewed, ContentModel):
    """A span of a block, how it was found, and what a person said of it."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="%(class)ss")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=200, help_text="The characters of the span, as printed.")
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.EDITOR)
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    NATURAL_KEY = ("block", "start")
    MEANING: tuple[str, ...] = ()  # the fields that say what the words mean
    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["block_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start"], name="unique_%(class)s_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="%(class)s_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.surface

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()

    @property
    def paragraph(self) -> Paragraph:
        return self.block.paragraph


class Figure(Span):
    """A number that counts or measures something: its value, and what the words around it say of it."""

    class Bound(models.TextChoices):
        EXACT = "", _("exactly")
        ABOUT = "about", _("about")
        OVER = "over", _("more than")
        LEAST = "least", _("at least")
        MOST = "most", _("at most")

    value = models.DecimalField(max_digits=20, decimal_places=4, help_text=_("Exact, such as 1606581.68."))
    bound = models.CharField(max_length=6, choices=Bound, blank=True, default="", help_text=_("Some, over, up to …"))
    kind = models.CharField(max_length=12, choices=list(FIGURE_KINDS.items()))
    unit = CleanCharField(max_length=60, help_text=_("What one of them is: persons, Mexican pesos, per cent."))
    what = CleanCharField(_("what of"), max_length=300, help_text=_("The whole thing counted, in the report's words."))
    period = CleanCharField(max_length=80, blank=True, help_text=_("As printed; empty where the report states none."))
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)

    MEANING = ("value", "bound", "kind", "unit", "what", "period", "first_year", "last_year")
    history = History()

    class Meta(Span.Meta):
        indexes = [models.Index(fields=["kind", "value"], name="figure_by_kind")]

    def clean(self) -> None:
        """Checks the digits and the years; a year that is given alone is the first and the last."""
        if isinstance(self.value, Decimal) and len(self.value.normalize().as_tuple().digits) > MOST_DIGITS:
            words = gettext("A number has at most %(most)s digits, those of its fraction included.")
            raise ValidationError({"value": words % {"most": MOST_DIGITS}})
        _check_years(first_year=self.first_year, last_year=self.last_year)
        self.first_year, self.last_year = self.first_year or self.last_year, self.last_year or self.first_year
        if self.first_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": gettext("The last year can't come before the first one.")})


class DatedEvent(Span):
    """A date or period that the report prints, and what happened then."""

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        YEAR = "year", _("to the year")

    first = models.DateField(help_text=_("The first day that the words mean."))
    last = models.DateField(help_text=_("The last day that the words mean."))
    precision = models.CharField(max_length=6, choices=Precision)
    sense = models.CharField(max_length=8, choices=list(SENSES.items()))
    what = CleanCharField(_("what happened"), max_length=300)
    understood = CleanCharField(max_length=200, blank=True, help_text=_("Why, where the year is not printed."))

    MEANING = ("first", "last", "precision", "sense", "what", "understood")
    history = History()

    class Meta(Span.Meta):
        indexes = [models.Index(fields=["first", "last"], name="dated_event_by_day")]

    def clean(self) -> None:
        _check_years(first=self.first and self.first.year, last=self.last and self.last.year)
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": gettext("The last day can't come before the first one.")})

    @property
    def in_words(self) -> str:
        """The date as printed, with the word that says how it is meant: "since 2010", "before 1 January 2007".

        Whoever shows a date shows these words: without them "before 2012" would become 2012.
        """
        return str(DATE_WORDS.get(self.sense, "%(date)s")) % {"date": self.surface}


def _check_years(**years):
    """Refuses a year, under the name of its field, that no report speaks of."""
    for name, year in years.items():
        if year and not FIRST_YEAR <= year <= LAST_YEAR:
            words = gettext("Give a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError({name: words})


class Place(Translated):
    """A place of the gazetteer: a federative entity with its tile on the map, a city in it, a country, a region."""

    class Kind(models.TextChoices):
        ENTITY = "entity", _("federative entity")
        CITY = "city", _("city or locality")
        COUNTRY = "country", _("country")
        FOREIGN = "foreign", _("state of another country")
        REGION = "region", _("region of the world")

    slug = models.SlugField(max_length=60, unique=True)
    name = CleanNameField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    names = models.JSONField(default=list, help_text="The forms by which texts name it, the printed ones first.")
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="places")
    code = models.CharField(max_length=8, blank=True, help_text=_("ISO 3166-2, for federative entities: CHP."))
    row = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Of its tile, from 0 in the north."))
    column = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Of its tile, from 0 in the west."))
    translations = TranslationsField()

    TRANSLATED = ("name",)
    NATURAL_KEY = ("slug",)
    history = History()

    class Meta:
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses a place that would lie within itself."""
        around, outer = {self.pk}, self.within
        while outer is not None and outer.pk is not None:
            if outer.pk in around:
                words = gettext("“%(outer)s” lies within “%(name)s” already. Choose another place.")
                raise ValidationError({"within": words % {"outer": self.within, "name": self.name}})
            around.add(outer.pk)
            outer = outer.within


class PlaceMention(Span):
    """A span that names a place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="mentions")

    MEANING = ("place_id",)
    history = History()


class CheckedSumQuerySet(ContentQuerySet):
    def shown(self) -> Self:
        """The sums that readers see: all except those that an editor rejected, or of which a figure was rejected."""
        paths = ("addends__", "total__", "whole__", "")
        rejected = [Q(**{f"{path}review": Review.REJECTED}) for path in paths]
        return self.exclude(pk__in=self.model.objects.filter(Q(*rejected, _connector=Q.OR)).values("pk"))

    def of(self, report: Report) -> Self:
        """The report's sums in order, each with its figures; a fixed number of queries."""
        rows = self.filter(paragraph__report=report).order_by("paragraph__number", "position")
        figures = Figure.objects.with_places()
        return rows.prefetch_related(
            "paragraph__report",
            models.Prefetch("addends", figures.in_order()),
            models.Prefetch("total", figures),
            models.Prefetch("whole", figures),
        )


class CheckedSum(Reviewed, ContentModel):
    """Numbers that ought to agree: parts and their total, a share and its whole, a list and its length."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="sums")
    position = models.PositiveSmallIntegerField(help_text="Among the paragraph's sums, from 1.")
    kind = models.CharField(max_length=6, choices=list(SUM_KINDS.items()))
    what = CleanCharField(max_length=300, help_text=_("What is added up, in a few words."))
    addends = models.ManyToManyField(Figure, "added_in", verbose_name=_("figures"), through="Addend", blank=True)
    total = models.ForeignKey(Figure, models.CASCADE, null=True, blank=True, related_name="total_of")
    whole = models.ForeignKey(Figure, models.CASCADE, null=True, blank=True, related_name="whole_of")
    counted = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Things that the text lists."))
    note = CleanCharField(max_length=300, blank=True)
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)

    basis = Basis.EDITOR  # no program finds sums
    NATURAL_KEY = ("paragraph", "position")
    history = History()
    objects = CheckedSumQuerySet.as_manager()

    class Meta:
        ordering = ["paragraph_id", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="unique_sum_position")]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        """Refuses a kind of check for which a number is missing; addends are rows of their own."""
        given = {"total": self.total_id, "whole": self.whole_id, "counted": self.counted}
        self.refuse_missing([name for name in NEEDED.get(self.kind, ()) if name in given and given[name] is None])

    def refuse_missing(self, missing: list[str]) -> None:
        """Raises ValidationError, which names these fields, if there are any."""
        if missing:
            labels = ", ".join(str(self._meta.get_field(name).verbose_name) for name in missing)
            words = gettext("To check “%(kind)s”, this is needed: %(fields)s. Give it, or choose another kind.")
            raise ValidationError({"kind": words % {"kind": self.get_kind_display(), "fields": labels}})

    @property
    def outcome(self) -> Outcome:
        """Whether the numbers agree, and by how much they differ."""
        values = [figure.value for figure in self.addends.all()]
        total, whole = (figure.value if figure else None for figure in (self.total, self.whole))
        return check_sum(Sum(self.kind), values, total, whole, self.counted)

    def get_absolute_url(self) -> str:
        symbol = self.paragraph.report.symbol
        return f"{reverse('sums', kwargs={'symbol': symbol})}#sum-{self.paragraph.number}-{self.position}"


class AddendQuerySet(ContentQuerySet):
    def of(self, report: Report) -> Self:
        """The addends of the report's sums."""
        rows = self.filter(checked_sum__paragraph__report=report)
        return rows.prefetch_related("checked_sum__paragraph__report", "figure__block__paragraph__report")


class Addend(ContentModel):
    """A figure that a sum adds up, or compares with its total."""

    checked_sum = models.ForeignKey(CheckedSum, models.CASCADE)
    figure = models.ForeignKey(Figure, models.CASCADE)

    NATURAL_KEY = ("checked_sum", "figure")
    history = History()
    objects = AddendQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checked_sum", "figure"], name="unique_addend")]

    def __str__(self) -> str:
        return f"{self.figure} → {self.checked_sum}"
