"""A report as a strip, one step a paragraph, with a stroke for each of the paragraphs in question."""

from dataclasses import dataclass

from django.utils.translation import gettext

from sections.text.ranges import range_words, runs


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip's width in steps, its strokes as the path of an SVG ten steps high, and the same in words."""

    width: int
    path: str
    words: str


def strip(numbers: list[int], last: int) -> Strip | None:
    """The strip of a report that ends with paragraph `last`; None when there is nothing to show."""
    strokes = runs(number for number in numbers if 1 <= number <= last)
    if not strokes:
        return None
    path = "".join(f"M{first - 1} 0h{end - first + 1}v10h-{end - first + 1}z" for first, end in strokes)
    return Strip(last, path, numbers_in_words(numbers))


def numbers_in_words(numbers: list[int]) -> str:
    """Numbers as readers write them, in order and each once: "5, 7–9 and 12"."""
    return listed(range_words(numbers))


def listed(parts: list[str]) -> str:
    """Words as readers list them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
