"""The form of a record whose texts have translations."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.functional import lazy
from django.utils.text import format_lazy

from sections.models.translations import Translated
from sections.presenters.change_labels import label_of

from .base import AuditedForm

OTHER_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class TranslatedForm(AuditedForm):
    """A form with a field for each translation: `text_es`, `text_fr`; `translated_form` makes it for a model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, language, field in translation_fields(self._meta.model):
            self.initial.setdefault(field, self.instance.translations.get(language, {}).get(name, ""))

    def clean(self) -> dict[str, Any]:
        """Stores the translations that were given; an empty field removes one."""
        given = super().clean()
        texts = {language: {} for language, _ in settings.LANGUAGES}
        for name, language, field in translation_fields(self._meta.model):
            if given.get(field):
                texts[language][name] = given[field]
        self.instance.translations = {language: own for language, own in texts.items() if own}
        return given


def translation_fields(model: type[Translated]) -> list[tuple[str, str, str]]:
    """The fields of the form of a model: what is translated, into which language, and the name of the field."""
    return [(name, code, f"{name}_{code}") for name in model.TRANSLATED for code, _ in OTHER_LANGUAGES] + [
        (name, code, f"{name}_{code}") for name in model.SHORT_FORMS for code, _ in settings.LANGUAGES
    ]


def translated_form(model: type[Translated], **fields: forms.Field) -> type[TranslatedForm]:
    """The form of a model with fields for its translations, and other fields of its own."""
    for name, code, field in translation_fields(model):
        fields[field] = _translation_field(model, name, code)
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Form", (TranslatedForm,), {**fields, "Meta": meta})


def _translation_field(model, name, code):
    column = None if name in model.SHORT_FORMS else model._meta.get_field(name)
    is_long = isinstance(column, models.TextField)
    attributes = {"class": "vLargeTextField", "rows": 4} if is_long else {"class": "vTextField"}
    return forms.CharField(
        label=format_lazy("{} ({})", _label_of(model, name), dict(settings.LANGUAGES)[code]),
        max_length=column.max_length if column else model.SHORT_FORMS[name],
        required=False,
        widget=(forms.Textarea if is_long else forms.TextInput)(attrs=attributes | {"lang": code}),
    )


def _label_of(model, name):
    """The label of a translated field, worked out when it is shown: desks of several languages share the form."""
    return lazy(lambda: label_of(model, name), str)()
