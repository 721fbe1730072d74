"""A form field for a list of phrases, written one a line."""

from django import forms


class PhrasesField(forms.CharField):
    """Lines of text for a list of phrases; a line that comes twice counts once, empty ones don't."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial, data):
        return self.to_python(self.prepare_value(initial) or "") != self.to_python(data or "")
