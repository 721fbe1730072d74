"""A form field for a list of phrases, written one a line."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator


class PhrasesField(forms.CharField):
    """Lines of text for a list of phrases; a line that comes twice counts once, empty ones don't."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value)
        ProhibitNullCharactersValidator()(text)  # here, as the field's own validators see but the list
        lines = (" ".join(line.split()) for line in text.splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial, data):
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True
