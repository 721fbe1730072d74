"""The subjects of a paragraph, as a library catalogue has them: the words under which people look for what it says."""

from django.core.exceptions import ValidationError
from django.db import models

from .content import ContentModel
from .fields import CleanListField
from .history import keep_history, track
from .text import Paragraph

MOST = 40  # phrases of a paragraph
LONGEST = 80  # characters of a phrase


def check_phrases(phrases: list[str]) -> None:
    """Refuses what is no list of short phrases."""
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise ValidationError("Give a list of phrases.")
    if len(phrases) > MOST:
        raise ValidationError(f"These are {len(phrases)} phrases; a paragraph has at most {MOST}. Keep the best.")
    for phrase in phrases:
        if len(phrase) > LONGEST:
            raise ValidationError(
                f"“{phrase[:30]}…” is longer than {LONGEST} characters. Make it shorter, or two of it."
            )


class Subjects(ContentModel):
    """Phrases that say in other words what a paragraph is about; the search finds it by them, below what it says."""

    paragraph = models.OneToOneField(Paragraph, models.CASCADE, related_name="subjects")
    phrases = CleanListField(
        default=list,
        blank=True,
        validators=[check_phrases],
        help_text="One a line: what people who don’t know the report’s words would call what this paragraph says.",
    )

    NATURAL_KEY = ("paragraph",)
    history = keep_history()

    class Meta:
        ordering = ["paragraph_id"]
        verbose_name = verbose_name_plural = "subjects"

    def __str__(self) -> str:
        first, *others = self.phrases or [""]
        return f"{first} and {len(others)} more" if others else first

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()


track(Subjects)
