"""A form field for numbers of paragraphs, written as people write them: 12, 14–16."""

import re

from django import forms
from django.core.exceptions import ValidationError

RANGE = re.compile(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?")
MOST = 2000


class NumbersField(forms.CharField):
    """Text such as "12, 14–16" for a list of numbers in order."""

    def prepare_value(self, value):
        return in_ranges(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        numbers = set()
        for part in re.split(r"[,;\s]+(?![-–—])(?<![-–—]\s)", text.strip()):
            found = RANGE.fullmatch(part)
            if not found:
                raise ValidationError(f"“{part}” is no number of a paragraph. Write them like this: 12, 14–16.")
            first, last = int(found[1]), int(found[2] or found[1])
            if last < first or last - first > MOST:
                raise ValidationError(f"“{part}” is no range: the smaller number comes first.")
            numbers.update(range(first, last + 1))
        return sorted(numbers)

    def has_changed(self, initial, data):
        return (in_ranges(initial) if isinstance(initial, list) else initial or "") != (data or "").strip()


def in_ranges(numbers: list[int]) -> str:
    """The numbers as text, neighbours drawn together: "12, 14–16"."""
    runs = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
