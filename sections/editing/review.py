"""Writes what people decide on links: one by one at the review desk, or many at once from a list."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sections.models import (
    ArticleLink,
    Basis,
    Change,
    Confidence,
    ConventionArticle,
    Entry,
    GeneratedReason,
    Mention,
    Paragraph,
    Review,
    changing,
    delete_rows,
    update_rows,
)
from sections.search.service import refresh

from .relink import refresh_blocks, relink_places

NO_LINK = _("The link no longer exists: its name was removed, or the report was imported again. Nothing was saved.")


class Decision(TextChoices):
    """What a reviewer decides on a link; the label says that it is done."""

    CONFIRM = "confirm", _("Confirmed")
    REJECT = "reject", _("Rejected")
    UNLINK = "unlink", _("Unlinked")
    OTHER = "other", _("Linked to another")
    RESET = "reset", _("Set to “not yet reviewed”")


# Stored with a decision for which nobody gave a reason.
REASONS = {
    Decision.CONFIRM: "",
    Decision.REJECT: GeneratedReason.REJECT,
    Decision.UNLINK: GeneratedReason.UNLINK,
    Decision.OTHER: GeneratedReason.OTHER,
    Decision.RESET: GeneratedReason.RESET,
}
REVIEWS = {
    Decision.CONFIRM: Review.CONFIRMED,
    Decision.REJECT: Review.REJECTED,
    Decision.UNLINK: Review.REJECTED,
    Decision.RESET: Review.UNREVIEWED,
}


class Outdated(Exception):
    """The link is no longer as the reviewer saw it; says what happened."""


class AlreadyDecided(Outdated):
    """Somebody has already decided the same; says so."""


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
        may_link_others = review != Review.CONFIRMED or not all(link.is_shown for link in links)
        for link in links:
            link.review = Review(review)
        _refuse_overlaps(links)
        update_rows(links, ["review"])
        _bring_in_line(links, may_link_others)
    return len(links)


def decided(
    model: type[Mention] | type[ArticleLink],
    keys: Iterable[int],
    review: str,
    reason: str = "",
    user: AbstractBaseUser | None = None,
) -> Change:
    """Sets the review of many links, and returns the change."""
    with changing(Change.Kind.REVIEW, reason, user) as change:
        set_review(model, keys, review)
    return change


def state_of(link: Mention | ArticleLink) -> str:
    """What a reviewer decides on, as text that a page can post: the key of the target, and the review."""
    return f"{link.entry_id if isinstance(link, Mention) else link.article_id}-{link.review}"


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
    link is as it was seen, and AlreadyDecided where that is because somebody decided the same.
    """
    is_other = decision == Decision.OTHER
    moves = is_other and model is Mention
    review = Review.CONFIRMED if moves else REVIEWS.get(decision, Review.REJECTED)
    with changing(Change.Kind.REVIEW, reason or REASONS[decision], user) as change:
        links = list(model.objects.select_for_update().filter(pk__in=list(keys)))
        as_seen = [link for link in links if state_of(link) == seen]
        if not as_seen:
            target = other.pk if moves else _seen_target(seen)
            raise _outdated(links, f"{target}-{review}", is_other and not moves)
        may_link_others = moves or review != Review.CONFIRMED or not all(link.is_shown for link in as_seen)
        for link in as_seen:
            link.review = review
            if moves:
                link.entry, link.basis, link.rule = other, Basis.EDITOR, ""
        if moves:
            _take_the_place(as_seen, other)
        _refuse_overlaps(as_seen)
        update_rows(as_seen, ["entry", "basis", "rule", "review"] if model is Mention else ["review"])
        if is_other and not moves:  # whether or not the paragraph has a link to the article already
            _link_article([link.paragraph for link in as_seen], other, reason)
        _bring_in_line(as_seen, may_link_others)
    return change, as_seen


def _link_article(paragraphs, article, reason):
    decided = {"basis": Basis.EDITOR, "review": Review.CONFIRMED}
    created = {**decided, "confidence": Confidence.HIGH, "reason": reason[:300]}
    for paragraph in paragraphs:
        ArticleLink.objects.update_or_create(decided, created, paragraph=paragraph, article=article)


def _take_the_place(links, entry):
    """Removes other links of the same words to the entry, such as a rejected one, whose place these take."""
    places = {(link.block_id, link.start, link.end) for link in links}
    there = Mention.objects.filter(block__in={block for block, *_span in places}, entry=entry)
    delete_rows([row for row in there.exclude(pk__in=[link.pk for link in links]) if _place(row) in places])


def _place(mention):
    return mention.block_id, mention.start, mention.end


def _refuse_overlaps(links):
    """Raises Outdated where a decided link that readers see leaves no room for one of these to be confirmed."""
    wanted = [link for link in links if isinstance(link, Mention) and link.review == Review.CONFIRMED]
    others = Mention.objects.shown().decided().filter(block__in={link.block_id for link in wanted})
    in_block = defaultdict(list)
    for row in others.exclude(pk__in=[link.pk for link in links]).select_related("entry"):
        in_block[row.block_id].append(row)
    for link in wanted:
        for row in in_block[link.block_id]:
            if row.bars(link.span, link.entry_id):
                raise Outdated(
                    _(
                        "“%(words)s” overlaps “%(other)s”, which an editor linked to %(entry)s. "
                        "Reject that link first. Nothing was saved."
                    )
                    % {"words": link.surface, "other": row.surface, "entry": row.entry}
                )


def _target(link):
    return link.entry if isinstance(link, Mention) else link.article


def _seen_target(seen):
    return seen.partition("-")[0]


def _bring_in_line(links, may_link_others):
    """After a decision on links of one model: the index, and other mentions that may stand there now, or no more."""
    if links and isinstance(links[0], Mention) and may_link_others:
        relink_places(links)
    elif links and isinstance(links[0], Mention):
        refresh_blocks({link.block_id for link in links})
    elif links:
        refresh(Paragraph.objects.filter(pk__in={link.paragraph_id for link in links}))


def _outdated(links, wanted, is_other_article):
    """Why nothing was decided: the links are gone, somebody decided the same, or something else."""
    if not links:
        return Outdated(str(NO_LINK))
    link, state = links[0], links[0].get_review_display()
    if state_of(link) == wanted and not is_other_article:
        return AlreadyDecided(_("It is already %(state)s: %(link)s.") % {"state": state, "link": link})
    return Outdated(
        _(
            "Another reviewer has already decided: the link now points to %(target)s and is %(state)s. "
            "Nothing was saved; look at it again."
        )
        % {"target": _target(link), "state": state}
    )
