"""Text that people and files bring in, cleaned once on its way into the database: see `text.fold`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sections.text.fold import clean, clean_line
from sections.text.slugs import clean_slug

FIRST_YEAR, LAST_YEAR = 1000, 2999


class _Cleaned:
    """Cleans what is assigned to a form, saved, loaded from a file or looked for. In migrations a plain field."""

    cleaning: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        return self._cleaned(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self._cleaned(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, self.column_field, args, kwargs

    def _cleaned(self, value):
        if isinstance(value, list):
            return [self._cleaned(item) for item in value]
        return type(self).cleaning(value) if isinstance(value, str) else value


def check_has_letters(text: str) -> None:
    """Refuses a name of symbols only: nobody can search for it, sort it or find it by its first letter."""
    if not any(letter.isalnum() for letter in text):
        raise ValidationError(_("Write at least one letter or digit."))


class CleanCharField(_Cleaned, models.CharField):
    """A text of one line."""

    cleaning = staticmethod(clean_line)
    column_field = "django.db.models.CharField"


class CleanNameField(CleanCharField):
    """What something is called: a text of one line with at least one letter or digit."""

    default_validators = [check_has_letters]


class CleanTextField(_Cleaned, models.TextField):
    """A text of several lines."""

    cleaning = staticmethod(clean)
    column_field = "django.db.models.TextField"


class CleanListField(_Cleaned, models.JSONField):
    """A list of texts of one line, as JSON."""

    cleaning = staticmethod(clean_line)
    column_field = "django.db.models.JSONField"


class CleanSlugField(_Cleaned, models.SlugField):
    """The last part of an address, in small letters: two that differ only in case would be the same to readers."""

    cleaning = staticmethod(clean_slug)
    column_field = "django.db.models.SlugField"


class YearField(models.PositiveSmallIntegerField):
    """A year within bounds, which tell it from a slip of the keys. In migrations a plain field."""

    default_validators = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"min_value": FIRST_YEAR, "max_value": LAST_YEAR} | kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, kwargs
