"""A form field for numbers of paragraphs, written as people write them: 12, 14–16."""

from django import forms
from django.core.exceptions import ValidationError

from sections.text.ranges import format_ranges, parse_ranges


class NumbersField(forms.CharField):
    """Text such as "12, 14–16" for a list of numbers in order."""

    def prepare_value(self, value):
        return format_ranges(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_ranges(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return (format_ranges(initial) if isinstance(initial, list) else initial or "") != (data or "").strip()
