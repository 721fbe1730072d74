"""What a person at the review desk does to links: each decision one transaction, kept in the history."""

from collections.abc import Iterable

from sections.models import (
    ArticleLink,
    Basis,
    Change,
    Confidence,
    ConventionArticle,
    Entry,
    Mention,
    Review,
    changing,
    create_rows,
    update_rows,
)
from sections.search.service import refresh

from .relink import refresh_blocks

CONFIRM, REJECT, UNLINK, OTHER = "confirm", "reject", "unlink", "other"
WHY = {REJECT: "The words don’t mean this.", UNLINK: "No link is needed here.", OTHER: "It means another.", CONFIRM: ""}
MENTION_FIELDS = ["entry", "basis", "rule", "review"]


class Outdated(Exception):
    """The link is no longer as the person saw it; says what happened."""


def state_of(link: Mention | ArticleLink) -> str:
    """What a decision is about, in a form that a page can send back: to whom the link leads, and its review."""
    target = link.entry_id if isinstance(link, Mention) else link.article_id
    return f"{target}-{link.review}"


def decide_mentions(
    keys: Iterable[int], decision: str, seen: str, user=None, reason: str = "", other: Entry | None = None
) -> tuple[Change, list[Mention]]:
    """Decides on those of the mentions that are still as the person saw them; returns the change, and these mentions.

    Raises Outdated when none is.
    """
    with changing(Change.Kind.REVIEW, reason or WHY[decision], user) as change:
        rows = Mention.objects.select_for_update(of=("self",)).select_related("entry").filter(pk__in=list(keys))
        rows = list(rows)
        same = [mention for mention in rows if state_of(mention) == seen]
        if not same:
            raise Outdated(_what_happened(rows))
        for mention in same:
            _decide(mention, decision, other)
        update_rows(same, MENTION_FIELDS)
        refresh_blocks({mention.block_id for mention in same})
    return change, same


def _decide(mention, decision, other):
    mention.review = Review.REJECTED if decision in {REJECT, UNLINK} else Review.CONFIRMED
    if decision == OTHER:
        mention.entry, mention.basis, mention.rule = other, Basis.EDITOR, ""


def decide_article(
    key: int, decision: str, seen: str, user=None, reason: str = "", other: ConventionArticle | None = None
) -> tuple[Change, ArticleLink]:
    """Decides on an article link; another article is linked beside the rejected one. Raises Outdated."""
    with changing(Change.Kind.REVIEW, reason or WHY[decision], user) as change:
        rows = ArticleLink.objects.select_for_update(of=("self",)).select_related("paragraph", "article")
        link = rows.filter(pk=key).first()
        if link is None or state_of(link) != seen:
            raise Outdated(_what_happened([link] if link else []))
        link.review = Review.CONFIRMED if decision == CONFIRM else Review.REJECTED
        update_rows([link], ["review"])
        if decision == OTHER:
            _link_article(link, other, reason)
        refresh([link.paragraph])
    return change, link


def _link_article(link, article, reason):
    """Links the paragraph to the article as an editor's decision, whether or not there was a link already."""
    wanted = {"basis": Basis.EDITOR, "review": Review.CONFIRMED}
    there = ArticleLink.objects.filter(paragraph=link.paragraph, article=article).first()
    if there is None:
        why = {"confidence": Confidence.HIGH, "reason": reason[:300]}
        create_rows([ArticleLink(paragraph=link.paragraph, article=article, **wanted, **why)])
        return
    for name, value in wanted.items():
        setattr(there, name, value)
    update_rows([there], list(wanted))


def _what_happened(rows):
    if not rows:
        return "The link is no longer there: its name was taken away, or the report was stored anew. Nothing was done."
    link = rows[0]
    target = link.entry if isinstance(link, Mention) else link.article
    return (
        f"Somebody else was quicker: the link now leads to {target} and is {link.get_review_display()}. "
        "Nothing was done; look at it again."
    )
