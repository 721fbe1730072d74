"""Where the text points back to what it said before: "as noted above"."""

from django.db import models
from django.db.models import F, Q

from .content import ContentModel, ContentQuerySet
from .text import Block, Paragraph


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
        help_text="What the words mean. Empty where that is not certain.",
    )
    reason = models.CharField(max_length=300, help_text="Why they mean it, or why that is not certain, in a sentence.")

    objects = BackReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["block_id", "start", "target_id"]
        constraints = [
            models.UniqueConstraint(fields=["block", "start", "target"], name="unique_back_reference"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="back_reference_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} → {self.target.number if self.target else 'open'}"

    def natural_key(self) -> tuple:
        return (*self.block.natural_key(), self.start, self.target.number if self.target else 0)
