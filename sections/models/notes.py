"""What editors note beside the text, which never changes: notes, subjects, and what its words point back to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sections.text.as_printed import stands_in

from .content import ContentModel, ContentQuerySet
from .fields import CleanCharField, CleanListField, CleanTextField
from .history import History
from .text import Block, Paragraph, not_printed

MOST = 40  # phrases of a paragraph
LONGEST = 80  # characters of a phrase


class Note(ContentModel):
    """What an editor says of a paragraph: "as printed; probably article 22, paragraph 4"."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="editors_notes")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order among the paragraph's notes, from 1.")
    quote = models.CharField(
        _("words"),
        max_length=300,
        blank=True,
        help_text=_("The words that the note speaks of, as printed. May stay empty."),
    )
    text = CleanTextField(_("note"), max_length=1000, help_text=_("As printed; probably article 22, paragraph 4."))

    NATURAL_KEY = ("paragraph", "position")
    history = History()

    class Meta:
        ordering = ["paragraph_id", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="unique_note_position")]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        """Refuses words that the paragraph does not hold: readers would see them quoted as its own."""
        if not (self.quote and self.paragraph_id):
            return
        texts = [f"{block.label} {block.text}" for block in self.paragraph.blocks.order_by("position")]
        if not stands_in(self.quote, texts):
            raise ValidationError({"quote": not_printed(self.quote, self.paragraph.number, texts)})

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()


def check_phrases(phrases: list[str]) -> None:
    """Refuses what is no list of short phrases."""
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise ValidationError(gettext("Give a list of phrases."))
    if len(phrases) > MOST:
        message = gettext("These are %(count)s phrases; a paragraph has at most %(most)s. Keep the best.")
        raise ValidationError(message % {"count": len(phrases), "most": MOST})
    for phrase in phrases:
        if len(phrase) > LONGEST:
            message = gettext("“%(phrase)s…” is longer than %(most)s characters. Make it shorter, or two of it.")
            raise ValidationError(message % {"phrase": phrase[:30], "most": LONGEST})


class Subjects(ContentModel):
    """Phrases that say in other words what a paragraph is about; the search finds it by them, below what it says."""

    paragraph = models.OneToOneField(Paragraph, models.CASCADE, related_name="subjects")
    phrases = CleanListField(
        default=list,
        blank=True,
        validators=[check_phrases],
        help_text=_("One a line: what people who don’t know the report’s words would call what this paragraph says."),
    )

    NATURAL_KEY = ("paragraph",)
    history = History()

    class Meta:
        ordering = ["paragraph_id"]
        verbose_name = verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        first, *others = self.phrases or [""]
        return f"{first} and {len(others)} more" if others else first

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()


class BackReferenceQuerySet(ContentQuerySet):
    def get_by_natural_key(self, symbol: str, number: int, position: int, start: int, target: int) -> "BackReference":
        block = Block.objects.get_by_natural_key(symbol, number, position)
        return self.get(block=block, start=start, **({"target__number": target} if target else {"target": None}))


class BackReference(ContentModel):
    """A span of a block that points back, and a paragraph that it means; without one where that is not certain.

    A span that means several paragraphs has a row for each. Kept by hand.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="back_references")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=200, help_text="The characters of the span, as printed.")
    target = models.ForeignKey(
        Paragraph,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="referred_to_by",
        help_text=_("What the words mean. Empty where that is not certain."),
    )
    reason = CleanCharField(max_length=300, help_text=_("Why they mean it, or why that is not certain, in a sentence."))

    history = History()
    objects = BackReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["block_id", "start", "target_id"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start", "target"], name="unique_back_reference"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="back_reference_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} → {self.target.number if self.target else 'open'}"

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph in which the words stand."""
        return self.block.paragraph

    def natural_key(self) -> tuple:
        return (*self.block.natural_key(), self.start, self.target.number if self.target else 0)
