"""Places of the text with the words around them, for a person who has to decide on many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from sections.models import Block, Paragraph
from sections.text.snippet import REACH, Snippet, around, opening

OPENING = 160

Span = tuple[int, int, int]  # the key of a block, and the characters in it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place with its paragraph and the words before and after it.

    `is_first` says that no words of the paragraph stand before it.
    """

    paragraph: Paragraph
    passage: Snippet
    is_first: bool = False


def excerpts(spans: Iterable[Span]) -> dict[Span, Excerpt]:
    """The places, where their blocks still exist; two queries.

    A place at the beginning of a block is shown after the end of the block before it.
    """
    spans = list(spans)
    blocks = Block.objects.select_related("paragraph__report").defer("paragraph__source_text")
    blocks = blocks.in_bulk({key for key, _, _ in spans})
    at_start = [key for key, start, _ in spans if key in blocks and start < REACH]
    earlier = Block.objects.filter(paragraph=OuterRef("paragraph"), position__lt=OuterRef("position"))
    earlier = earlier.order_by("-position").values("text")[:1]
    before = Block.objects.filter(pk__in=at_start).annotate(before=Subquery(earlier)).values_list("pk", "before")
    before = {key: f"{text.rstrip()} " for key, text in before if text}
    found = {}
    for span in spans:
        if block := blocks.get(span[0]):
            lead = before.get(block.pk, "")
            text, (_, start, end) = lead + block.text, span
            passage = around(text, start + len(lead), end + len(lead))
            found[span] = Excerpt(block.paragraph, passage, is_first=not text[: start + len(lead)].strip())
    return found


def openings(paragraphs: Iterable[int]) -> dict[int, Excerpt]:
    """The first words of each of these paragraphs, by its key; one query."""
    first = Block.objects.filter(paragraph=OuterRef("pk")).order_by("position").values("text")[:1]
    rows = Paragraph.objects.select_related("report").defer("source_text").annotate(first_text=Subquery(first))
    found = rows.in_bulk(set(paragraphs))
    return {key: Excerpt(row, opening(row.first_text or "", OPENING)) for key, row in found.items()}
