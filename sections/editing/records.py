"""What an editor decides on figures, dates and named places, and where the words stand that they are about."""

import re
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sections.models import (
    BackReference,
    Block,
    Change,
    DatedEvent,
    Figure,
    Paragraph,
    PlaceMention,
    Report,
    Review,
    changing,
    update_rows,
)

Spans = type[Figure] | type[DatedEvent] | type[PlaceMention]
Place = tuple[Block, int]


def review_records(
    model: Spans, keys: Iterable[int], review: str, reason: str = "", user: AbstractBaseUser | None = None
) -> Change:
    """Sets the review of rows of one model, and returns the change."""
    with changing(Change.Kind.REVIEW, reason, user) as change:
        rows = list(model.objects.filter(pk__in=list(keys)).exclude(review=review))
        for row in rows:
            row.review = Review(review)
        update_rows(rows, ["review"])
    return change


def places_of(words: str, paragraph: Paragraph) -> list[Place]:
    """Where the words stand in a paragraph in the order of reading, as words or numbers of their own."""
    alone = re.compile(rf"(?<![\w]){re.escape(words)}(?!\w)")
    blocks = paragraph.blocks.order_by("position")
    return [(block, match.start()) for block in blocks for match in alone.finditer(block.text)]


def place_of(words: str, paragraph: Paragraph, which: int) -> Place:
    """The `which`-th place of the words in the paragraph.

    Raises ValidationError, by field of the form, where there is none.
    """
    places = places_of(words, paragraph)
    if not places:
        raise ValidationError({"surface": _("These words do not stand in paragraph %s.") % paragraph.number})
    if which > len(places):
        raise ValidationError({"which": _("The words stand there only %s times.") % len(places)})
    return places[which - 1]


def refuse_overlap(row: Figure | DatedEvent | PlaceMention) -> None:
    """Raises ValidationError where another row of the model has words of the row's place, also a rejected one."""
    others = type(row).objects.filter(block=row.block, start__lt=row.end, end__gt=row.start).exclude(pk=row.pk)
    if taken := others.first():
        fault = _("“%(words)s” in this place is recorded already: %(review)s. Change that record instead.")
        raise ValidationError({"surface": fault % {"words": taken.surface, "review": taken.get_review_display()}})


def is_summed(row: Figure | DatedEvent | PlaceMention) -> bool:
    """Whether the row is a figure that a checked sum uses: without it the sum would not be restored as it was."""
    return isinstance(row, Figure) and (row.added_in.exists() or row.total_of.exists() or row.whole_of.exists())


def which_of(row: Figure | DatedEvent | PlaceMention | BackReference) -> int:
    """The number of the row's place among those where its words stand in the paragraph; 1 for none of them."""
    places = places_of(row.surface, row.paragraph)
    return next((at for at, place in enumerate(places, 1) if place == (row.block, row.start)), 1)


def make_default(report: Report) -> None:
    """Takes the mark of the default report from every other one; the caller stores this one's."""
    for other in Report.objects.filter(is_default=True).exclude(pk=report.pk):
        other.is_default = False
        other.save()
