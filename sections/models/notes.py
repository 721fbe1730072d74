"""Editors’ notes, shown beside paragraphs, whose text never changes."""

from django.db import models

from .content import ContentModel
from .fields import CleanTextField
from .history import keep_history, track
from .text import Paragraph


class Note(ContentModel):
    """What an editor says of a paragraph: "as printed; probably article 22, paragraph 4"."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="editors_notes")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order among the paragraph's notes, from 1.")
    quote = models.CharField(
        "words", max_length=300, blank=True, help_text="The words that the note speaks of, as printed. May stay empty."
    )
    text = CleanTextField("note", max_length=1000, help_text="As printed; probably article 22, paragraph 4.")

    NATURAL_KEY = ("paragraph", "position")
    history = keep_history()

    class Meta:
        ordering = ["paragraph_id", "position"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "position"], name="unique_note_position")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return self.paragraph.get_absolute_url()


track(Note)
