"""Writes what a person decided on links: confirmed, rejected, or open again."""

from collections.abc import Iterable

from sections.models import ArticleLink, Change, Mention, Paragraph, Review, changing, update_rows
from sections.search.service import refresh


def decide(model: type[Mention] | type[ArticleLink], keys: Iterable[int], review: str, reason="", user=None) -> int:
    """Gives links of one model, by their keys, the review; returns how many had another one before."""
    review = Review(review)
    with changing(Change.Kind.REVIEW, reason, user):
        links = list(model.objects.filter(pk__in=list(keys)).exclude(review=review))
        for link in links:
            link.review = review
        update_rows(links, ["review"])
        refresh(Paragraph.objects.filter(pk__in=_paragraphs(model, links)))
    return len(links)


def _paragraphs(model, links):
    keys = [link.pk for link in links]
    place = "block__paragraph_id" if model is Mention else "paragraph_id"
    return set(model.objects.filter(pk__in=keys).values_list(place, flat=True))
