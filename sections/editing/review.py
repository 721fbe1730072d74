"""Writes what people decide on links: one by one at the review desk, or many at once from a list."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import TextChoices

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
    update_rows,
)
from sections.search.service import refresh

from .relink import refresh_blocks

NO_LINK = "The link no longer exists: its name was removed, or the report was imported again. Nothing was saved."


class Decision(TextChoices):
    """What a reviewer decides on a link; the label says that it is done."""

    CONFIRM = "confirm", "Confirmed"
    REJECT = "reject", "Rejected"
    UNLINK = "unlink", "Unlinked"
    OTHER = "other", "Linked to another"


REASONS = {
    Decision.CONFIRM: "",
    Decision.REJECT: "The words do not mean this.",
    Decision.UNLINK: "No link is needed here.",
    Decision.OTHER: "The words mean another.",
}


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
        _refresh_search(links)
    return len(links)


def state_of(link: Mention | ArticleLink) -> str:
    """What a reviewer decides on, as text that a page can post: the key of the target, and the review."""
    target = link.entry_id if isinstance(link, Mention) else link.article_id
    return f"{target}-{link.review}"


def decide_links(
    model: type[Mention] | type[ArticleLink],
    keys: Iterable[int],
    decision: str,
    seen: str,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    other: Entry | ConventionArticle | None = None,
) -> tuple[Change, list[Mention] | list[ArticleLink]]:
    """Decides on those of the links whose state is still `seen`; returns the change and these links.

    A mention moves to the `other` entry; the `other` article is linked beside the rejected one. Raises Outdated if no
    link is as it was seen.
    """
    is_other = decision == Decision.OTHER
    moves = is_other and model is Mention
    with changing(Change.Kind.REVIEW, reason or REASONS[decision], user) as change:
        links = list(model.objects.select_for_update().filter(pk__in=list(keys)))
        as_seen = [link for link in links if state_of(link) == seen]
        if not as_seen:
            raise Outdated(_decided(links[0]) if links else NO_LINK)
        for link in as_seen:
            link.review = Review.CONFIRMED if moves or decision == Decision.CONFIRM else Review.REJECTED
            if moves:
                link.entry, link.basis, link.rule = other, Basis.EDITOR, ""
        update_rows(as_seen, ["entry", "basis", "rule", "review"] if model is Mention else ["review"])
        if is_other and not moves:  # whether or not the paragraph has a link to the article already
            decided = {"basis": Basis.EDITOR, "review": Review.CONFIRMED}
            created = {**decided, "confidence": Confidence.HIGH, "reason": reason[:300]}
            for link in as_seen:
                ArticleLink.objects.update_or_create(decided, created, paragraph=link.paragraph, article=other)
        _refresh_search(as_seen)
    return change, as_seen


def _refresh_search(links):
    if links and isinstance(links[0], Mention):
        refresh_blocks({link.block_id for link in links})
    elif links:
        refresh(Paragraph.objects.filter(pk__in={link.paragraph_id for link in links}))


def _decided(link):
    target = link.entry if isinstance(link, Mention) else link.article
    return (
        f"Another reviewer has already decided: the link now points to {target} and is {link.get_review_display()}. "
        "Nothing was saved; look at it again."
    )
