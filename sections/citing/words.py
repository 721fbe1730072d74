"""Parts of citations that styles share: places, dates, quotation marks, capitals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from sections.charts.strip import listed
from sections.text.item_paths import Step
from sections.text.ranges import format_ranges, runs

from .cited import Place

# Articles, conjunctions, and prepositions of up to four letters.
SMALL_WORDS = frozenset(
    {
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "onto", "or", "over",
        "per", "the", "to", "upon", "via", "with",
    }
)  # fmt: skip


class Italic(str):
    """Words that a style sets in italics."""

    is_italic = True
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """How a style writes places: one paragraph, several, an item's letter, and what stands before the others."""

    one: str
    many: str
    step: str = "({})"
    item: str = ", item {}"
    footnote: str = ", footnote {}"
    table: str = ", table {}"

    def write(self, place: Place) -> str:
        """The place in these signs; nothing for a whole report."""
        if not place.paragraphs:
            return self.table.format(place.table).lstrip(", ") if place.table else ""
        pattern = self.one if len(place.paragraphs) == 1 else self.many
        words = pattern.format(format_ranges(place.paragraphs))
        words += "".join(self.step.format(step.label) if step.label else self._counted(step) for step in place.item)
        words += self.footnote.format(place.footnote) if place.footnote else ""
        return words + (self.table.format(place.table) if place.table else "")

    def _counted(self, step: Step) -> str:
        return self.item.format(step.ordinal)


def is_english() -> bool:
    """Whether the citation is being written in English."""
    return (get_language() or "").startswith("en")


def place_in_words(place: Place) -> str:
    """The place as the United Nations write it in the language of the citation; nothing for a whole report."""
    numbers = listed([words for first, last in runs(place.paragraphs) for words in _run(first, last)])
    if len(place.paragraphs) == 1:
        words = gettext("para. %(number)s") % {"number": numbers}
    else:
        words = gettext("paras. %(numbers)s") % {"numbers": numbers} if numbers else ""
    for step in place.item:
        pattern = gettext("%(place)s (%(label)s)") if step.label else gettext("%(place)s, item %(ordinal)s")
        words = pattern % {"place": words, "label": step.label, "ordinal": step.ordinal}
    if place.footnote:
        words = gettext("%(place)s, footnote %(number)s") % {"place": words, "number": place.footnote}
    if place.table:
        words = gettext("%(place)s, table %(number)s") % {"place": words, "number": place.table}
    return words


def place_in_signs(place: Place, english: Signs, **others: Signs) -> str:
    """The place as a style writes it in English, or in another language that it has signs for; else in words."""
    signs = english if is_english() else others.get(get_language() or "")
    return signs.write(place) if signs else place_in_words(place)


def long_date(day: date) -> str:
    """The day as the language writes it: 14 June 2017."""
    return date_format(day, gettext("j F Y"))


def american_date(day: date) -> str:
    """The day as it is written in the United States, in English: June 14, 2017; else as the language writes it."""
    return date_format(day, "F j, Y") if is_english() else long_date(day)


def quoted(words: str, single: bool = False) -> str:
    """The words between the quotation marks of the language."""
    if is_english():
        return f"‘{words}’" if single else f"“{words}”"
    return gettext("“%(words)s”") % {"words": words}


def headline(title: str) -> str:
    """The title with capitals for its principal words, as styles ask for in English; in other languages as it is."""
    if not is_english():
        return title
    words = title.split(" ")
    ends = (0, len(words) - 1)
    return " ".join(
        word if place not in ends and word in SMALL_WORDS else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )


def between(separator: str, parts: Iterable[str]) -> list[str]:
    """The parts that are not empty, with the separator between them."""
    given = [part for part in parts if part]
    return [piece for part in given for piece in (separator, part)][1:]


def _run(first: int, last: int) -> list[str]:
    """A run of paragraphs as the United Nations write it: "92–94", but "92" and "93" for two."""
    if last - first < 2:
        return [str(number) for number in range(first, last + 1)]
    return [gettext("%(first)s–%(last)s") % {"first": first, "last": last}]
