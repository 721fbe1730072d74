"""Writes what people decide on links: one by one at the review desk, or many at once from a list."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser

from sections.models import (
    ArticleLink,
    Basis,
    Change,
    Confidence,
    ConventionArticle,
    Entry,
    Mention,
    Paragraph,
    Review,
    changing,
    create_rows,
    update_rows,
)
from sections.search.service import refresh

from .relink import refresh_blocks

CONFIRM, REJECT, UNLINK, OTHER = "confirm", "reject", "unlink", "other"
REASONS = {
    CONFIRM: "",
    REJECT: "The words do not mean this.",
    UNLINK: "No link is needed here.",
    OTHER: "The words mean another.",
}
NO_LINK = "The link no longer exists: its name was removed, or the report was imported again. Nothing was saved."


class Outdated(Exception):
    """The link is no longer as the reviewer saw it; says what happened."""


def set_review(
    model: type[Mention] | type[ArticleLink],
    keys: Iterable[int],
    review: str,
    reason: str = "",
    user: AbstractBaseUser | None = None,
) -> int:
    """Sets the review of links of one model, by their keys; returns how many had another one."""
    with changing(Change.Kind.REVIEW, reason, user):
        links = list(model.objects.filter(pk__in=list(keys)).exclude(review=review))
        for link in links:
            link.review = Review(review)
        update_rows(links, ["review"])
        if model is Mention:
            refresh_blocks({link.block_id for link in links})
        else:
            refresh(Paragraph.objects.filter(pk__in={link.paragraph_id for link in links}))
    return len(links)


def state_of(link: Mention | ArticleLink) -> str:
    """What a reviewer decides on, as text that a page can post: the key of the target, and the review."""
    target = link.entry_id if isinstance(link, Mention) else link.article_id
    return f"{target}-{link.review}"


def decide_mentions(
    keys: Iterable[int],
    decision: str,
    seen: str,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    other: Entry | None = None,
) -> tuple[Change, list[Mention]]:
    """Decides on those of the mentions whose state is still `seen`; returns the change and these mentions.

    Raises Outdated if there are none.
    """
    with changing(Change.Kind.REVIEW, reason or REASONS[decision], user) as change:
        rows = Mention.objects.select_for_update(of=("self",)).select_related("entry").filter(pk__in=list(keys))
        mentions = list(rows)
        as_seen = [mention for mention in mentions if state_of(mention) == seen]
        if not as_seen:
            raise Outdated(_what_happened(mentions))
        for mention in as_seen:
            mention.review = Review.REJECTED if decision in {REJECT, UNLINK} else Review.CONFIRMED
            if decision == OTHER:
                mention.entry, mention.basis, mention.rule = other, Basis.EDITOR, ""
        update_rows(as_seen, ["entry", "basis", "rule", "review"])
        refresh_blocks({mention.block_id for mention in as_seen})
    return change, as_seen


def decide_article(
    key: int,
    decision: str,
    seen: str,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    other: ConventionArticle | None = None,
) -> tuple[Change, ArticleLink]:
    """Decides on an article link, as `decide_mentions` does; another article is linked beside the rejected one."""
    with changing(Change.Kind.REVIEW, reason or REASONS[decision], user) as change:
        rows = ArticleLink.objects.select_for_update(of=("self",)).select_related("paragraph", "article")
        link = rows.filter(pk=key).first()
        if link is None or state_of(link) != seen:
            raise Outdated(_what_happened([link] if link else []))
        link.review = Review.CONFIRMED if decision == CONFIRM else Review.REJECTED
        update_rows([link], ["review"])
        if decision == OTHER:
            _link_article(link.paragraph, other, reason)
        refresh([link.paragraph])
    return change, link


def _link_article(paragraph, article, reason):
    """Links the paragraph to the article as an editor's decision, whether or not there was a link already."""
    link = ArticleLink.objects.filter(paragraph=paragraph, article=article).first()
    if link is None:
        link = ArticleLink(paragraph=paragraph, article=article, confidence=Confidence.HIGH, reason=reason[:300])
    link.basis, link.review = Basis.EDITOR, Review.CONFIRMED
    if link.pk is None:
        create_rows([link])
    else:
        update_rows([link], ["basis", "review"])


def _what_happened(links):
    if not links:
        return NO_LINK
    link = links[0]
    target = link.entry if isinstance(link, Mention) else link.article
    return (
        f"Another reviewer has already decided: the link now points to {target} and is {link.get_review_display()}. "
        "Nothing was saved; look at it again."
    )
