"""What searches for certain phrases will find once something is saved, compared with now, with examples."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from sections.models import Block, Paragraph
from sections.search.service import SearchRequest, marks, paragraphs_found
from sections.text.snippet import Snippet, opening, snippets

EXAMPLES = 3
Found = dict[str, set[tuple[str, int]]]  # by phrase the symbol and number of each paragraph


@dataclass(frozen=True, slots=True)
class SearchGain:
    """What a search for a phrase will find: in numbers, and paragraphs that it does not find now."""

    words: str
    examples: tuple[tuple[Paragraph, Snippet], ...] = ()


def found_now(phrases: Iterable[str]) -> Found:
    """What searches for these phrases find as things are stored in this moment."""
    return {phrase: paragraphs_found(phrase) for phrase in dict.fromkeys(phrases)}


def gains(before: Found) -> list[SearchGain]:
    """What searches for the same phrases find now, after something was stored."""
    return [_gain(phrase, former, paragraphs_found(phrase)) for phrase, former in before.items()]


def _gain(phrase, former, found):
    message = gettext("Paragraphs that a search for “%(words)s” finds: %(before)s now, %(after)s when this is saved.")
    words = message % {"words": phrase, "before": len(former), "after": len(found)}
    return SearchGain(words, tuple(_example(phrase, *place) for place in sorted(found - former)[:EXAMPLES]))


def _example(phrase, symbol, number):
    """A paragraph and the words in it by which it is found; its first words where it is found by its subjects."""
    paragraph = Paragraph.objects.select_related("report").get(report__symbol=symbol, number=number)
    spans = marks(SearchRequest(phrase, report=symbol), number)
    position = min(spans, default=0)
    text = Block.objects.get(paragraph=paragraph, position=position).text
    return paragraph, (snippets(text, spans[position])[0] if spans else opening(text))
