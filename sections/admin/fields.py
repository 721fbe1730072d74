"""Form fields of the desk: the reason of a change, numbers of paragraphs, and a list of phrases."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from sections.text.whole_numbers import whole_number

REASON_HELP = "One sentence on what supports the change. Readers see it on the page of changes."
LARGEST = 999_999  # number of a paragraph
LONGEST = 2000  # paragraphs in one range


class ReasonForm(forms.Form):
    """Asks for the reason of a change."""

    reason = forms.CharField(label="Why", max_length=500, required=False, help_text=REASON_HELP)


class NumbersField(forms.CharField):
    """A sorted list of paragraph numbers, written as "12, 14–16"."""

    def prepare_value(self, value: list[int] | str | None) -> str | None:
        return in_ranges(value) if isinstance(value, list) else value

    def clean(self, value: str | None) -> list[int]:
        """The numbers in order, each once."""
        text = super().clean(value)
        numbers = set()
        for part in re.split(r"[,;\s]+(?![-–—])(?<![-–—]\s)", text.strip()):
            first, dash, last = (words.strip() for words in re.fullmatch(r"([^-–—]*)([-–—]?)(.*)", part, re.S).groups())
            start = whole_number(first, LARGEST)
            end = whole_number(last, LARGEST) if dash else start
            if start is None or end is None:
                raise ValidationError(f"“{part}” is not a paragraph number. Write numbers like this: 12, 14–16.")
            if not 0 <= end - start <= LONGEST:
                raise ValidationError(f"“{part}” is not a valid range: the smaller number comes first.")
            numbers.update(range(start, end + 1))
        return sorted(numbers)

    def has_changed(self, initial: list[int] | None, data: str | None) -> bool:
        return (in_ranges(initial) if isinstance(initial, list) else initial or "") != (data or "").strip()


class PhrasesField(forms.CharField):
    """A list of phrases, one a line; empty lines and duplicates are left out."""

    widget = forms.Textarea

    def prepare_value(self, value: list[str] | str | None) -> str | None:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: str | None) -> list[str]:
        """The phrases in order, each once."""
        text = super().to_python(value)
        ProhibitNullCharactersValidator()(text)  # here, because the field's own validators are given the list
        lines = (" ".join(line.split()) for line in text.splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial: list[str] | None, data: str | None) -> bool:
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


def in_ranges(numbers: list[int]) -> str:
    """The numbers in order, with runs drawn together: "12, 14–16"."""
    runs = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
