"""The registers: institutions, laws and programmes, with their names and relations."""

from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.linking.names import KnownName, NameTree
from sections.text.fold import fold

from .content import ContentModel, ContentQuerySet
from .fields import CleanCharField, CleanNameField, CleanSlugField, YearField
from .history import History
from .kinds import KINDS, KINDS_BY_TYPE, RELATIONS
from .report import Report
from .text import Block, Paragraph, not_printed
from .translations import Translated, TranslationsField


class EntryQuerySet(ContentQuerySet):
    def with_counts(self, report: Report | None) -> Self:
        """Adds `paragraph_count`, the number of the report's paragraphs that name the entry.

        `nested_count` is the number of further paragraphs, which name it only within longer names.
        """
        # Counted entry by entry within the report; joined, the mentions of all reports would be read.
        mentions = apps.get_model("sections", "Mention").objects.shown().filter(block__paragraph__report=report)
        mentions = mentions.filter(entry=OuterRef("pk")).order_by()
        counted = self.annotate(paragraph_count=_paragraphs(mentions.own()))
        return counted.annotate(nested_count=_paragraphs(mentions) - F("paragraph_count"))


def _paragraphs(mentions):
    """In how many paragraphs these mentions of one entry stand."""
    counts = mentions.values("entry").annotate(count=Count("block__paragraph", distinct=True)).values("count")
    return Coalesce(Subquery(counts), 0)


class Entry(Translated):
    """What an editor keeps a record of: an institution, a law or a programme that a report names."""

    class Type(models.TextChoices):
        INSTITUTION = "institution", _("institution")
        LAW = "law", _("law")
        PROGRAMME = "programme", _("programme")

    type = models.CharField(max_length=12, choices=Type)
    slug = CleanSlugField(max_length=80, help_text=_("The last part of the entry's address."))
    name = CleanNameField(max_length=400, help_text=_("As the report prints it, in its fullest form."))
    kind = models.CharField(max_length=30, choices=KINDS)
    description = CleanCharField(
        max_length=500, blank=True, help_text=_("One line: what it is according to the report.")
    )
    description_paragraph = models.ForeignKey(
        Paragraph, models.SET_NULL, null=True, blank=True, related_name="described_entries"
    )
    start_year = YearField(null=True, blank=True, help_text=_("Only where the report states it."))
    end_year = YearField(null=True, blank=True, help_text=_("Only where the report states it."))

    translations = TranslationsField()

    TRANSLATED = ("description",)
    TYPE = ""  # a proxy stands for one type, and gives it to each new record

    NATURAL_KEY = ("type", "slug")
    objects = EntryQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["type", "slug"], name="unique_entry_slug")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.TYPE and not args:
            kwargs.setdefault("type", self.TYPE)
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(self.type, kwargs={"slug": self.slug})

    @property
    def years(self) -> str:
        """The years as readers write them: "2012", "2013–2018", "since 2012", "until 2018", or nothing."""
        if self.start_year and self.end_year and self.start_year != self.end_year:
            return f"{self.start_year}–{self.end_year}"
        if self.start_year and not self.end_year:
            return gettext("since %(year)s") % {"year": self.start_year}
        if self.end_year and not self.start_year:
            return gettext("until %(year)s") % {"year": self.end_year}
        return str(self.start_year or "")

    @property
    def kind_words(self) -> str:
        """The kind in words; two registers may write one key for different kinds."""
        return str(KINDS_BY_TYPE[self.type].get(self.kind, self.kind))

    def clean(self) -> None:
        super().clean()
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": gettext("The last year can't come before the first one.")})


class TypedManager(models.Manager.from_queryset(EntryQuerySet)):
    """Entries of the one type that a proxy stands for."""

    def get_queryset(self) -> EntryQuerySet:
        return super().get_queryset().filter(type=self.model.TYPE)


class Institution(Entry):
    """A body; what readers call an actor."""

    TYPE = Entry.Type.INSTITUTION
    objects = TypedManager()

    class Meta:
        proxy = True


class Law(Entry):
    """A norm: constitution, act, regulation, standard, protocol, treaty, agreement."""

    TYPE = Entry.Type.LAW
    objects = TypedManager()

    class Meta:
        proxy = True


class Programme(Entry):
    """An undertaking: plan, programme, campaign, mechanism, network, registry, course."""

    TYPE = Entry.Type.PROGRAMME
    objects = TypedManager()

    class Meta:
        proxy = True


