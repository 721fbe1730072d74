"""What each reply is about: most reports print only the number of the question that it answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CleanCharField
from .history import History
from .report import Section
from .translations import Translated, TranslationsField


class ReplySubject(Translated):
    """What a reply is about, in the terms of the field and in the editors' words."""

    section = models.OneToOneField(Section, models.CASCADE, verbose_name=_("reply"), related_name="reply_subject")
    text = CleanCharField(
        _("subject"), max_length=120, help_text=_("In English: Unaccompanied children: best interests and detention.")
    )
    translations = TranslationsField()

    TRANSLATED = ("text",)
    NATURAL_KEY = ("section",)
    history = History()

    class Meta:
        ordering = ["section_id"]
        verbose_name = _("subject of a reply")
        verbose_name_plural = _("subjects of replies")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.section.get_absolute_url()
