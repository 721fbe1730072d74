"""Content in other languages: captions, titles and names whose translations are data, kept beside the original."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

from .content import ContentModel


class TranslationsField(models.JSONField):
    """Translations by language and field: {"es": {"title": "…"}}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ours = {"default": dict, "blank": True, "help_text": 'By language and field: {"es": {"title": "…"}}.'}
        super().__init__(*args, **ours | kwargs)


class Translated(ContentModel):
    """A model with a field `translations`; TRANSLATED names the fields that may be translated.

    SHORT_FORMS gives, for each property that shortens a field, its greatest length. Its texts are only in
    `translations`, those in the site's first language too; without one, the property gives the whole field.
    """

    TRANSLATED: tuple[str, ...] = ()
    SHORT_FORMS: Mapping[str, int] = {}

    class Meta:
        abstract = True

    def translated(self, name: str) -> str:
        """The field in the reader's language where it has a translation, else as it is."""
        return self.translations.get(get_language() or "", {}).get(name) or getattr(self, name)

    def clean(self) -> None:
        super().clean()
        for problem in translation_problems(type(self), self.translations):
            raise ValidationError({"translations": problem})


def translation_problems(model: type[Translated], translations: object) -> list[str]:
    """What is wrong with the translations of a row of the model, each time in a sentence."""
    languages = [code for code, _ in settings.LANGUAGES]
    if not isinstance(translations, Mapping):
        return ['Translations are given by language and field: {"es": {"title": "…"}}.']
    problems = []
    for language, texts in translations.items():
        if language not in languages:
            problems.append(f"“{language}” is not a language of this site. Its languages: {', '.join(languages)}.")
        elif not isinstance(texts, Mapping):
            problems.append(f'The translations into “{language}” are given by field: {{"title": "…"}}.')
        else:
            problems += [problem for pair in texts.items() if (problem := _problem(model, language, *pair))]
    return problems


def _problem(model, language, name, text):
    if name not in (allowed := (*model.TRANSLATED, *model.SHORT_FORMS)):
        return f"“{name}” cannot be translated. Fields with translations: {', '.join(allowed)}."
    longest = model.SHORT_FORMS.get(name) or model._meta.get_field(name).max_length
    if not isinstance(text, str) or not text.strip() or len(text) > longest:
        return f"The translation of “{name}” into “{language}” must be a text of 1 to {longest} characters."
    return ""