class Name(ContentModel):
    """Another name of an entry. Wherever it stands in a report, it means this entry."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    class Form(models.TextChoices):
        NAME = "name", _("name")
        ACRONYM = "acronym", _("acronym")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="names")
    text = CleanNameField(max_length=400)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    form = models.CharField(max_length=10, choices=Form, default=Form.NAME)
    in_report = models.BooleanField(default=True, help_text=_("Off for a name that the editors add from elsewhere."))

    NATURAL_KEY = ("entry", "text", "language")
    history = History()

    class Meta:
        ordering = ["entry_id", "language", "form", "text"]
        constraints = [models.UniqueConstraint(fields=["entry", "text", "language"], name="unique_name_of_entry")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if not self.entry_id:
            return
        others = Name.objects.filter(entry=self.entry_id).exclude(pk=self.pk).order_by("pk")
        own = (self.entry.name, Name.Language.ENGLISH)
        for text, language in [*others.values_list("text", "language"), own]:
            if is_same_name(self.text, self.language, text, language):
                raise ValidationError({"text": same_name(self.text, text)})


def is_same_name(text: str, language: str, other: str, other_language: str) -> bool:
    """Whether an entry cannot have both names: but for case, accents and marks they are one.

    In another language the same text is another name, and so is one with other accents, but not one in other case.
    """
    if language == other_language:
        return fold(text) == fold(other)
    return text != other and text.casefold() == other.casefold()


def same_name(text: str, other: str) -> str:
    """Why an entry cannot have both names, in words."""
    if text == other:
        return gettext("This entry has the name “%(name)s” already.") % {"name": other}
    message = gettext(
        "This entry has the name “%(other)s” already, which differs from “%(name)s” only in case, accents or marks. "
        "Change that name instead."
    )
    return message % {"other": other, "name": text}


class ShortForm(ContentModel):
    """A short form such as "the Institute" that means an entry in stated paragraphs of one report only."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="short_forms")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="short_forms")
    text = CleanNameField(max_length=200, help_text=_("As printed: the Institute."))
    paragraphs = models.JSONField(default=list, help_text=_("Numbers of the paragraphs where it means this entry."))
    rule = CleanCharField(max_length=300, help_text=_("Why it means this entry there, in words."))

    NATURAL_KEY = ("report", "entry", "text")
    history = History()

    class Meta:
        ordering = ["report_id", "text", "entry_id"]
        constraints = [models.UniqueConstraint(fields=["report", "entry", "text"], name="unique_short_form_of_entry")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuses words that a stated paragraph does not hold; no link could come of them there."""
        if not (self.report_id and self.text and isinstance(self.paragraphs, list)):
            return
        rows = Block.objects.filter(paragraph__report=self.report_id, paragraph__number__in=self.paragraphs)
        texts: dict[int, list[str]] = {}
        for number, text in rows.order_by("paragraph__number", "position").values_list("paragraph__number", "text"):
            texts.setdefault(number, []).append(text)
        tree = NameTree([KnownName(self.text, "", paragraphs=frozenset(self.paragraphs))])
        missing = [number for number, own in texts.items() if not any(tree.spans(text, number) for text in own)]
        if missing:
            raise ValidationError({"text": [not_printed(self.text, number, texts[number]) for number in missing]})


class Relation(ContentModel):
    """What the text states between two entries, read from source to target."""

    source = models.ForeignKey(Entry, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=[(kind, forth) for kind, (forth, _) in RELATIONS.items()])
    target = models.ForeignKey(Entry, models.CASCADE, related_name="inverse_relations")
    paragraph = models.ForeignKey(
        Paragraph, models.SET_NULL, null=True, blank=True, help_text=_("The paragraph that states it.")
    )

    NATURAL_KEY = ("source", "kind", "target")
    history = History()

    class Meta:
        ordering = ["source_id", "kind", "target_id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="unique_relation"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"

    def get_inverse_display(self) -> str:
        """The relation in words, read from target to source."""
        return str(RELATIONS[self.kind][1])


class FormerAddress(ContentModel):
    """An address at which an entry, or one that was merged into it, was found before: it leads to the entry.

    Where another entry has the address now, that one is found.
    """

    NATURAL_KEY = ("type", "slug")

    type = models.CharField(max_length=12, choices=Entry.Type)
    slug = CleanSlugField(max_length=80)
    # It stays when the entry is deleted, so that a restored entry is found at all its addresses.
    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="former_addresses", db_constraint=False)
    history = History()

    class Meta:
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["type", "slug"], name="one_entry_for_a_former_address")]

    def __str__(self) -> str:
        return f"{self.type}/{self.slug}"
